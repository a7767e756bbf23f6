package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on a number to which several holders each added the full noise. */
class SpreadSumTest {
    private static final int DRAWS = 100_000;

    /** One-sided bound of a binomial share at a false-alarm rate of 1e-6, in standard deviations, with room. */
    private static final double DEVIATIONS = 5.0;

    @Test
    void sigma_ofFourGaussians_isTwiceThatOfOne() {
        assertEquals(new BigDecimal("20.00"), new SpreadSum(SamplersTest.variance(100, 1), 4).sigma());
    }

    /** The variance of a discrete Laplace of scale 1 is 1.8413: of two 3.6827, deviation 1.9191, rounded up. */
    @Test
    void sigma_ofTwoLaplaces_isByHand() {
        assertEquals(new BigDecimal("1.92"), new SpreadSum(SamplersTest.scale(1, 1), 2).sigma());
    }

    @Test
    void oneDraw_isTheSpreadItself() {
        Spread gaussian = SamplersTest.variance(1_234, 5);
        Spread laplace = SamplersTest.scale(77, 2);
        for (Spread each : new Spread[] {gaussian, laplace}) {
            assertEquals(each.sigma(), new SpreadSum(each, 1).sigma());
            assertEquals(each.halfWidth95(), new SpreadSum(each, 1).halfWidth95());
        }
    }

    @Test
    void draws_outsideTheirLimits_areRefused() {
        Spread each = SamplersTest.variance(1, 1);
        assertThrows(PrivacyException.class, () -> new SpreadSum(each, 0));
        assertThrows(PrivacyException.class, () -> new SpreadSum(each, SpreadSum.DRAWS_MAX + 1));
        assertThrows(PrivacyException.class, () -> new SpreadSum(new SpreadSum(each, 2), 2));
        assertEquals(8, new SpreadSum(each, SpreadSum.DRAWS_MAX).draws());
    }

