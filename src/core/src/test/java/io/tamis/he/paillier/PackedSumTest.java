package io.tamis.he.paillier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.PredictableRandom;
import io.tamis.he.HeException;
import io.tamis.he.ring.Seed;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedSumTest {
    private static final int MOST = (1 << 30) - 1;
    private static final long[] NO_NOISE = new long[PackedSum.SLOTS];

    private final PredictableRandom random = new PredictableRandom(1);

    @Test
    void sums_withoutNoiseValues_areExact() {
        var draws = new SplittableRandom(7);
        var expected = new long[PackedSum.SLOTS];
        PackedSum sum = null;
        for (int sender = 0; sender < 8; sender++) {
            long[] values = draws.longs(PackedSum.SLOTS, 0, 1_000_001).toArray();
            for (int slot = 0; slot < expected.length; slot++) {
                expected[slot] += values[slot];
            }
            var encrypted = PackedSum.encrypt(TestKeys.PUBLIC, values, 1_000_000, random);
            sum = sum == null ? encrypted : sum.add(encrypted);
        }
        assertArrayEquals(expected, opened(sum, NO_NOISE));
    }

    /** All slots full, all noise as great as it may be, of both signs: no slot touches its neighbour. */
    @Test
    void slots_atTheirBounds_doNotTouchTheirNeighbours() {
        var full = new long[PackedSum.SLOTS];
        Arrays.fill(full, MOST);
        var noise = new long[PackedSum.SLOTS];
        var expected = new long[PackedSum.SLOTS];
        for (int slot = 0; slot < noise.length; slot++) {
            noise[slot] = slot % 2 == 0 ? MOST : -MOST;
            expected[slot] = MOST + noise[slot];
        }
        assertArrayEquals(expected, opened(PackedSum.encrypt(TestKeys.PUBLIC, full, MOST, random), noise));

        var empty = PackedSum.encrypt(TestKeys.PUBLIC, new long[0], 1, random);
        assertArrayEquals(noise, opened(empty, noise));
    }

    @Test
    void boundsThatCouldCarry_areRefused() {
        var half = PackedSum.encrypt(TestKeys.PUBLIC, new long[] {1}, 1 << 29, random);
        refused(() -> half.add(half));
        refused(() -> PackedSum.encrypt(TestKeys.PUBLIC, new long[] {1}, 1 << 30, random));
        refused(() -> PackedSum.encrypt(TestKeys.PUBLIC, new long[] {0}, 0, random));
    }

    @Test
    void valuesOutOfTheirBound_areRefused() {
        refused(() -> PackedSum.encrypt(TestKeys.PUBLIC, new long[] {6}, 5, random));
        refused(() -> PackedSum.encrypt(TestKeys.PUBLIC, new long[] {-1}, 5, random));
        refused(() -> PackedSum.encrypt(TestKeys.PUBLIC, new long[PackedSum.SLOTS + 1], 5, random));
    }

    @Test
    void noiseOutOfItsBound_isRefused() {
        var sum = PackedSum.encrypt(TestKeys.PUBLIC, new long[] {1}, 1, random);
        refused(() -> sum.withNoise(new long[PackedSum.SLOTS - 1], random));
        for (long noise : new long[] {1L << 30, -(1L << 30), Long.MIN_VALUE}) {
            var one = NO_NOISE.clone();
            one[3] = noise;
            refused(() -> sum.withNoise(one, random));
        }
    }

    /** Noise comes before opening, once, and nothing is added behind it. */
    @Test
    void sumWithoutNoise_isNotOpened() {
        var sum = PackedSum.encrypt(TestKeys.PUBLIC, new long[] {1}, 1, random);
        refused(() -> sum.open(TestKeys.FIRST));
        var noised = sum.withNoise(NO_NOISE, random);
        refused(() -> noised.withNoise(NO_NOISE, random));
        refused(() -> noised.add(sum));
        refused(() -> sum.add(noised));
    }

    /** Who knows all ciphertexts of a sum does not find it among what is opened. */
    @Test
    void noise_ofZero_stillRandomisesAnew() {
        var sum = PackedSum.encrypt(TestKeys.PUBLIC, new long[] {1}, 1, random);
        var once = sum.withNoise(NO_NOISE, random).ciphertext();
        var twice = sum.withNoise(NO_NOISE, random).ciphertext();
        assertNotEquals(once.value(), twice.value());
        assertNotEquals(
                sum.ciphertext().value().mod(TestKeys.PUBLIC.n()), once.value().mod(TestKeys.PUBLIC.n()));
    }

    /** A sender who lies about its bound: what comes out of the slots' bounds is refused as a whole. */
    @Test
    void plaintextBeyondAllSlots_isRefused() {
        var huge =
                new PackedSum(TestKeys.PUBLIC.encrypt(TestKeys.PUBLIC.n().subtract(BigInteger.ONE), random), 1, true);
        assertEquals(
                HeException.Fault.REJECTED,
                assertThrows(HeException.class, () -> huge.open(TestKeys.FIRST)).fault());
        var tooMuch = new PackedSum(TestKeys.PUBLIC.encrypt(BigInteger.valueOf(0xffff_ffffL), random), 1, true);
        assertEquals(
                HeException.Fault.REJECTED,
                assertThrows(HeException.class, () -> tooMuch.open(TestKeys.FIRST))
                        .fault());
    }

    /**
     * {@code victim^W + Enc(0)} multiplies what one person adds by W, far beyond the declared bound. Unaudited it opens to
     * just that; against a slot's commitment it is seen, whatever the cheat encrypts beside it.
     */
    @Test
    void attack_powerOfAnothersCiphertext_opensUnauditedAndFailsTheSlot() {
        try (var victimSeed = Seed.random(random);
                var ownSeed = Seed.random(random)) {
            var key = TestKeys.PUBLIC;
            var victim = PackedSum.encrypt(key, new long[] {3}, 5, victimSeed).ciphertext();
            var power = key.ciphertext(
                    victim.value().modPow(BigInteger.valueOf(1_000), key.n().pow(2)));
            var passedOn = key.add(power, key.encrypt(BigInteger.ZERO, ownSeed));

            assertEquals(3_000, opened(new PackedSum(passedOn, 5_000, false), NO_NOISE)[0]);
            assertNotEquals(key.slotPart(ownSeed), passedOn.slotPart());
            assertNotEquals(key.slotPart(victimSeed), passedOn.slotPart());
            assertEquals(key.slotPart(victimSeed), victim.slotPart());
        }
    }

    private long[] opened(PackedSum sum, long[] noise) {
        return sum.withNoise(noise, random).open(TestKeys.FIRST);
    }

    private static void refused(org.junit.jupiter.api.function.Executable action) {
        assertEquals(
                HeException.Fault.OUT_OF_LIMITS,
                assertThrows(HeException.class, action).fault());
    }
}
