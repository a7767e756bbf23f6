package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Mutations;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.Schemes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretShareTest {
    private static final Bfv SCHEME = Schemes.SMALL;

    @Test
    void read_ofWhatWasRevealed_isTheShare() {
        var share = Holders.shamir(SCHEME, 2, 3).share(3);
        byte[] bytes = share.reveal();
        assertEquals(SecretShare.length(SCHEME), bytes.length);
        try (var read = SecretShare.read(SCHEME, bytes)) {
            assertEquals(Sharing.shamir(2, 3), read.sharing());
            assertEquals(new HolderIndex(3), read.holder());
            assertArrayEquals(bytes, read.reveal());
        }
    }

    @Test
    void read_ofMutations_isRefusedOrReadsBackTheSameBytes() {
        byte[] bytes = Holders.additive(SCHEME, 2).share(1).reveal();
        Samples.forAll(20260509, 3_000, random -> Mutations.of(bytes, random), mutated -> {
            try (var read = SecretShare.read(SCHEME, mutated)) {
                assertArrayEquals(mutated, read.reveal());
            } catch (HeException refused) {
                assertEquals(HeException.Fault.REJECTED, refused.fault());
            }
        });
    }

    @Test
    void close_zeroesTheShareAndEndsItsUse() {
        var share = Holders.additive(SCHEME, 2).share(1);
        var c1 = SCHEME.ring().zero();
        var active = ActiveSet.of(1, 2);
        share.partial(c1, active);
        share.close();
        assertThrows(IllegalStateException.class, share::reveal);
        assertThrows(IllegalStateException.class, () -> share.partial(c1, active));
    }

    @Test
    void close_ofAContribution_leavesTheShareMadeOfIt() {
        var contribution = new KeyCandidates(SCHEME, Schemes.seed(1)).secret(Schemes.seed(2));
        var share = contribution.asShare(new HolderIndex(1), 2);
        byte[] before = share.reveal();
        assertThrows(HeException.class, () -> contribution.asShare(new HolderIndex(3), 2));
        contribution.close();
        assertArrayEquals(before, share.reveal());
        // Shares of a zeroed secret would be shares of nothing.
        assertThrows(IllegalStateException.class, () -> contribution.asShare(new HolderIndex(1), 2));
        assertThrows(IllegalStateException.class, () -> contribution.deal(2, 2, new PredictableRandom(1)));
    }

    @Test
    void secrets_printNothing() {
        var contribution = new KeyCandidates(SCHEME, Schemes.seed(1)).secret(Schemes.seed(2));
        assertEquals("SecretContribution", contribution.toString());
        assertEquals(
                "SubShare",
                contribution.deal(2, 2, new PredictableRandom(1)).getFirst().toString());
        assertEquals("SecretShare", contribution.asShare(new HolderIndex(1), 2).toString());
    }

    @Test
    void subShare_travelsAsItsPolynomial() {
        var dealt = new KeyCandidates(SCHEME, Schemes.seed(1))
                .secret(Schemes.seed(2))
                .deal(2, 3, new PredictableRandom(1));
        assertEquals(3, dealt.size());
        var second = dealt.get(1);
        assertEquals(new HolderIndex(2), second.recipient());
        byte[] bytes = second.reveal();
        assertTrue(SubShare.read(SCHEME, new HolderIndex(2), bytes).value().sameAs(second.value()));
        assertThrows(
                HeException.class,
                () -> SubShare.read(SCHEME, new HolderIndex(2), Arrays.copyOf(bytes, bytes.length + 1)));
        second.close();
        assertTrue(second.value().isZero());
    }

    /** One value of a line is uniform whatever the line's start: with fixed r the other values follow from any secret. */
    @Test
    void deal_ofTwoSecretsWithTheSameRandomness_differsByTheSecretsAtEveryPoint() {
        var candidates = new KeyCandidates(SCHEME, Schemes.seed(1));
        var one = candidates.secret(Schemes.seed(2)).deal(3, 4, new PredictableRandom(1));
        var other = candidates.secret(Schemes.seed(3)).deal(3, 4, new PredictableRandom(1));
        var difference = one.get(0).value().copy().subtract(other.get(0).value());
        for (int j = 1; j < 4; j++) {
            assertTrue(difference.sameAs(
                    one.get(j).value().copy().subtract(other.get(j).value())));
        }
        var fresh = candidates.secret(Schemes.seed(2)).deal(3, 4, new PredictableRandom(2));
        assertFalse(one.get(0).value().sameAs(fresh.get(0).value()));
    }

    @Test
    void combine_ofPartsForAnotherHolderOrTooFew_isRefused() {
        var candidates = new KeyCandidates(SCHEME, Schemes.seed(1));
        var parts = new ArrayList<SubShare>();
        for (int i = 0; i < 3; i++) {
            parts.add(candidates
                    .secret(Schemes.seed(i))
                    .deal(2, 3, new PredictableRandom(i))
                    .get(1));
        }
        var sharing = Sharing.shamir(2, 3);
        SecretShare.combine(sharing, new HolderIndex(2), parts);
        assertThrows(HeException.class, () -> SecretShare.combine(sharing, new HolderIndex(1), parts));
        assertThrows(HeException.class, () -> SecretShare.combine(sharing, new HolderIndex(2), parts.subList(0, 2)));
        assertThrows(HeException.class, () -> SecretShare.combine(Sharing.additive(3), new HolderIndex(2), parts));
        assertThrows(HeException.class, () -> SecretShare.combine(sharing, new HolderIndex(2), List.of()));
    }
}