    /** Against the definition, on both sides of where the sum is taken for one Gaussian. */
    @ParameterizedTest
    @CsvSource({"1, 4, 2", "1, 1, 2", "1, 1, 8", "7, 2, 3", "39, 10, 2", "4, 1, 2", "4, 1, 8", "41, 10, 5", "100, 1, 2"
    })
    void halfWidth_ofGaussians_isTheSmallestThatHolds95Percent(long n, long d, int draws) {
        var variance = SamplersTest.variance(n, d);
        long h = new SpreadSum(variance, draws).halfWidth95().longValueExact();
        double[] sum =
                convolved(SamplersTest.gaussian(variance), (int) (14 * Math.ceil(Math.sqrt(1.0 * n / d))), draws);
        assertTrue(outside(sum, h) <= 0.05 * (1 + 1e-8), outside(sum, h) + " outside");
        assertTrue(h == 0 || outside(sum, h - 1) > 0.05 * (1 - 1e-8), outside(sum, h - 1) + " outside one less");
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 2", "1, 1, 2", "1, 1, 8", "5, 2, 3", "31, 1, 2", "32, 1, 4"})
    void halfWidth_ofLaplacesOfSmallScale_isTheSmallestThatHolds95Percent(long n, long d, int draws) {
        var scale = SamplersTest.scale(n, d);
        long h = new SpreadSum(scale, draws).halfWidth95().longValueExact();
        double[] sum = convolved(SamplersTest.laplace(scale), (int) (45 * Math.ceil(1.0 * n / d)), draws);
        assertTrue(outside(sum, h) <= 0.05 * (1 + 1e-8), outside(sum, h) + " outside");
        assertTrue(h == 0 || outside(sum, h - 1) > 0.05 * (1 - 1e-8), outside(sum, h - 1) + " outside one less");
    }

    /** Beyond, it is a bound: never under 95 %, and no more than the number of draws too wide. */
    @ParameterizedTest
    @CsvSource({"33, 1, 2", "33, 1, 8", "101, 2, 3", "80, 1, 4"})
    void halfWidth_ofLaplacesOfGreaterScale_holds95PercentAndIsLittleTooWide(long n, long d, int draws) {
        var scale = SamplersTest.scale(n, d);
        long h = new SpreadSum(scale, draws).halfWidth95().longValueExact();
        double[] sum = convolved(SamplersTest.laplace(scale), (int) (45 * Math.ceil(1.0 * n / d)), draws);
        assertTrue(outside(sum, h) <= 0.05, outside(sum, h) + " outside");
        assertTrue(outside(sum, h - draws - 2) > 0.05, outside(sum, h - draws - 2) + " outside");
    }

    /** By hand: of one, e^-x / 2; of two, e^-x (2 + x) / 4. */
    @Test
    void gammaTail_ofOneAndTwo_isByHand() {
        assertEquals(Math.exp(-3) / 2, SumTail.tail(1, 3), 1e-15);
        assertEquals(Math.exp(-3) * 5 / 4, SumTail.tail(2, 3), 1e-15);
        for (int m = 1; m <= SpreadSum.DRAWS_MAX; m++) {
            assertEquals(0.5, SumTail.tail(m, 0), 1e-12);
        }
    }

    /** The greatest noise there is still has an interval. */
    @Test
    void halfWidth_ofTheGreatestSpreads_isThere() {
        var scale = SamplersTest.scale((1L << LaplaceScale.SCALE_BITS_MAX) - 1, 1);
        assertTrue(new SpreadSum(scale, 8).halfWidth95().compareTo(scale.halfWidth95()) > 0);
        var variance =
                new GaussianVariance(BigInteger.ONE.shiftLeft(2 * GaussianVariance.SIGMA_BITS_MAX - 1), BigInteger.ONE);
        assertTrue(new SpreadSum(variance, 8).halfWidth95().compareTo(variance.halfWidth95()) > 0);
    }

    /**
     * As drawn: of 100,000 sums, those outside the interval are not more than 5 % and five deviations (a false alarm with a
     * chance of under 3e-7), and, the interval being no wider than needed, not less than 4 % (it has at least 4.4 % outside, or
     * the case is one where whole numbers are coarse).
     */
    @ParameterizedTest
    @CsvSource({
        "GAUSSIAN, 400, 1, 2",
        "GAUSSIAN, 90000, 1, 8",
        "GAUSSIAN, 25, 2, 3",
        "LAPLACE, 20, 1, 2",
        "LAPLACE, 90, 1, 2",
        "LAPLACE, 3000, 7, 5"
    })
    void draws_fallOutsideTheInterval_inFivePercent(String kind, long n, long d, int draws) {
        Spread each = kind.equals("GAUSSIAN") ? SamplersTest.variance(n, d) : SamplersTest.scale(n, d);
        var sum = new SpreadSum(each, draws);
        var noise = new ExactNoise(InsecureSeededRandom.bits(n + draws));
        long h = sum.halfWidth95().longValueExact();
        long outside = 0;
        for (int i = 0; i < DRAWS; i++) {
            outside += Math.abs(noise.draw(sum)) > h ? 1 : 0;
        }
        double deviation = Math.sqrt(DRAWS * 0.05 * 0.95);
        assertTrue(outside <= DRAWS * 0.05 + DEVIATIONS * deviation, outside + " of " + DRAWS + " outside");
        assertTrue(outside >= DRAWS * 0.04, outside + " of " + DRAWS + " outside");
    }

    /** The deviation shown is that of the draws: the mean square of 100,000, within five of its own deviations. */
    @ParameterizedTest
    @CsvSource({"GAUSSIAN, 400, 2", "LAPLACE, 20, 3"})
    void draws_haveTheDeviationShown(String kind, long n, int draws) {
        Spread each = kind.equals("GAUSSIAN") ? SamplersTest.variance(n, 1) : SamplersTest.scale(n, 1);
        var sum = new SpreadSum(each, draws);
        var noise = new ExactNoise(InsecureSeededRandom.bits(7 + draws));
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double draw = noise.draw(sum);
            squares += draw * draw;
        }
        double variance = Math.pow(sum.sigma().doubleValue(), 2);
        // The kurtosis of a sum of Laplaces is at most 6, of Gaussians 3: the square of a draw varies by at most
        // sqrt(5) of it.
        assertEquals(1, squares / DRAWS / variance, DEVIATIONS * Math.sqrt(5.0 / DRAWS));
    }

    private static double[] convolved(LongToDoubleFunction pmf, int last, int draws) {
        var one = new double[2 * last + 1];
        for (int x = -last; x <= last; x++) {
            one[last + x] = pmf.applyAsDouble(x);
        }
        double[] sum = one;
        for (int draw = 1; draw < draws; draw++) {
            var next = new double[sum.length + one.length - 1];
            for (int at = 0; at < next.length; at++) {
                int from = Math.max(0, at - one.length + 1);
                for (int i = from; i <= Math.min(at, sum.length - 1); i++) {
                    next[at] += sum[i] * one[at - i];
                }
            }
            sum = next;
        }
        return sum;
    }

    private static double outside(double[] sum, long h) {
        double outside = 0;
        int middle = sum.length / 2;
        for (int x = sum.length - 1 - middle; x > h; x--) {
            outside += sum[middle + x] + sum[middle - x];
        }
        return outside;
    }
}
