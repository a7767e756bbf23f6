package io.tamis.he.additive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.Holders;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the single owner of a BFV key has beyond the common promises. */
class BfvSchemeTest {
    private final PredictableRandom random = new PredictableRandom(2);

    /** Without flooding the whole margin is for the sums' own noise: the greatest sum is within it, one more encryption too. */
    @Test
    void limits_keepTheNoiseWithinItsMargin() {
        for (var params : List.of(HeParams.AGG_4096, HeParams.AGG_8192, HeParams.AGG_8192_HI)) {
            var owner = BfvOwner.of(Bfv.of(params), Schemes.seed(1), Schemes.seed(2));
            var limits = owner.scheme().limits();
            // NoiseBounds counts up to 2^24; the encryption of noise is one more.
            var bounds = NoiseBounds.ofPlain(params, 1, limits.addedMax());
            assertTrue(bounds.total().add(bounds.fresh()).compareTo(bounds.margin()) < 0);
            assertTrue(limits.sumMax() + limits.noiseMax() < params.t() / 2);
        }
    }

    /** A sum of so many that its bound on noise is reached by count, doubled up 24 times. */
    @Test
    void add_ofMoreThanMayBeAdded_isRefused() {
        var owner = BfvOwner.of(Schemes.SMALL, Schemes.seed(1), Schemes.seed(2));
        var scheme = owner.scheme();
        var sum = scheme.encrypt(new long[] {1}, new SlotMax(1), random);
        for (int i = 0; i < 24; i++) {
            sum = scheme.add(sum, sum);
        }
        var full = sum;
        long[] opened = owner.open(scheme.finish(full, new long[64], random));
        assertEquals(1 << 24, opened[0]);
        var one = scheme.encrypt(new long[] {1}, new SlotMax(1), random);
        assertThrows(HeException.class, () -> scheme.add(full, one));
    }

    /** A key of two contributors has no single owner. */
    @Test
    void scheme_ofACollectiveKey_isRefused() {
        var shared = Holders.additive(Schemes.SMALL, 2).key();
        assertThrows(HeException.class, () -> new BfvScheme(shared));
    }

    /** Senders build theirs from the file of the public key, and both speak of the same key. */
    @Test
    void scheme_fromThePublicFile_isTheOwners() {
        var owner = BfvOwner.of(Schemes.SMALL, Schemes.seed(1), Schemes.seed(2));
        var key = Holders.additive(Schemes.SMALL, 1).key();
        var ownerOfThat = BfvOwner.of(Schemes.SMALL, Schemes.seed(1), Schemes.seed(101));
        assertNotEquals(owner.scheme().keyId(), ownerOfThat.scheme().keyId());
        var senders = new BfvScheme(CollectiveKey.read(Schemes.SMALL, key.bytes()));
        assertEquals(senders.keyId(), ownerOfThat.scheme().keyId());
        var sent = senders.encrypt(new long[] {5, 6}, new SlotMax(9), random);
        var read = ownerOfThat.scheme().read(sent.bytes(), new SlotMax(9));
        long[] opened = ownerOfThat.open(ownerOfThat.scheme().finish(read, new long[64], random));
        assertArrayEquals(new long[] {5, 6}, new long[] {opened[0], opened[1]});
    }

    @Test
    void generate_twice_givesTwoKeys() {
        var once = BfvOwner.generate(Schemes.SMALL, random);
        var twice = BfvOwner.generate(Schemes.SMALL, random);
        assertNotEquals(once.scheme().keyId(), twice.scheme().keyId());
        var sum = once.scheme().encrypt(IntStream.range(0, 64).asLongStream().toArray(), new SlotMax(63), random);
        assertEquals(63, once.open(once.scheme().finish(sum, new long[64], random))[63]);
    }

    @Test
    void close_endsTheSecret() {
        var owner = BfvOwner.of(Schemes.SMALL, Schemes.seed(1), Schemes.seed(2));
        var finished = owner.scheme()
                .finish(owner.scheme().encrypt(new long[] {5}, new SlotMax(5), random), new long[64], random);
        owner.close();
        assertThrows(IllegalStateException.class, () -> owner.open(finished));
    }
}
