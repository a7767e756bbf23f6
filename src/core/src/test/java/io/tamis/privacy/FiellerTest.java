package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FiellerTest {
    /** With an exact count Fieller's interval is the plain one: S/C plus and minus 1.96 sigma/C. */
    @Test
    void mean_overAnAlmostExactCount_hasThePlainInterval() {
        var cell = mean(100_000, 1_000_000, 100, "0.0000000001");
        assertEquals(new BigDecimal(1_000), cell.value());
        assertEquals(new BigDecimal(10), round(cell.stdDev()));
        // 1.959964 * 1000 / 100 = 19.59964, widened outwards to two digits.
        assertEquals(new Interval(new BigDecimal("980.40"), new BigDecimal("1019.60")), cell.ci95());
    }

    /** Every ratio in the interval, and none outside, passes the test it is made of: |S - mC| <= z sqrt(vs + m^2 vc). */
    @Test
    void mean_intervalEndsSolveItsEquation() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            double s = random.nextInt(-50_000, 100_000);
            double c = random.nextInt(100, 5_000);
            double vs = random.nextInt(1, 1_000_000);
            double vc = random.nextInt(1, 400);
            var cell = mean((long) s, (long) vs, (long) c, Long.toString((long) vc));
            double slack = 0.01;
            assertTrue(distance(s, c, vs, vc, cell.ci95().low().doubleValue() - slack) > 0);
            assertTrue(distance(s, c, vs, vc, cell.ci95().low().doubleValue() + slack + 0.01) < 0);
            assertTrue(distance(s, c, vs, vc, cell.ci95().high().doubleValue() + slack) > 0);
            assertTrue(distance(s, c, vs, vc, cell.ci95().high().doubleValue() - slack - 0.01) < 0);
        }
    }

    @Test
    void mean_overACountNearZero_isNotSaid() {
        assertTrue(Fieller.mean(noised(1_000, "100"), noised(19, "100")).isEmpty());
        assertTrue(Fieller.mean(noised(1_000, "100"), noised(20, "100")).isPresent());
        assertTrue(Fieller.mean(noised(1_000, "100"), noised(0, "100")).isEmpty());
        assertTrue(Fieller.mean(noised(1_000, "100"), noised(-500, "100")).isEmpty());
    }

    @Test
    void mean_holdsItsValue() {
        var cell = mean(-70_000, 40_000, 300, "25");
        assertEquals(new BigDecimal("-233.33"), cell.value());
        assertTrue(cell.ci95().low().compareTo(cell.value()) < 0);
        assertTrue(cell.ci95().high().compareTo(cell.value()) > 0);
    }

    /**
     * The exact coverage for Laplace noise, by adding up all pairs of draws: never under 94.99 % for scales from 3 on,
     * never far over, and what the Javadoc says below.
     */
    @Test
    void mean_underLaplaceNoise_coversNinetyFivePercent() {
        double low = 1;
        double high = 0;
        var random = new SplittableRandom(2);
        for (int i = 0; i < 1_500; i++) {
            long sum = random.nextLong(3, 2_000);
            long count = random.nextLong(3, 60);
            // Sums and counts of like weight are the hard case, so most ratios lie around that of the scales.
            double ratio = Math.exp(random.nextDouble(-3, 3)) * (i % 5 == 0 ? 1 : (double) sum / count);
            double coverage = coverage(SamplersTest.scale(sum, 1), SamplersTest.scale(count, 1), ratio);
            low = Math.min(low, coverage);
            high = Math.max(high, coverage);
        }
        assertTrue(low > 0.9499, "low " + low);
        assertTrue(high < 0.967, "high " + high);
    }

    @Test
    void mean_underAlmostNoLaplaceNoise_coversAlmostAsMuch() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 3_000; i++) {
            LaplaceScale sum = SamplersTest.scale(random.nextLong(30, 5_000), 100);
            LaplaceScale count = SamplersTest.scale(random.nextLong(30, 300), 100);
            double coverage = coverage(sum, count, Math.exp(random.nextDouble(-3, 3)));
            assertTrue(coverage > 0.943, "coverage " + coverage);
        }
    }

    /** P[|X - mY| <= sqrt(w_X^2 + m^2 w_Y^2)]: the interval holds m exactly when this holds. */
    private static double coverage(LaplaceScale sum, LaplaceScale count, double m) {
        double ws = sum.halfWidth95().doubleValue() + 0.5;
        double wc = count.halfWidth95().doubleValue() + 0.5;
        double reach = Math.sqrt(ws * ws + m * m * wc * wc);
        var pmf = SamplersTest.laplace(count);
        double qs = Math.exp(-sum.denominator().doubleValue() / sum.numerator().doubleValue());
        int last = (int) (30
                        * count.numerator().doubleValue()
                        / count.denominator().doubleValue())
                + 30;
        double covered = 0;
        for (int y = -last; y <= last; y++) {
            double below = upperTail(qs, Math.ceil(m * y - reach));
            covered += pmf.applyAsDouble(y) * (below - upperTail(qs, Math.floor(m * y + reach) + 1));
        }
        return covered;
    }

    /** P[X >= x] of the discrete Laplace. */
    private static double upperTail(double q, double x) {
        return x > 0 ? Math.pow(q, x) / (1 + q) : 1 - Math.pow(q, 1 - x) / (1 + q);
    }

    /** The formula in the Javadoc: two continuous Laplace noises together never stray farther than one alone. */
    @Test
    void reach_ofTwoLaplaceNoises_isWithinThatOfOne() {
        for (int step = 1; step < 100; step++) {
            double a = Math.cos(step * Math.PI / 400);
            double c = Math.sin(step * Math.PI / 400);
            double z = Math.log(20);
            double tail = (a * a * Math.exp(-z / a) - c * c * Math.exp(-z / c)) / (a * a - c * c);
            assertTrue(tail < 0.05 && tail > 0.043, "tail " + tail + " at " + step);
        }
    }

    private static double distance(double s, double c, double vs, double vc, double m) {
        return Math.abs(s - m * c) - 1.959963984540054 * Math.sqrt(vs + m * m * vc);
    }

    private static Cell.Shown mean(long sum, long sumVariance, long count, String countVariance) {
        return Fieller.mean(noised(sum, Long.toString(sumVariance)), noised(count, countVariance))
                .orElseThrow();
    }

    private static Fieller.Noised noised(long value, String variance) {
        return new Fieller.Noised(
                BigDecimal.valueOf(value), new BigDecimal(variance), Fieller.Z2.multiply(new BigDecimal(variance)));
    }

    private static BigDecimal round(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_EVEN);
    }
}
