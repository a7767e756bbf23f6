package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.MicroRho;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianVarianceTest {
    @Test
    void of_usersInOneGroup_isAMillionOverTwiceTheCharge() {
        assertEquals(SamplersTest.variance(500, 1), GaussianVariance.of(Specs.USERS, 1, new MicroRho(1_000)));
    }

    @Test
    void of_aSum_growsWithTheSquareOfTheBoundAndWithL0() {
        var sum = new Measure.Sum(new Clamp(-15_000, 2));
        assertEquals(
                SamplersTest.variance(15_000L * 15_000 * 3 * 1_000_000, 2 * 777),
                GaussianVariance.of(sum, 3, new MicroRho(777)));
        assertEquals(
                SamplersTest.variance(25L * 8 * 1_000_000, 2),
                GaussianVariance.of(new Measure.Count(5), 8, new MicroRho(1)));
    }

    /** By hand: sigma^2 = 3*10^6/666 = 4504.5.., sigma = 67.12. */
    @Test
    void sigma_isRoundedUp() {
        var variance = GaussianVariance.of(Specs.USERS, 3, new MicroRho(333));
        assertEquals(SamplersTest.variance(500_000, 111), variance);
        assertEquals(new BigDecimal("67.12"), variance.sigma());
        assertEquals(new BigDecimal("2.00"), SamplersTest.variance(4, 1).sigma());
        assertEquals(
                new BigDecimal("0.01"), SamplersTest.variance(1, 1_000_000_000).sigma());
    }

    @Test
    void variance_isInLowestTerms() {
        assertEquals(SamplersTest.variance(1, 3), SamplersTest.variance(700, 2_100));
    }

    @Test
    void variance_outsideItsLimits_isRefused() {
        assertThrows(PrivacyException.class, () -> SamplersTest.variance(0, 1));
        assertThrows(PrivacyException.class, () -> SamplersTest.variance(1, 0));
        assertThrows(PrivacyException.class, () -> SamplersTest.variance(-1, 1));
        BigInteger tooLarge = BigInteger.ONE.shiftLeft(2 * GaussianVariance.SIGMA_BITS_MAX);
        assertThrows(PrivacyException.class, () -> new GaussianVariance(tooLarge, BigInteger.ONE));
        assertThrows(PrivacyException.class, () -> GaussianVariance.of(Specs.USERS, 1, MicroRho.ZERO));
        assertThrows(PrivacyException.class, () -> GaussianVariance.of(Specs.USERS, 0, new MicroRho(1)));
    }

    /** The definition: P[|X| > h] at most 5 %, and one less would be too few. */
    @ParameterizedTest
    @CsvSource({"1, 100", "1, 8", "1, 3", "1, 1", "4, 1", "500, 1", "500000, 111", "1000003, 7", "16777216, 1"})
    void halfWidth_isTheSmallestThatHolds95Percent(long n, long d) {
        var variance = SamplersTest.variance(n, d);
        long h = variance.halfWidth95().longValueExact();
        LongToDoubleFunction pmf = SamplersTest.gaussian(variance);
        assertTrue(outside(pmf, h) <= 0.05);
        assertTrue(h == 0 || outside(pmf, h - 1) > 0.05);
    }

    /** By hand: sigma^2 = 500, sigma = 22.36, 1.96*22.36 - 1/2 = 43.3. */
    @Test
    void halfWidth_byHand() {
        assertEquals(BigInteger.valueOf(44), SamplersTest.variance(500, 1).halfWidth95());
        assertEquals(BigInteger.ZERO, SamplersTest.variance(1, 100).halfWidth95());
    }

    /** Where the sum ends and the normal tail begins, the two agree or the second is one wider. */
    @Test
    void halfWidth_acrossTheSwitch_hasNoStep() {
        for (long sigma = 4_090; sigma <= 4_102; sigma++) {
            double continuous = 1.959963984540054 * sigma - 0.5;
            long h = SamplersTest.variance(sigma * sigma, 1).halfWidth95().longValueExact();
            assertTrue(h >= Math.ceil(continuous - 1e-3) && h <= Math.ceil(continuous + 2e-3), "sigma " + sigma);
        }
    }

    @Test
    void halfWidth_ofAHugeSigma_isExactDecimalArithmetic() {
        var variance = new GaussianVariance(BigInteger.TEN.pow(30), BigInteger.ONE);
        assertEquals(new BigInteger("1959963984540054"), variance.halfWidth95());
    }

    /**
     * The design's number: a COUNT cell when 24,355 micro-rho (epsilon 1) answer twenty questions, half of each going to
     * USERS, at L0 8 and five rows, errs by 323 on average. Within 5 %, which is 20 standard errors.
     */
    @Test
    void noise_ofTwentyQuestions_errsByTheDesignsNumber() {
        var variance = GaussianVariance.of(new Measure.Count(5), 8, new MicroRho(24_355 / 20 / 2));
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(20), variance);
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum += Math.abs((double) sampler.draw());
        }
        assertEquals(323, sum / 100_000, 0.05 * 323);
    }

    static double outside(LongToDoubleFunction pmf, long h) {
        double inside = pmf.applyAsDouble(0);
        for (long x = 1; x <= h; x++) {
            inside += 2 * pmf.applyAsDouble(x);
        }
        return h < 0 ? 1 : 1 - inside;
    }
}
