package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.RandomSource;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureBitsTest {
    private static final RandomSource ONES = bytes -> Arrays.fill(bytes, (byte) 0xff);
    private static final RandomSource ZEROS = bytes -> Arrays.fill(bytes, (byte) 0);

    @Test
    void bits_areFetchedByTheBuffer() {
        var fetches = new AtomicInteger();
        var bits = new SecureBits(bytes -> {
            assertEquals(4096, bytes.length);
            fetches.incrementAndGet();
        });
        assertEquals(0, fetches.get());
        for (int i = 0; i < 4096 * 8; i++) {
            bits.bit();
        }
        assertEquals(1, fetches.get());
        bits.bit();
        assertEquals(2, fetches.get());
    }

    @Test
    void bits_acrossWords_loseNone() {
        var counter = new AtomicInteger();
        var bits = new SecureBits(bytes -> {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) counter.getAndIncrement();
            }
        });
        // 40 + 40 bits: the second number takes 24 bits of the first word and 16 of the second.
        assertEquals(0x0403020100L, bits.bits(40));
        assertEquals(0x0706050908L, bits.bits(40));
    }

    @Test
    void below_one_needsNoBits() {
        var bits = new SecureBits(_ -> {
            throw new AssertionError("no bits needed");
        });
        assertEquals(0, bits.below(1));
        assertEquals(BigInteger.ZERO, bits.below(BigInteger.ONE));
        assertEquals(0, bits.bits(0));
    }

    @Test
    void below_powerOfTwo_takesTheLargestNumber() {
        assertEquals(63, new SecureBits(ONES).below(64));
        assertEquals((1L << 62) - 1, new SecureBits(ONES).below(1L << 62));
        BigInteger large = BigInteger.ONE.shiftLeft(200);
        assertEquals(large.subtract(BigInteger.ONE), new SecureBits(ONES).below(large));
        assertEquals(BigInteger.ZERO, new SecureBits(ZEROS).below(large));
    }

    /** Chi-square, false-alarm rate 1e-6. */
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 5, 7, 10, 64, 100, 255})
    void below_isUniform(long n) {
        SecureBits bits = InsecureSeededRandom.bits(1_000 + n);
        var observed = new long[(int) n];
        for (int i = 0; i < 100_000; i++) {
            observed[(int) bits.below(n)]++;
        }
        assertUniform(observed);
    }

    /** Chi-square of sixteen equal ranges of a bound that is no power of two; a modulus would skew them. */
    @Test
    void below_ofLargeBounds_isUniform() {
        for (BigInteger n : new BigInteger[] {
            BigInteger.valueOf(3L << 60),
            BigInteger.valueOf(3).shiftLeft(61),
            BigInteger.valueOf(3).shiftLeft(150)
        }) {
            SecureBits bits = InsecureSeededRandom.bits(77);
            var observed = new long[12];
            for (int i = 0; i < 60_000; i++) {
                BigInteger drawn = bits.below(n);
                assertTrue(drawn.signum() >= 0 && drawn.compareTo(n) < 0);
                observed[drawn.multiply(BigInteger.valueOf(12)).divide(n).intValueExact()]++;
            }
            assertUniform(observed);
        }
    }

    @Test
    void bit_isFair() {
        SecureBits bits = InsecureSeededRandom.bits(5);
        var observed = new long[2];
        for (int i = 0; i < 100_000; i++) {
            observed[bits.bit() ? 1 : 0]++;
        }
        assertUniform(observed);
    }

    @Test
    void below_outsideItsLimits_isRefused() {
        var bits = new SecureBits(ZEROS);
        assertThrows(PrivacyException.class, () -> bits.below(0));
        assertThrows(PrivacyException.class, () -> bits.below(-1));
        assertThrows(PrivacyException.class, () -> bits.below((1L << 62) + 1));
        assertThrows(PrivacyException.class, () -> bits.below(BigInteger.ZERO));
    }

    private static void assertUniform(long[] observed) {
        var expected = new double[observed.length];
        Arrays.fill(expected, (double) Arrays.stream(observed).sum() / observed.length);
        double p = Statistics.chiSquareTail(Statistics.chiSquare(observed, expected), observed.length - 1);
        assertTrue(p > Statistics.FALSE_ALARM, "p = " + p);
    }
}
