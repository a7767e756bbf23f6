package io.tamis.sandbox.audiences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.MicroEpsilon;
import io.tamis.jobs.Plan;
import io.tamis.privacy.Cell;
import io.tamis.privacy.Interval;
import io.tamis.privacy.Loss;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of seven cells with k = 50; at epsilon 1 a cell's reach is 3, taken as 3.5, and its deviation 1.36. */
class ShownCellsTest {
    private static final double REACH = 3.5;

    @Test
    void sum_ofShownAndWithheldCells_countsTheWithheldAsZero() {
        ShownCells cells = cells(1_000_000, 100, 200, 49, 0, 300, 60, 70);
        ShownCells.Sum sum = cells.sum(group -> group < 5);
        assertEquals(new ShownCells.Sum(new BigDecimal("600"), 5, 2), sum);
        // 3.5 * sqrt(5) = 7.83, and 50 for each of the two
        assertEquals(shown("600", "3.05", "592", "708"), cells.cell(sum));
        assertTrue(cells.withheld());
    }

    @Test
    void sum_ofWithheldCellsAlone_isSuppressed() {
        ShownCells cells = cells(1_000_000, 49, 0, 50, 50, 50, 50, 50);
        assertEquals(new Cell.Suppressed(), cells.cell(cells.sum(group -> group < 2)));
        assertEquals(new Cell.Suppressed(), cells.cell(cells.sum(_ -> false)));
    }

    @Test
    void interval_neverReachesBelowNobody() {
        ShownCells cells = cells(20_000, 60, 60, 60, 60, 60, 60, 60);
        assertEquals(
                BigDecimal.ZERO,
                ((Cell.Shown) cells.cell(cells.sum(group -> group == 0))).ci95().low());
        assertFalse(cells.withheld());
    }

    /** Withheld cells widen one end each: those of the rest the lower one, those of the part the upper one. */
    @Test
    void share_withWithheldCells_reachesWhereTheyMayBe() {
        ShownCells cells = cells(1_000_000, 500, 500, 0, 500, 500, 500, 500);
        Interval exact = interval(cells, 0, 1);
        Interval restMore =
                ((Cell.Shown) cells.share(cells.sum(group -> group == 0), cells.sum(g -> g == 1 || g == 2))).ci95();
        Interval partMore =
                ((Cell.Shown) cells.share(cells.sum(group -> group == 0 || group == 2), cells.sum(g -> g == 1))).ci95();
        // 500/1050 and 550/1050 are within
        assertTrue(restMore.low().compareTo(new BigDecimal("0.4762")) <= 0);
        assertTrue(restMore.low().compareTo(exact.low()) < 0);
        assertTrue(restMore.high().compareTo(new BigDecimal("0.51")) < 0);
        assertTrue(partMore.high().compareTo(new BigDecimal("0.5238")) >= 0);
        assertTrue(partMore.low().compareTo(new BigDecimal("0.49")) > 0);
    }

    @Test
    void share_ofSumsThatNoiseMayMakeNothing_isSuppressed() {
        // at epsilon .05 a cell reaches 60: 50 and 50 together may be nobody
        ShownCells few = cells(50_000, 50, 50, 0, 0, 0, 0, 0);
        assertTrue(few.share(few.sum(group -> group == 0), few.sum(group -> group == 1)) instanceof Cell.Shown);
        ShownCells noisy = cells(20_000, 50, 50, 0, 0, 0, 0, 0);
        assertEquals(
                new Cell.Suppressed(), noisy.share(noisy.sum(group -> group == 0), noisy.sum(group -> group == 1)));
        ShownCells none = cells(1_000_000, 500, 0, 0, 0, 0, 0, 0);
        assertEquals(new Cell.Suppressed(), none.share(none.sum(group -> group == 0), none.sum(group -> group == 1)));
    }

    /** Fieller's ends are where the difference is exactly at its reach; found here by bisection, in floating point. */
    @Test
    void share_endsWhereTheDifferenceIsAtItsReach() {
        var random = new SplittableRandom(12);
        for (int sample = 0; sample < 200; sample++) {
            long part = 50L + random.nextInt(2_000);
            long rest = 50L + random.nextInt(2_000);
            Interval interval = interval(cells(1_000_000, part, rest, 0, 0, 0, 0, 0), 0, 1);
            double share = (double) part / (part + rest);
            assertEquals(root(part, rest, 0, share), interval.low().doubleValue(), 1.01e-4);
            assertEquals(root(part, rest, 1, share), interval.high().doubleValue(), 1.01e-4);
        }
    }

    private static double root(long part, long rest, double outside, double inside) {
        double out = outside;
        double in = inside;
        for (int i = 0; i < 60; i++) {
            double middle = (out + in) / 2;
            double difference = Math.abs((1 - middle) * (double) part - middle * (double) rest);
            double reach = REACH * Math.sqrt((1 - middle) * (1 - middle) + middle * middle);
            if (difference > reach) {
                out = middle;
            } else {
                in = middle;
            }
        }
        return in;
    }

    @ParameterizedTest
    @CsvSource({"100, 100, false", "100, 103, false", "100, 104, true", "104, 100, true"})
    void apart_isMoreThanTwoDeviations(long one, long other, boolean apart) {
        // 2 * 1.36 * sqrt(2) = 3.85
        ShownCells cells = cells(1_000_000, one, other, 0, 0, 0, 0, 0);
        assertEquals(apart, cells.apart(cells.sum(group -> group == 0), cells.sum(group -> group == 1)));
    }

    private static Interval interval(ShownCells cells, int part, int rest) {
        return ((Cell.Shown) cells.share(cells.sum(group -> group == part), cells.sum(group -> group == rest))).ci95();
    }

    private static Cell shown(String value, String deviation, String low, String high) {
        return new Cell.Shown(
                new BigDecimal(value),
                new BigDecimal(deviation),
                new Interval(new BigDecimal(low), new BigDecimal(high)));
    }

    private static ShownCells cells(long epsilonMicro, long... counts) {
        var request = Declarations.request(
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b'},{'id':'z','dataset':'c'}]}",
                new Loss.Pure(new MicroEpsilon(epsilonMicro)),
                Declarations.others(Declarations.users("a"), Declarations.events("b"), Declarations.events("c")));
        Plan plan = (Plan) OverlapPlanner.plan(request);
        return new ShownCells(plan.release(), Released.of(plan, Released.NO_NOISE, counts));
    }
}
