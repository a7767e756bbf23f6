package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.MicroEpsilon;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaplaceScaleTest {
    private static final MicroEpsilon ONE = new MicroEpsilon(1_000_000);

    @Test
    void of_usersInOneGroup_isOneOverEpsilon() {
        assertEquals(SamplersTest.scale(1, 1), LaplaceScale.of(Specs.USERS, 1, ONE));
        assertEquals(SamplersTest.scale(10, 3), LaplaceScale.of(Specs.USERS, 1, new MicroEpsilon(300_000)));
    }

    /** The L1 sensitivity, in contrast to the Gaussian's root of L0. */
    @Test
    void of_aSum_growsWithTheBoundAndWithL0() {
        var sum = new Measure.Sum(new Clamp(-15_000, 2));
        assertEquals(SamplersTest.scale(15_000L * 3 * 1_000_000, 777), LaplaceScale.of(sum, 3, new MicroEpsilon(777)));
        assertEquals(
                SamplersTest.scale(5L * 8 * 1_000_000, 1),
                LaplaceScale.of(new Measure.Count(5), 8, new MicroEpsilon(1)));
    }

    /** The epsilon that a scale costs is sensitivity over scale: exactly what was paid, neither more nor less. */
    @Test
    void of_anyCharge_costsExactlyTheCharge() {
        Samples.forAll(
                1,
                2_000,
                random -> new long[] {
                    random.nextLong(1, 1L << 30), random.nextInt(1, 1 << 10), random.nextLong(1, MicroEpsilon.VALUE_MAX)
                },
                sample -> {
                    var measure = new Measure.Sum(new Clamp(0, sample[0]));
                    var charge = new MicroEpsilon(sample[2]);
                    LaplaceScale scale = LaplaceScale.of(measure, (int) sample[1], charge);
                    BigInteger microSensitivity = BigInteger.valueOf(sample[0])
                            .multiply(BigInteger.valueOf(sample[1]))
                            .multiply(BigInteger.valueOf(1_000_000));
                    assertEquals(
                            microSensitivity.multiply(scale.denominator()),
                            scale.numerator().multiply(BigInteger.valueOf(sample[2])));
                });
    }

    @Test
    void scale_isInLowestTerms() {
        assertEquals(SamplersTest.scale(1, 3), SamplersTest.scale(700, 2_100));
    }

    @Test
    void scale_outsideItsLimits_isRefused() {
        assertThrows(PrivacyException.class, () -> SamplersTest.scale(0, 1));
        assertThrows(PrivacyException.class, () -> SamplersTest.scale(1, 0));
        assertThrows(PrivacyException.class, () -> SamplersTest.scale(-1, 1));
        assertThrows(PrivacyException.class, () -> SamplersTest.scale(1, -1));
        assertThrows(PrivacyException.class, () -> SamplersTest.scale(1L << LaplaceScale.SCALE_BITS_MAX, 1));
        assertEquals(
                (1L << LaplaceScale.SCALE_BITS_MAX) - 1,
                SamplersTest.scale((1L << LaplaceScale.SCALE_BITS_MAX) - 1, 1)
                        .numerator()
                        .longValueExact());
        assertThrows(PrivacyException.class, () -> LaplaceScale.of(Specs.USERS, 1, MicroEpsilon.ZERO));
        assertThrows(PrivacyException.class, () -> LaplaceScale.of(Specs.USERS, 0, ONE));
    }

    /** The least epsilon there is still has its noise, wherever the sensitivity leaves room. */
    @Test
    void of_oneMicroEpsilon_isAMillionTimesTheSensitivity() {
        LaplaceScale scale = LaplaceScale.of(Specs.USERS, 1, new MicroEpsilon(1));
        assertEquals(SamplersTest.scale(1_000_000, 1), scale);
        assertEquals(new BigDecimal("1414213.57"), scale.sigma());
        assertEquals(BigInteger.valueOf(2_995_732), scale.halfWidth95());
    }

    /** B*L0 = 2^53 * 2^20: no charge below 2^39 micro-epsilon or so can be met, and {@code fits} says so beforehand. */
    @Test
    void fits_isTrueExactlyWhenThereIsAScale() {
        var greatest = new Measure.Sum(new Clamp(0, (1L << 53) - 1));
        assertEquals(false, LaplaceScale.fits(greatest, 1 << 20, ONE));
        assertEquals(false, LaplaceScale.fits(greatest, 1, new MicroEpsilon(499_999)));
        assertEquals(true, LaplaceScale.fits(greatest, 1, ONE));
        assertEquals(true, LaplaceScale.fits(greatest, 1 << 20, new MicroEpsilon(MicroEpsilon.VALUE_MAX)));
        assertEquals(false, LaplaceScale.fits(Specs.USERS, 1, MicroEpsilon.ZERO));
        Samples.forAll(
                2,
                2_000,
                random -> new long[] {
                    random.nextLong(1, 1L << random.nextInt(1, 54)),
                    random.nextInt(1, 1 << 20),
                    random.nextLong(1, 1L << random.nextInt(1, 53))
                },
                sample -> {
                    var measure = new Measure.Sum(new Clamp(0, sample[0]));
                    var charge = new MicroEpsilon(sample[2]);
                    if (LaplaceScale.fits(measure, (int) sample[1], charge)) {
                        LaplaceScale scale = LaplaceScale.of(measure, (int) sample[1], charge);
                        assertTrue(scale.sigma().signum() > 0);
                        assertTrue(scale.halfWidth95().signum() >= 0);
                    } else {
                        assertThrows(PrivacyException.class, () -> LaplaceScale.of(measure, (int) sample[1], charge));
                    }
                });
    }

    /** By hand: q = 1/e, variance 2q/(1-q)^2 = 1.8413, sigma 1.3570, rounded up. */
    @Test
    void sigma_atEpsilonOne_isByHand() {
        assertEquals(new BigDecimal("1.36"), SamplersTest.scale(1, 1).sigma());
    }

    /** Against the definition: the sum of x^2 P(x); rounded up, by less than a hundredth. */
    @ParameterizedTest
    @CsvSource({"1, 5", "1, 2", "2, 3", "1, 1", "5, 2", "10, 3", "1000, 7", "4567, 1"})
    void sigma_isTheRootOfTheVariance(long n, long d) {
        LaplaceScale scale = SamplersTest.scale(n, d);
        LongToDoubleFunction pmf = SamplersTest.laplace(scale);
        double variance = 0;
        for (long x = 60 * n / d + 10; x >= 1; x--) {
            variance += 2.0 * x * x * pmf.applyAsDouble(x);
        }
        double above = scale.sigma().doubleValue() - Math.sqrt(variance);
        assertTrue(above > -1e-9 && above < 0.01, above + " above");
    }

    /** So much epsilon that noise hardly ever occurs: the deviation shown is still not none. */
    @Test
    void sigma_ofHardlyAnyNoise_isNotZero() {
        assertEquals(
                new BigDecimal("0.01"), SamplersTest.scale(1, 1_000_000_000).sigma());
        assertEquals(BigInteger.ZERO, SamplersTest.scale(1, 1_000_000_000).halfWidth95());
    }

    /** The definition: P[|X| > h] at most 5 %, and one less would be too few. */
    @ParameterizedTest
    @CsvSource({"1, 100", "1, 4", "1, 3", "1, 2", "1, 1", "5, 2", "10, 3", "8, 1", "1000, 7", "31337, 3", "200003, 1"})
    void halfWidth_isTheSmallestThatHolds95Percent(long n, long d) {
        LaplaceScale scale = SamplersTest.scale(n, d);
        long h = scale.halfWidth95().longValueExact();
        LongToDoubleFunction pmf = SamplersTest.laplace(scale);
        assertTrue(GaussianVarianceTest.outside(pmf, h) <= 0.05 + 1e-9);
        assertTrue(h == 0 || GaussianVarianceTest.outside(pmf, h - 1) > 0.05 - 1e-9);
    }

    /** The same for many scales, by the closed form of the tail. */
    @Test
    void halfWidth_ofAnyScale_isTheSmallestThatHolds95Percent() {
        Samples.forAll(
                3,
                5_000,
                random -> new long[] {random.nextLong(1, 1L << random.nextInt(2, 30)), random.nextInt(1, 100_000)},
                sample -> {
                    LaplaceScale scale = SamplersTest.scale(sample[0], sample[1]);
                    long h = scale.halfWidth95().longValueExact();
                    assertTrue(tail(scale, h) <= 0.05 * (1 + 1e-9), "h " + h);
                    assertTrue(h == 0 || tail(scale, h - 1) > 0.05 * (1 - 1e-9), "h - 1 of " + h);
                });
    }

    /** By hand: 10^15 * ln 20 - 1/2 = 2995732273553990.99 - 0.5, rounded up; and sqrt 2 times as much. */
    @Test
    void greatScale_byHand() {
        LaplaceScale scale = SamplersTest.scale(1_000_000_000_000_000L, 1);
        assertEquals(new BigInteger("2995732273553991"), scale.halfWidth95());
        assertEquals(new BigDecimal("1414213562373095.05"), scale.sigma());
    }

    /** Where the closed formulas end and their first terms begin, nothing jumps: ln 20 and sqrt 2 a step. */
    @Test
    void greatScale_acrossTheSwitch_hasNoStep() {
        for (long b = (1 << 20) - 4; b <= (1 << 20) + 4; b++) {
            LaplaceScale here = SamplersTest.scale(b, 1);
            LaplaceScale next = SamplersTest.scale(b + 1, 1);
            long step = next.halfWidth95().subtract(here.halfWidth95()).longValueExact();
            assertTrue(step == 2 || step == 3, "step " + step);
            assertEquals(1.41, next.sigma().subtract(here.sigma()).doubleValue(), 0.011);
        }
    }

    /** One cell at epsilon 1: within 3 of the truth with probability 97.3 %, and within 2 only with 92.7 %. */
    @Test
    void oneCell_atEpsilonOne_isWithinThree() {
        LaplaceScale scale = LaplaceScale.of(Specs.USERS, 1, ONE);
        assertEquals(0.9732, 1 - 2 * Math.exp(-4) / (1 + Math.exp(-1)), 0.0001);
        assertEquals(0.9732, 1 - tail(scale, 3), 0.0001);
        assertEquals(0.9272, 1 - tail(scale, 2), 0.0001);
        assertEquals(BigInteger.valueOf(3), scale.halfWidth95());
    }

    /** 2 q^(h+1) / (1+q) */
    private static double tail(LaplaceScale scale, long h) {
        double inverse = scale.denominator().doubleValue() / scale.numerator().doubleValue();
        return 2 * Math.exp(-(h + 1) * inverse) / (1 + Math.exp(-inverse));
    }
}
