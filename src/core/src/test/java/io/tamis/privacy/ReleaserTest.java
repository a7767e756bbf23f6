package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaserTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100, 750})
    void release_aroundK_withoutNoise_showsFromKOn(int k) {
        ReleaseSpec spec = Specs.users(1, k, 1_000);
        assertInstanceOf(Cell.Suppressed.class, first(spec, k - 1));
        assertInstanceOf(Cell.Shown.class, first(spec, k));
        assertInstanceOf(Cell.Shown.class, first(spec, k + 1));
    }

    /** k judges what is released, not what is true: a check of the exact number would reveal it. */
    @Test
    void release_aroundK_withNoise_judgesTheNoisedUsers() {
        ReleaseSpec spec = Specs.users(1, 50, 1_000);
        assertInstanceOf(Cell.Suppressed.class, cell(spec, Specs.sums(spec, 60), _ -> -11));
        assertEquals(
                new BigDecimal(50), shown(spec, Specs.sums(spec, 40), _ -> 10).value());
        assertInstanceOf(Cell.Suppressed.class, cell(spec, Specs.sums(spec, 40), _ -> 9));
    }

    @Test
    void release_ofASmallGroup_withholdsEveryNumberOfIt() {
        ReleaseSpec spec = Specs.all(3, 50, 10_000);
        var cells = new long[][] {{1_000, 49, 50}, {2_000, 9_000, 600}, {5, 5, 5}, {0, 0, 0}};
        Release release = Releaser.release(spec, PartialSums.of(spec.kernel(), cells), Specs.zeroNoise());
        assertTrue(release.rows().get(1).cells().stream().allMatch(Cell.Suppressed.class::isInstance));
        assertTrue(release.rows().get(0).cells().stream().allMatch(Cell.Shown.class::isInstance));
        assertTrue(release.rows().get(2).cells().stream().allMatch(Cell.Shown.class::isInstance));
    }

    /** Rows are not users: one person with 10,000 rows stays one person. */
    @Test
    void release_ofOnePersonWithManyRows_isWithheld() {
        ReleaseSpec spec = Specs.all(1, 50, 10_000);
        var kernel = new BoundingKernel(spec.kernel(), new byte[16], 0, 10);
        for (int i = 0; i < 10_000; i++) {
            kernel.row(1, 0, new long[] {0, 1, 9_999, 9_999});
        }
        Release release = Releaser.release(spec, kernel.finish(), Specs.zeroNoise());
        assertTrue(release.rows().getFirst().cells().stream().allMatch(Cell.Suppressed.class::isInstance));
    }

    /** Declared keys are answered whether anybody is in them or not. */
    @Test
    void release_fillsEveryDeclaredGroup() {
        ReleaseSpec spec = Specs.users(12, 1, 1_000);
        Release release = Releaser.release(spec, PartialSums.zero(spec.kernel()), _ -> 3);
        assertEquals(12, release.rows().size());
        for (int group = 0; group < 12; group++) {
            assertEquals(group, release.rows().get(group).group());
            assertInstanceOf(Cell.Shown.class, release.rows().get(group).cells().getFirst());
        }
    }

    /** The number of draws must not depend on the data: suppressed cells get noise too. */
    @Test
    void release_drawsNoiseForEveryCellOfEveryMeasure() {
        ReleaseSpec spec = Specs.all(7, 50, 10_000);
        for (long users : new long[] {0, 49, 50, 100_000}) {
            var drawn = new ArrayList<Spread>();
            Releaser.release(spec, Specs.sums(spec, users, users, users, users), variance -> {
                drawn.add(variance);
                return 0;
            });
            assertEquals(7 * 4, drawn.size());
            for (int i = 0; i < drawn.size(); i++) {
                assertEquals(spec.spread(i % 4), drawn.get(i));
            }
        }
    }

    @Test
    void release_showsValueDeviationAndInterval() {
        // B = 1, L0 = 1, r = 1,000 micro-rho: sigma^2 = 10^6/2000 = 500.
        ReleaseSpec spec = Specs.users(1, 50, 1_000);
        Cell.Shown cell = shown(spec, Specs.sums(spec, 1_000), _ -> -7);
        assertEquals(new BigDecimal(993), cell.value());
        assertEquals(new BigDecimal("22.37"), cell.stdDev());
        assertEquals(new Interval(new BigDecimal(993 - 44), new BigDecimal(993 + 44)), cell.ci95());
    }

    @Test
    void release_ofWhatCannotBeNegative_showsZeroInstead() {
        ReleaseSpec spec = Specs.all(1, 1, 10_000);
        List<Cell> cells = Releaser.release(spec, Specs.sums(spec, 50, -3, -1_000_000_000, -20), Specs.zeroNoise())
                .rows()
                .getFirst()
                .cells();
        var rows = (Cell.Shown) cells.get(1);
        assertEquals(BigDecimal.ZERO, rows.value());
        assertEquals(BigDecimal.ZERO, rows.ci95().low());
        var amount = (Cell.Shown) cells.get(2);
        assertEquals(new Interval(BigDecimal.ZERO, BigDecimal.ZERO), amount.ci95());
        var balance = (Cell.Shown) cells.get(3);
        assertEquals(new BigDecimal(-20), balance.value());
        assertTrue(balance.ci95().low().signum() < 0);
    }

    @Test
    void release_ofAMean_dividesAfterTheNoise() {
        ReleaseSpec spec = Specs.all(1, 50, 1_000_000);
        var cell = (Cell.Shown) Releaser.release(spec, Specs.sums(spec, 1_000, 3_000, 10_000_000, 0), Specs.zeroNoise())
                .rows()
                .getFirst()
                .cells()
                .get(4);
        assertEquals(new BigDecimal("3333.33"), cell.value());
        assertTrue(cell.ci95().low().compareTo(cell.value()) < 0);
        assertTrue(cell.ci95().high().compareTo(cell.value()) > 0);
    }

    @Test
    void release_ofAMeanOverNothing_isWithheldAlone() {
        ReleaseSpec spec = Specs.all(1, 50, 1_000_000);
        List<Cell> cells = Releaser.release(spec, Specs.sums(spec, 1_000, 0, 10_000, 0), Specs.zeroNoise())
                .rows()
                .getFirst()
                .cells();
        assertInstanceOf(Cell.Suppressed.class, cells.get(4));
        assertInstanceOf(Cell.Shown.class, cells.get(0));
    }

    /** Sums near the greatest double integer keep their last digit. */
    @Test
    void release_ofAHugeSum_losesNoDigit() {
        ReleaseSpec spec = Specs.all(1, 50, 1_000_000);
        long huge = (1L << 61) + 1;
        var cell = (Cell.Shown) Releaser.release(spec, Specs.sums(spec, 1_000, 3_000, huge, 0), Specs.zeroNoise())
                .rows()
                .getFirst()
                .cells()
                .get(2);
        assertEquals(BigDecimal.valueOf(huge), cell.value());
    }

    @Test
    void release_beyondALong_failsInsteadOfWrapping() {
        ReleaseSpec spec = Specs.users(1, 50, 1_000);
        var failure = assertThrows(
                PrivacyException.class, () -> Releaser.release(spec, Specs.sums(spec, Long.MAX_VALUE), _ -> 1));
        assertEquals(PrivacyException.Fault.SUM_OUT_OF_RANGE, failure.fault());
    }

    @Test
    void release_ofSumsOfAnotherShape_isRefused() {
        ReleaseSpec spec = Specs.users(2, 50, 1_000);
        PartialSums other = PartialSums.zero(Specs.users(3, 50, 1_000).kernel());
        assertThrows(PrivacyException.class, () -> Releaser.release(spec, other, Specs.zeroNoise()));
    }

    /** The mean over n releases is within 5 standard errors of the truth but for 6e-7. */
    @Test
    void release_hasNoBias() {
        ReleaseSpec spec = Specs.users(20_000, 1, 1_000);
        Release release =
                Releaser.release(spec, Specs.sums(spec, 100_000), new ExactNoise(InsecureSeededRandom.bits(21)));
        double mean = release.rows().stream()
                .mapToLong(row -> ((Cell.Shown) row.cells().getFirst()).value().longValueExact())
                .average()
                .orElseThrow();
        assertEquals(100_000, mean, 5 * Math.sqrt(500.0 / 20_000));
    }

    /**
     * The share of intervals that hold the truth; at this sigma a half-width of whole numbers covers 95 to 95.2 %. Exact
     * interval of the proportion, false-alarm rate 1e-6.
     */
    @ParameterizedTest
    @CsvSource({"1000", "37", "1"})
    void release_intervalsCoverTheTruth(long rho) {
        ReleaseSpec spec = Specs.users(20_000, 1, rho);
        Release release =
                Releaser.release(spec, Specs.sums(spec, 100_000), new ExactNoise(InsecureSeededRandom.bits(22 + rho)));
        long hits = release.rows().stream()
                .map(row -> ((Cell.Shown) row.cells().getFirst()).ci95())
                .filter(interval -> holds(interval, 100_000))
                .count();
        assertTrue(Statistics.proportionHigh(hits, 20_000, Statistics.FALSE_ALARM) >= 0.95);
        assertTrue(Statistics.proportionLow(hits, 20_000, Statistics.FALSE_ALARM) <= 0.97);
    }

    /**
     * The share of intervals that hold the truth is what the tail of the discrete Laplace says: at epsilon 1 even 97.3 %,
     * since whole numbers leave no choice between that and 92.7 %. False-alarm rate 1e-6.
     */
    @ParameterizedTest
    @CsvSource({"1000000, 0.97321", "300000, 0.95297", "50000, 0.95183", "1000, 0.95000"})
    void oneShot_intervalsCoverTheTruth(long epsilonMicro, double coverage) {
        ReleaseSpec spec = Specs.oneShot(Specs.users(20_000, 1, 1_000), epsilonMicro);
        Release release = Releaser.release(
                spec, Specs.sums(spec, 100_000), new ExactNoise(InsecureSeededRandom.bits(24 + epsilonMicro)));
        long hits = release.rows().stream()
                .map(row -> ((Cell.Shown) row.cells().getFirst()).ci95())
                .filter(interval -> holds(interval, 100_000))
                .count();
        assertTrue(Statistics.proportionHigh(hits, 20_000, Statistics.FALSE_ALARM / 2) >= coverage, hits + " hits");
        assertTrue(Statistics.proportionLow(hits, 20_000, Statistics.FALSE_ALARM / 2) <= coverage, hits + " hits");
    }

    /** One cell, epsilon 1, 200 runs: at least 95 % within 3. (Expected 194.6; a random seed would miss once in 47.) */
    @Test
    void oneShot_ofOneCellAtEpsilonOne_isWithinThreeInTwoHundredRuns() {
        ReleaseSpec spec = Specs.oneShot(Specs.users(1, 1, 1_000), 1_000_000);
        var noise = new ExactNoise(InsecureSeededRandom.bits(25));
        int within = 0;
        for (int run = 0; run < 200; run++) {
            long value = shown(spec, Specs.sums(spec, 1_234), noise).value().longValueExact();
            within += Math.abs(value - 1_234) <= 3 ? 1 : 0;
        }
        assertTrue(within >= 190, within + " of 200");
    }

    /** sigma 1.36 and ±3, where the Gaussian of the same epsilon (24,355 micro-rho) shows 4.54 and ±9. */
    @Test
    void oneShot_showsValueDeviationAndInterval() {
        ReleaseSpec gaussian = Specs.users(1, 50, 24_355);
        Cell.Shown cell = shown(Specs.oneShot(gaussian, 1_000_000), Specs.sums(gaussian, 1_000), _ -> -7);
        assertEquals(new BigDecimal(993), cell.value());
        assertEquals(new BigDecimal("1.36"), cell.stdDev());
        assertEquals(new Interval(new BigDecimal(990), new BigDecimal(996)), cell.ci95());
        Cell.Shown wider = shown(gaussian, Specs.sums(gaussian, 1_000), _ -> -7);
        assertEquals(new BigDecimal("4.54"), wider.stdDev());
        assertEquals(new Interval(new BigDecimal(984), new BigDecimal(1_002)), wider.ci95());
    }

    /** Every cell of every measure gets the noise of its own share: the first one the remainder of the division. */
    @Test
    void oneShot_drawsLaplaceNoiseForEveryCellOfEveryMeasure() {
        ReleaseSpec spec = Specs.oneShot(Specs.all(7, 50, 10_000), 4_000_003);
        for (long users : new long[] {0, 49, 50, 100_000}) {
            var drawn = new ArrayList<Spread>();
            Releaser.release(spec, Specs.sums(spec, users, users, users, users), spread -> {
                drawn.add(spread);
                return 0;
            });
            assertEquals(7 * 4, drawn.size());
            for (int i = 0; i < drawn.size(); i += 4) {
                assertEquals(
                        List.of(
                                SamplersTest.scale(1_000_000, 1_000_003),
                                SamplersTest.scale(5, 1),
                                SamplersTest.scale(15_000, 1),
                                SamplersTest.scale(100, 1)),
                        drawn.subList(i, i + 4));
            }
        }
    }

    @Test
    void oneShot_intervalsOfMeansCoverTheTruth() {
        ReleaseSpec spec = Specs.oneShot(Specs.all(8_000, 1, 10_000), 1_000_000);
        Release release = Releaser.release(
                spec, Specs.sums(spec, 2_000, 5_000, 12_500_000, 0), new ExactNoise(InsecureSeededRandom.bits(26)));
        long hits = release.rows().stream()
                .map(row -> ((Cell.Shown) row.cells().get(4)).ci95())
                .filter(interval -> holds(interval, 2_500))
                .count();
        assertTrue(Statistics.proportionHigh(hits, 8_000, Statistics.FALSE_ALARM) >= 0.95, hits + " hits");
        assertTrue(Statistics.proportionLow(hits, 8_000, Statistics.FALSE_ALARM) <= 0.96, hits + " hits");
    }

    @Test
    void release_intervalsOfMeansCoverTheTruth() {
        ReleaseSpec spec = Specs.all(8_000, 1, 10_000);
        Release release = Releaser.release(
                spec, Specs.sums(spec, 2_000, 5_000, 12_500_000, 0), new ExactNoise(InsecureSeededRandom.bits(23)));
        long hits = release.rows().stream()
                .map(row -> ((Cell.Shown) row.cells().get(4)).ci95())
                .filter(interval -> holds(interval, 2_500))
                .count();
        assertTrue(Statistics.proportionHigh(hits, 8_000, Statistics.FALSE_ALARM) >= 0.95);
        assertTrue(Statistics.proportionLow(hits, 8_000, Statistics.FALSE_ALARM) <= 0.96);
    }

    private static boolean holds(Interval interval, long truth) {
        BigDecimal value = BigDecimal.valueOf(truth);
        return interval.low().compareTo(value) <= 0 && interval.high().compareTo(value) >= 0;
    }

    private static Cell first(ReleaseSpec spec, long users) {
        return cell(spec, Specs.sums(spec, users), Specs.zeroNoise());
    }

    private static Cell.Shown shown(ReleaseSpec spec, PartialSums sums, Noise noise) {
        return (Cell.Shown) cell(spec, sums, noise);
    }

    private static Cell cell(ReleaseSpec spec, PartialSums sums, Noise noise) {
        return Releaser.release(spec, sums, noise).rows().getFirst().cells().getFirst();
    }
}
