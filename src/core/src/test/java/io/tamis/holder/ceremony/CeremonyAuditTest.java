package io.tamis.holder.ceremony;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.PredictableRandom;
import io.tamis.he.Schemes;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Rosters;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The outsider's view, the parts it is made of, and holders who are all in it together. */
class CeremonyAuditTest {
    private static final PartyId ONE = Rosters.holder(1);
    private static final Hash T2 = Hash.sha256(new byte[] {2});

    private final Table table = new Table(Schemes.SMALL, 2, 2, 16);

    @Test
    void audit_ofAnOpenCeremony_saysWhoIsAwaited() {
        table.runTo(Stage.COINS);
        var unfinished = assertInstanceOf(CeremonyAudit.Finding.Unfinished.class, table.audit());
        assertEquals(Stage.COINS, unfinished.stage());
        assertEquals(table.terms.roster().holderParties(), unfinished.missing());
    }

    /** Without a blob an auditor can say nothing, and says whose is missing. */
    @Test
    void audit_withoutABlob_isUnfinishedAndNamesItsOwner() {
        table.run();
        var opening =
                table.transcript().said(Stage.OPENINGS, Statement.Opening.class).get(ONE);
        for (var blob : List.of(opening.seeds(), opening.key())) {
            byte[] kept = table.blobs.remove(blob);
            var unfinished = assertInstanceOf(CeremonyAudit.Finding.Unfinished.class, table.audit());
            assertEquals(Stage.OPENINGS, unfinished.stage());
            assertEquals(List.of(ONE), unfinished.missing());
            table.blobs.put(blob, kept);
        }
        var partial =
                table.transcript().said(Stage.SUBSETS, Statement.Partials.class).get(ONE);
        table.blobs.remove(partial.partials().getFirst().blob());
        var unfinished = assertInstanceOf(CeremonyAudit.Finding.Unfinished.class, table.audit());
        assertEquals(Stage.SUBSETS, unfinished.stage());
    }

    /** All holders sign a key that none of them made by the rules: an outsider still sees it. */
    @Test
    void audit_ofCollusion_namesAll() {
        var parties = table.terms.roster().holderParties();
        parties.forEach(party -> table.with(
                party,
                (stage, honest) -> stage == Stage.DONE
                        ? Optional.of(table.post(stage, party, new Statement.Done(Hash.sha256(new byte[] {9}))))
                        : Optional.of(honest)));
        table.run();
        assertInstanceOf(Standing.Closed.class, table.transcript().standing());
        var broken = assertInstanceOf(CeremonyAudit.Finding.Broken.class, table.audit());
        assertEquals(Fault.WRONG_KEY, broken.fault());
        assertEquals(parties, broken.parties());
    }

    /** Another board of the same holders with other secrets makes another key. */
    @Test
    void keys_ofOtherSecrets_areOthers() {
        var other = new Table(Schemes.SMALL, 2, 2, 16, 1);
        var one = CeremonyTest.finished(table.run()).getFirst().key();
        var two = CeremonyTest.finished(other.run()).getFirst().key();
        assertNotEquals(one.hash(), two.hash());
    }

    @Test
    void candidacy_ofOwnSeeds_opensForEverySurvivor() {
        var candidacy = new Candidacy(Schemes.SMALL, T2, 4);
        var holder = new HolderIndex(1);
        var root = candidacy.root(holder, k -> Schemes.seed(k));
        boolean[] seen = new boolean[4];
        for (int i = 0; i < 40; i++) {
            var coin = Hash.sha256(new byte[] {(byte) i});
            int survivor = candidacy.survivor(coin, holder);
            seen[survivor] = true;
            byte[] seeds = seeds(4, survivor);
            byte[] key = key(candidacy, survivor);
            assertTrue(candidacy.opens(holder, root, coin, seeds, key));
            assertFalse(candidacy.opens(new HolderIndex(2), root, coin, seeds, key));
            assertFalse(candidacy.opens(holder, Hash.sha256(), coin, seeds, key));
            assertFalse(candidacy.opens(holder, root, coin, Arrays.copyOf(seeds, seeds.length - 1), key));
            assertFalse(candidacy.opens(holder, root, coin, Arrays.copyOf(seeds, seeds.length + 32), key));
            assertFalse(candidacy.opens(holder, root, coin, seeds, Arrays.copyOf(key, key.length - 1)));
        }
        assertArrayEquals(new boolean[] {true, true, true, true}, seen);
    }

    /** A candidate that is no polynomial, or zero, is refused even if the root is over it. */
    @Test
    void candidacy_ofNoPolynomial_doesNotOpen() {
        var candidacy = new Candidacy(Schemes.SMALL, T2, 2);
        var holder = new HolderIndex(1);
        byte[] zero = new byte[Schemes.SMALL.params().polynomialBytes()];
        byte[] over = zero.clone();
        Arrays.fill(over, (byte) 0xff);
        var coin = Hash.sha256();
        int survivor = candidacy.survivor(coin, holder);
        for (byte[] bad : List.of(zero, over)) {
            var root = Tuple.of("root");
            for (int k = 0; k < 2; k++) {
                byte[] b = k == survivor ? bad : key(candidacy, k);
                root.hash(Tuple.of("b").hash(T2).number(1).number(k).bytes(b).sha256());
            }
            assertFalse(candidacy.opens(holder, root.sha256(), coin, seeds(2, survivor), bad));
        }
    }

    /** Everything drawn differs by purpose, transcript and holder, and is the same when drawn again. */
    @Test
    void draws_areSeparateAndRepeatable() {
        var other = Hash.sha256(new byte[] {3});
        var one = table.contributor(ONE);
        var two = table.contributor(Rosters.holder(2));
        var draws = new ArrayList<String>();
        for (var transcript : List.of(T2, other)) {
            for (var contributor : List.of(one, two)) {
                draws.add(contributor.nonce(transcript).hex());
                draws.add(contributor.coin(transcript).hex());
                for (int k = 0; k < 3; k++) {
                    draws.add(HexFormat.of()
                            .formatHex(contributor.candidate(transcript, k).reveal()));
                }
            }
        }
        assertEquals(draws.size(), draws.stream().distinct().count());
        assertEquals(one.nonce(T2), table.contributor(ONE).nonce(T2));
        assertEquals(one.coin(T2), table.contributor(ONE).coin(T2));
    }

    @Test
    void derivedStream_isOneStreamHoweverItIsRead() {
        var secret = SecretBytes.random(32, new PredictableRandom(1));
        byte[] whole = new Derived(secret, T2).bytes(96);
        var pieces = new Derived(secret, T2);
        byte[] joined = new byte[96];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(pieces.bytes(32), 0, joined, 32 * i, 32);
        }
        assertArrayEquals(whole, joined);
        assertEquals(Hash.of(Arrays.copyOf(whole, 32)), Derived.published(secret, T2));
        assertNotEquals(Hash.of(Arrays.copyOf(whole, 32)), Hash.of(Arrays.copyOfRange(whole, 32, 64)));
        var stranger = SecretBytes.random(32, new PredictableRandom(2));
        assertNotEquals(Derived.published(secret, T2), Derived.published(stranger, T2));
    }

    private static byte[] seeds(int fold, int survivor) {
        var seeds = new ByteArrayOutputStream();
        for (int k = 0; k < fold; k++) {
            if (k != survivor) {
                seeds.writeBytes(Schemes.seed(k).reveal());
            }
        }
        return seeds.toByteArray();
    }

    private static byte[] key(Candidacy candidacy, int k) {
        try (Seed seed = Schemes.seed(k)) {
            return candidacy.candidates().b(seed);
        }
    }
}
