package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The samplers against the exact probabilities of their definition. Seeded; each test's false-alarm rate is 1e-6. No test
 * can show that a sampler is exact; the integers-only construction does, these catch a construction written down wrongly.
 */
class SamplersTest {
    /** Bins hold at least this many expected draws, which the chi-square approximation needs. */
    private static final double EXPECTED_MIN = 25;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "5, 1", "7, 2", "40, 1"})
    void laplace_hasItsDistribution(long t, long s) {
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(100 + t * 10 + s), scale(t, s));
        assertDistribution(200_000, sampler::draw, laplace(scale(t, s)));
    }

    /** The noise of one cell at epsilon 1, and of a measure at epsilon 0.3 with L0 = 8. */
    @ParameterizedTest
    @CsvSource({"1, 1", "80, 3"})
    void laplace_overAMillionDraws_hasItsDistribution(long t, long s) {
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(20 + t), scale(t, s));
        assertDistribution(1_000_000, sampler::draw, laplace(scale(t, s)));
    }

    /** A numerator far beyond a long forces the path of big integers: nearly the scale 5/2. */
    @Test
    void laplace_throughBigIntegers_hasItsDistribution() {
        BigInteger half = BigInteger.TEN.pow(20);
        var scale = new LaplaceScale(half.multiply(BigInteger.valueOf(5)).add(BigInteger.ONE), half.shiftLeft(1));
        assertTrue(scale.numerator().bitLength() > Long.SIZE);
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(13), scale);
        assertDistribution(200_000, sampler::draw, laplace(scale));
    }

    /** Where the two paths meet: one more bit of numerator, the same distribution. */
    @ParameterizedTest
    @CsvSource({"0", "1"})
    void laplace_aroundTheGreatestSmallNumerator_hasItsDistribution(long beyond) {
        long numerator = DiscreteLaplace.SMALL_MAX + beyond;
        var scale = scale(numerator, numerator / 3 + 1);
        assertEquals(numerator, scale.numerator().longValueExact());
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(14 + beyond), scale);
        assertDistribution(200_000, sampler::draw, laplace(scale));
    }

    @Test
    void laplace_ofLargeScale_fallsIntoItsQuantiles() {
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(16), scale(1_000_000_000_000_001L, 7));
        int bins = 40;
        var observed = new long[bins];
        for (int i = 0; i < 100_000; i++) {
            double x = sampler.draw() / (1_000_000_000_000_001L / 7.0);
            double share = x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2;
            observed[Math.min(bins - 1, (int) (share * bins))]++;
        }
        assertUniform(observed);
    }

    /** Floating-point noise betrays itself in its low bits (Mironov 2012). */
    @Test
    void laplace_ofLargeScale_hasUniformLowBits() {
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(17), scale(1_000_000_000_000_001L, 7));
        var observed = new long[256];
        for (int i = 0; i < 150_000; i++) {
            observed[(int) (sampler.draw() & 255)]++;
        }
        assertUniform(observed);
    }

    /** The mean of n draws is within 5 standard errors but for 6e-7; the fourth moment of a Laplace is 24 b^4. */
    @ParameterizedTest
    @CsvSource({"1, 1, 200000", "30000, 7, 200000", "1000000000000, 3, 100000"})
    void laplace_hasNoBias(long n, long d, int draws) {
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(18 + n), scale(n, d));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double drawn = sampler.draw();
            sum += drawn;
            squares += drawn * drawn;
        }
        double variance = Tail.variance(scale(n, d)).doubleValue();
        assertEquals(0, sum / draws, 5 * Math.sqrt(variance / draws));
        assertEquals(variance, squares / draws, 5 * variance * Math.sqrt(6.0 / draws));
    }

    @Test
    void laplace_nearTheGreatestScale_staysInALong() {
        BigInteger most = BigInteger.ONE.shiftLeft(LaplaceScale.SCALE_BITS_MAX).subtract(BigInteger.ONE);
        BigInteger thousand = BigInteger.valueOf(1_000);
        for (var scale : List.of(
                new LaplaceScale(most, BigInteger.ONE),
                new LaplaceScale(most.multiply(thousand).add(BigInteger.ONE), thousand))) {
            var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(19), scale);
            for (int i = 0; i < 1_000; i++) {
                assertTrue(Math.abs(sampler.draw()) < 1L << 60);
            }
        }
    }

    /** P[X != 0] is under 1e-40. */
    @Test
    void laplace_ofTinyScale_isZero() {
        var sampler = new DiscreteLaplace(InsecureSeededRandom.bits(15), scale(1, 100));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, sampler.draw());
        }
    }

    @Test
    void gaussian_overAMillionDraws_hasItsDistribution() {
        var variance = variance(500_000, 111);
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(1), variance);
        assertDistribution(1_000_000, sampler::draw, gaussian(variance));
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 3", "1, 1", "5, 2", "100, 1", "12345, 7"})
    void gaussian_ofSmallAndFractionalVariances_hasItsDistribution(long n, long d) {
        var variance = variance(n, d);
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(200 + n + d), variance);
        assertDistribution(100_000, sampler::draw, gaussian(variance));
    }

    /** A denominator far beyond a long forces the path of big integers. */
    @Test
    void gaussian_throughBigIntegers_hasItsDistribution() {
        BigInteger scale = BigInteger.TEN.pow(20);
        var variance =
                new GaussianVariance(BigInteger.valueOf(20).multiply(scale).add(BigInteger.ONE), scale);
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(3), variance);
        assertDistribution(100_000, sampler::draw, gaussian(variance));
    }

    @Test
    void gaussian_ofLargeSigma_fallsIntoNormalRanges() {
        var variance = variance(1_000_000_000_000L, 1);
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(4), variance);
        int bins = 40;
        var observed = new long[bins];
        for (int i = 0; i < 100_000; i++) {
            double share = Statistics.normal((sampler.draw() + 0.0) / 1e6);
            observed[Math.min(bins - 1, (int) (share * bins))]++;
        }
        assertUniform(observed);
    }

    /** Floating-point noise betrays itself in its low bits (Mironov 2012). */
    @Test
    void gaussian_ofLargeSigma_hasUniformLowBits() {
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(5), variance(1_000_000_000_000L, 1));
        var observed = new long[256];
        for (int i = 0; i < 150_000; i++) {
            observed[(int) (sampler.draw() & 255)]++;
        }
        assertUniform(observed);
    }

    /** The mean of n draws is within 5 standard errors but for 6e-7. */
    @ParameterizedTest
    @CsvSource({"1, 1, 200000", "30000, 7, 200000", "1000000000000, 3, 100000"})
    void gaussian_hasNoBias(long n, long d, int draws) {
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(6 + n), variance(n, d));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double drawn = sampler.draw();
            sum += drawn;
            squares += drawn * drawn;
        }
        double sigma = Math.sqrt((double) n / d);
        assertEquals(0, sum / draws, 5 * sigma / Math.sqrt(draws));
        // The variance of a squared normal is 2 sigma^4.
        assertEquals(sigma * sigma, squares / draws, 5 * sigma * sigma * Math.sqrt(2.0 / draws));
    }

    /** P[X != 0] is under 2e-21. */
    @Test
    void gaussian_ofTinyVariance_isZero() {
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(12), variance(1, 100));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, sampler.draw());
        }
    }

    @Test
    void gaussian_nearTheGreatestSigma_staysInALong() {
        var variance = new GaussianVariance(BigInteger.ONE.shiftLeft(107), BigInteger.ONE);
        var sampler = new DiscreteGaussian(InsecureSeededRandom.bits(7), variance);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(Math.abs(sampler.draw()) < 1L << 60);
        }
    }

    @Test
    void exactNoise_ofTwoVariances_keepsThemApart() {
        var noise = new ExactNoise(InsecureSeededRandom.bits(8));
        double small = 0;
        double large = 0;
        for (int i = 0; i < 20_000; i++) {
            small += Math.pow((double) noise.draw(variance(4, 1)), 2);
            large += Math.pow((double) noise.draw(variance(400, 1)), 2);
        }
        assertEquals(4, small / 20_000, 5 * 4 * Math.sqrt(2.0 / 20_000));
        assertEquals(400, large / 20_000, 5 * 400 * Math.sqrt(2.0 / 20_000));
    }

    /** A scale and a variance of the same numbers are two distributions. */
    @Test
    void exactNoise_ofBothKinds_keepsThemApart() {
        var noise = new ExactNoise(InsecureSeededRandom.bits(11));
        double gaussian = 0;
        double laplace = 0;
        for (int i = 0; i < 20_000; i++) {
            gaussian += Math.pow((double) noise.draw(variance(40, 1)), 2);
            laplace += Math.pow((double) noise.draw(scale(40, 1)), 2);
        }
        assertEquals(40, gaussian / 20_000, 5 * 40 * Math.sqrt(2.0 / 20_000));
        assertEquals(3_200, laplace / 20_000, 5 * 3_200 * Math.sqrt(6.0 / 20_000));
    }

    @Test
    void exactNoise_ofManyVariances_staysBounded() {
        var noise = new ExactNoise(InsecureSeededRandom.bits(9));
        for (int i = 1; i < 100; i++) {
            assertTrue(Math.abs(noise.draw(variance(i, 1))) < 200);
        }
    }

    @Test
    void laplace_outsideItsLimits_isRefused() {
        assertThrows(PrivacyException.class, () -> scale(0, 1));
        assertThrows(PrivacyException.class, () -> scale(1, 0));
        assertThrows(PrivacyException.class, () -> scale(1L << LaplaceScale.SCALE_BITS_MAX, 1));
    }

    static LaplaceScale scale(long n, long d) {
        return new LaplaceScale(BigInteger.valueOf(n), BigInteger.valueOf(d));
    }

    static GaussianVariance variance(long n, long d) {
        return new GaussianVariance(BigInteger.valueOf(n), BigInteger.valueOf(d));
    }

    static LongToDoubleFunction laplace(LaplaceScale scale) {
        double decay =
                Math.exp(-scale.denominator().doubleValue() / scale.numerator().doubleValue());
        return x -> (1 - decay) / (1 + decay) * Math.pow(decay, Math.abs((double) x));
    }

    static LongToDoubleFunction gaussian(GaussianVariance variance) {
        double value =
                variance.numerator().doubleValue() / variance.denominator().doubleValue();
        double total = 1;
        for (int x = 1; x < 40 * Math.sqrt(value) + 10; x++) {
            total += 2 * Math.exp(-(double) x * x / (2 * value));
        }
        double norm = total;
        return x -> Math.exp(-(double) x * x / (2 * value)) / norm;
    }

    private static void assertDistribution(int draws, LongSupplier sampler, LongToDoubleFunction pmf) {
        int reach = 0;
        while (pmf.applyAsDouble(reach + 1) * draws >= EXPECTED_MIN) {
            reach++;
        }
        var observed = new long[2 * reach + 3];
        for (int i = 0; i < draws; i++) {
            observed[Math.clamp(sampler.getAsLong(), -reach - 1, reach + 1) + reach + 1]++;
        }
        double inside = 0;
        var expected = new double[observed.length];
        for (int x = -reach; x <= reach; x++) {
            expected[x + reach + 1] = pmf.applyAsDouble(x) * draws;
            inside += expected[x + reach + 1];
        }
        expected[0] = (draws - inside) / 2;
        expected[2 * reach + 2] = (draws - inside) / 2;
        assertFits(pooled(observed, expected));
    }

    /** Joins a thin tail with its neighbour. */
    private static List<double[]> pooled(long[] observed, double[] expected) {
        var bins = new ArrayList<double[]>();
        for (int i = 0; i < observed.length; i++) {
            bins.add(new double[] {observed[i], expected[i]});
        }
        while (bins.size() > 2 && bins.getFirst()[1] < EXPECTED_MIN) {
            merge(bins, bins.removeFirst(), 0);
        }
        while (bins.size() > 2 && bins.getLast()[1] < EXPECTED_MIN) {
            merge(bins, bins.removeLast(), bins.size() - 1);
        }
        return bins;
    }

    private static void merge(List<double[]> bins, double[] thin, int into) {
        bins.get(into)[0] += thin[0];
        bins.get(into)[1] += thin[1];
    }

    private static void assertFits(List<double[]> bins) {
        long[] observed = bins.stream().mapToLong(bin -> (long) bin[0]).toArray();
        double[] expected = bins.stream().mapToDouble(bin -> bin[1]).toArray();
        double p = Statistics.chiSquareTail(Statistics.chiSquare(observed, expected), observed.length - 1);
        assertTrue(p > Statistics.FALSE_ALARM, "p = " + p);
    }

    private static void assertUniform(long[] observed) {
        double each = 0;
        for (long count : observed) {
            each += (double) count / observed.length;
        }
        var expected = new double[observed.length];
        Arrays.fill(expected, each);
        double p = Statistics.chiSquareTail(Statistics.chiSquare(observed, expected), observed.length - 1);
        assertTrue(p > Statistics.FALSE_ALARM, "p = " + p);
    }
}
