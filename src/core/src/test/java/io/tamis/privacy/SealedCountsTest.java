package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.MicroRho;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts that platforms made and holders opened: which are shown, with what deviation, at what price. */
class SealedCountsTest {
    private static final int K = 100;
    private static final int PLATFORMS = 3;
    private static final int HOLDERS = 2;
    private static final Loss RHO = new Loss.Zcdp(new MicroRho(1_000));

    private static ReleaseSpec spec(int groups, Loss loss) {
        return Specs.spec(
                groups,
                1,
                List.of(new Measure.SealedCount(PLATFORMS, HOLDERS)),
                List.of(new Statistic.Users()),
                K,
                loss);
    }

    private static ReleaseSpec spec(int groups) {
        return spec(groups, RHO);
    }

    /** A person may count on each platform: k persons are sure from k times the platforms on, not one before. */
    @Test
    void counts_belowKTimesThePlatforms_areWithheld() {
        Release release = SealedReleaser.counts(spec(6), new long[] {300, 299, 0, -7, 301, Long.MAX_VALUE / 2});
        assertEquals(
                List.of(true, false, false, false, true, true),
                release.rows().stream()
                        .map(row -> row.cells().getFirst() instanceof Cell.Shown)
                        .toList());
        assertEquals(new BigDecimal(300), shown(release, 0).value());
        assertInstanceOf(Cell.Suppressed.class, release.rows().get(1).cells().getFirst());
        assertEquals(release, Release.fromJson(release.toJson()));
    }

    /** B = 3: sigma^2 = 9 * 500 = 4500 a holder, 9000 of two, as for a sum of tags of three platforms. */
    @Test
    void counts_showTheNoiseOfAllHolders() {
        Cell.Shown cell = shown(SealedReleaser.counts(spec(1), new long[] {1_000}), 0);
        assertEquals(new BigDecimal("94.87"), cell.stdDev());
        assertEquals(new Interval(new BigDecimal(814), new BigDecimal(1_186)), cell.ci95());
    }

    /** One measure: the whole price buys the noise of the counts, however many groups there are. */
    @Test
    void price_isOfOneMeasureWhateverTheGroups() {
        assertEquals(RHO.charge(), spec(1).charge());
        assertEquals(RHO.charge(), spec(64).charge());
        assertEquals(spec(1).spread(0), spec(64).spread(0));
    }

    /**
     * End to end: the noise of each holder. Of 4,000 counts, those whose interval misses the truth are at most 5 % and five
     * deviations (a false alarm with a chance of under 3e-7).
     */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void intervals_holdTheTruth(boolean gaussian) {
        int groups = 4_000;
        ReleaseSpec spec = gaussian ? spec(groups) : Specs.oneShot(spec(groups), 200_000);
        var noise = new ExactNoise(InsecureSeededRandom.bits(gaussian ? 61 : 62));
        var own = spec.shares().getFirst().spread(spec.kernel().measures().getFirst(), 1);
        long truth = 20_000;
        var opened = new long[groups];
        for (int group = 0; group < groups; group++) {
            opened[group] = truth + noise.draw(own) + noise.draw(own);
        }
        Release release = SealedReleaser.counts(spec, opened);
        int missed = 0;
        for (int group = 0; group < groups; group++) {
            Interval interval = shown(release, group).ci95();
            boolean holds = interval.low().compareTo(new BigDecimal(truth)) <= 0
                    && interval.high().compareTo(new BigDecimal(truth)) >= 0;
            missed += holds ? 0 : 1;
        }
        double most = groups * 0.05 + 5 * Math.sqrt(groups * 0.05 * 0.95);
        assertTrue(missed <= most, missed + " counts missed");
    }

    @Test
    void counts_ofOtherGroupsOrOfAnotherMeasure_areRefused() {
        refused(() -> SealedReleaser.counts(spec(2), new long[] {1}));
        refused(() -> SealedReleaser.counts(spec(2), new long[] {1, 2, 3}));
        refused(() -> SealedReleaser.counts(Specs.users(1, K, 100), new long[] {1}));
        refused(() -> Releaser.release(spec(1), PartialSums.zero(spec(1).kernel()), Specs.zeroNoise()));
        refused(() -> NoisedUsers.draw(spec(1), new long[][] {{1}}, Specs.zeroNoise()));
        refused(() -> new BoundingKernel(spec(1).kernel(), new byte[16], 0, 10));
    }

    @Test
    void measure_outsideItsLimitsOrBesideOthers_isRefused() {
        Measure counts = new Measure.SealedCount(2, 2);
        refused(() -> new Measure.SealedCount(0, 2));
        refused(() -> new Measure.SealedCount(KernelSpec.MEASURES_MAX, 2));
        refused(() -> new Measure.SealedCount(2, 0));
        refused(() -> new Measure.SealedCount(2, 9));
        refused(() -> new KernelSpec(4, 2, List.of(counts)));
        refused(() -> new KernelSpec(4, 1, List.of(counts, counts)));
        refused(() -> new KernelSpec(4, 1, List.of(new Measure.Users(), counts)));
        assertTrue(new KernelSpec(4, 1, List.of(counts)).opensCounts());
        assertEquals(
                "{\"holders\":2,\"kind\":\"SEALED_COUNT\",\"parties\":2}",
                counts.toJson().canonical());
    }

    @Test
    void dryRun_predictsTheNoiseOfAllHolders() {
        DryRun dryRun = DryRun.predict(spec(4), 10_000);
        assertEquals(1, dryRun.predictions().size());
        assertEquals(
                new BigDecimal("94.87"),
                dryRun.predictions().getFirst().parts().getFirst().sigma());
        // Twice the half-width of 186 is more than 371 users.
        assertTrue(DryRun.predict(spec(4), 371).belowUtilityFloor());
    }

    private static Cell.Shown shown(Release release, int group) {
        return (Cell.Shown) release.rows().get(group).cells().getFirst();
    }

    private static void refused(org.junit.jupiter.api.function.Executable wrong) {
        assertThrows(PrivacyException.class, wrong);
    }
}
