package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact intervals of a proportion; the false-alarm rate of each test is 1e-6. */
class BernoulliExpTest {
    private static final int FLIPS = 100_000;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1, 2", "1, 1000", "999, 1000", "2, 1", "7, 3", "5, 1"})
    void flip_showsTrueWithProbabilityExp(long n, long d) {
        SecureBits bits = InsecureSeededRandom.bits(31 * n + d);
        assertProbability(Math.exp(-(double) n / d), () -> BernoulliExp.flip(bits, n, d));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1, 2", "999, 1000", "2, 1", "7, 3"})
    void flip_withBigIntegers_showsTheSame(long n, long d) {
        SecureBits bits = InsecureSeededRandom.bits(77 * n + d);
        BigInteger scale = BigInteger.TEN.pow(40);
        BigInteger bigN = BigInteger.valueOf(n).multiply(scale);
        BigInteger bigD = BigInteger.valueOf(d).multiply(scale);
        assertProbability(Math.exp(-(double) n / d), () -> BernoulliExp.flip(bits, bigN, bigD));
    }

    @Test
    void flip_beyondTheSmallPath_showsTheSame() {
        SecureBits bits = InsecureSeededRandom.bits(8);
        long d = BernoulliExp.SMALL_MAX + 12_345;
        assertProbability(Math.exp(-0.5), () -> BernoulliExp.flip(bits, d / 2, d));
    }

    @Test
    void flip_ofAHugeExponent_endsAtOnce() {
        SecureBits bits = InsecureSeededRandom.bits(9);
        assertFalse(BernoulliExp.flip(bits, Long.MAX_VALUE, 1));
        assertFalse(BernoulliExp.flip(bits, BigInteger.TEN.pow(300), BigInteger.ONE));
    }

    @Test
    void flip_ofZero_isAlwaysTrue() {
        SecureBits bits = InsecureSeededRandom.bits(10);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(BernoulliExp.flip(bits, 0, 3));
        }
    }

    @Test
    void flip_outsideItsLimits_isRefused() {
        SecureBits bits = InsecureSeededRandom.bits(11);
        assertThrows(PrivacyException.class, () -> BernoulliExp.flip(bits, -1, 1));
        assertThrows(PrivacyException.class, () -> BernoulliExp.flip(bits, 1, 0));
        assertThrows(PrivacyException.class, () -> BernoulliExp.flip(bits, BigInteger.ONE, BigInteger.ZERO));
    }

    private static void assertProbability(double expected, BooleanSupplier flip) {
        long hits = 0;
        for (int i = 0; i < FLIPS; i++) {
            hits += flip.getAsBoolean() ? 1 : 0;
        }
        assertTrue(Statistics.proportionLow(hits, FLIPS, Statistics.FALSE_ALARM / 2) <= expected);
        assertTrue(Statistics.proportionHigh(hits, FLIPS, Statistics.FALSE_ALARM / 2) >= expected);
    }
}
