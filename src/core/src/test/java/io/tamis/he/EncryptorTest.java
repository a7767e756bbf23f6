package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Samples;
import io.tamis.he.ring.Sampler;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Holders;
import io.tamis.he.threshold.Outputs;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EncryptorTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Holders HOLDERS = Holders.additive(SCHEME, 2);
    private static final long HALF = SCHEME.params().t() / 2;

    @Test
    void encrypt_ofAnyValues_opensToThem() {
        Samples.forAll(20260514, 50, SplittableRandom::nextLong, seed -> {
            var random = new SplittableRandom(seed);
            int count = random.nextInt(1, 65);
            long[] values = random.longs(count, -HALF + 1, HALF).toArray();
            var sum = Aggregate.sum(SCHEME, List.of(encrypt(count, values, seed, ~seed)));
            long[] opened = HOLDERS.open(sum, ActiveSet.of(1, 2), Outputs.first(64), new long[64]);
            assertArrayEquals(Arrays.copyOf(values, 64), opened);
        });
    }

    @Test
    void encrypt_ofEdges_opensToThem() {
        long[] values = {HALF - 1, -(HALF - 1), 0, 1, -1};
        var sum = Aggregate.sum(SCHEME, List.of(encrypt(5, values, 3, 4)));
        assertArrayEquals(
                values, Arrays.copyOf(HOLDERS.open(sum, ActiveSet.of(1, 2), Outputs.first(64), new long[64]), 5));
    }

    /** c1 is the audited candidate, whatever is encrypted: a platform cannot move it by its values. */
    @Test
    void c1_ofASlot_dependsOnTheSlotsSeedAlone() {
        byte[] candidate = new SlotCandidates(HOLDERS.key()).c1(Schemes.seed(77));
        assertArrayEquals(candidate, encrypt(1, new long[] {1}, 77, 5).c1Bytes());
        assertArrayEquals(candidate, encrypt(2, new long[] {-9, 9}, 77, 6).c1Bytes());
        assertEquals(candidate.length, new SlotCandidates(HOLDERS.key()).length());
        assertFalse(Arrays.equals(candidate, encrypt(1, new long[] {1}, 78, 5).c1Bytes()));
    }

    @Test
    void c0_ofAnotherE0Seed_differs() {
        var one = encrypt(1, new long[] {1}, 77, 5);
        var other = encrypt(1, new long[] {1}, 77, 6);
        assertTrue(one.c1().sameAs(other.c1()));
        assertFalse(one.c0().sameAs(other.c0()));
    }

    /** Why a slot's seed serves one ciphertext: two under one u give their difference to everybody, without a key. */
    @Test
    void reusedSlotSeed_givesTheDifferenceOfValuesToEverybody() {
        long[] secret = {41, 1000, -7};
        var one = encrypt(3, secret, 77, 5);
        var other = encrypt(3, new long[3], 77, 6);
        var difference = one.c0().copy().subtract(other.c0()).toCoefficients();
        assertArrayEquals(secret, SCHEME.round(difference, new int[] {0, 1, 2}));
    }

    /** Noise of a real encryption: c0 + c1*s less D*m is within the bound, and not zero. */
    @Test
    void noise_ofDrawnCiphertexts_isWithinTheBound() {
        var bound = NoiseBounds.ofPlain(SCHEME.params(), 2, 1).fresh();
        Samples.forAll(20260515, 30, SplittableRandom::nextLong, seed -> {
            long[] values = {seed >> 30};
            var ciphertext = encrypt(1, values, seed, seed + 1);
            var v = ciphertext.c1().copy().multiply(wholeSecret()).add(ciphertext.c0());
            BigInteger[] read = Crt.centred(v.toCoefficients());
            read[0] = read[0].subtract(SCHEME.params().delta().multiply(BigInteger.valueOf(values[0])));
            assertTrue(Arrays.stream(read).allMatch(noise -> noise.abs().compareTo(bound) <= 0));
            assertTrue(Arrays.stream(read).anyMatch(noise -> noise.signum() != 0));
        });
    }

    private static io.tamis.he.ring.NttPoly wholeSecret() {
        var sum = SCHEME.ring().zero();
        for (int i = 1; i <= 2; i++) {
            sum.add(SCHEME.ring().ntt(new Sampler(SCHEME.ring(), Schemes.seed(100 + i)).ternary("s")));
        }
        return sum;
    }

    private static Ciphertext encrypt(int count, long[] values, long slot, long e0) {
        return new Encryptor(HOLDERS.key())
                .encrypt(
                        Schemes.header(SCHEME, 0, Encoding.BUCKETS, count),
                        values,
                        Schemes.seed(slot),
                        Schemes.seed(e0));
    }
}
