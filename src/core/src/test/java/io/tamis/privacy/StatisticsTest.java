package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The measuring rod is measured too: published table values. */
class StatisticsTest {
    @Test
    void chiSquareTail_matchesTables() {
        assertEquals(0.05, Statistics.chiSquareTail(3.841458820694124, 1), 1e-12);
        assertEquals(0.05, Statistics.chiSquareTail(18.307038053275146, 10), 1e-12);
        assertEquals(0.001, Statistics.chiSquareTail(149.449, 100), 1e-6);
        assertEquals(0.99, Statistics.chiSquareTail(70.0649, 100), 1e-6);
    }

    @Test
    void normal_matchesTables() {
        assertEquals(0.5, Statistics.normal(0), 1e-15);
        assertEquals(0.975, Statistics.normal(1.959963984540054), 1e-12);
        assertEquals(0.0013498980316301, Statistics.normal(-3), 1e-14);
    }

    @Test
    void proportion_matchesClopperAndPearson() {
        assertEquals(0.1870861, Statistics.proportionLow(5, 10, 0.025), 1e-6);
        assertEquals(0.8129139, Statistics.proportionHigh(5, 10, 0.025), 1e-6);
        assertEquals(0, Statistics.proportionLow(0, 10, 0.025));
        assertEquals(0.3084971, Statistics.proportionHigh(0, 10, 0.025), 1e-6);
    }

    @Test
    void chiSquare_ofAGoodAndABadFit_tellsThemApart() {
        double[] expected = {100, 100, 100, 100};
        double good = Statistics.chiSquare(new long[] {95, 105, 102, 98}, expected);
        double bad = Statistics.chiSquare(new long[] {50, 150, 100, 100}, expected);
        assertTrue(Statistics.chiSquareTail(good, 3) > 0.5);
        assertTrue(Statistics.chiSquareTail(bad, 3) < Statistics.FALSE_ALARM);
    }
}
