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
