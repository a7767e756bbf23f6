package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums that holders opened: who is shown, with what deviation, and that its pieces are refused when they do not fit. */
class SealedReleaserTest {
    private static final int K = 100;
    private static final int PLATFORMS = 3;
    private static final int HOLDERS = 2;

    /** COUNT over three platforms: users of each, and one sum that a person changes by at most 3. */
    private static ReleaseSpec spec(int groups, Loss loss) {
        var measures = new ArrayList<Measure>();
        var statistics = new ArrayList<Statistic>();
        for (int party = 0; party < PLATFORMS; party++) {
            measures.add(new Measure.Users());
            statistics.add(new Statistic.PartyUsers(party));
        }
        measures.add(new Measure.SealedSum(new Clamp(0, PLATFORMS), HOLDERS));
        statistics.add(new Statistic.Sum(PLATFORMS));
        statistics.add(new Statistic.MeanPerUser(new Statistic.Sum(PLATFORMS)));
        return Specs.spec(groups, 1, measures, statistics, K, loss);
    }

    private static ReleaseSpec spec(int groups) {
        return spec(groups, new Loss.Zcdp(new MicroRho(4_000)));
    }

    private static long[][] users(long... perPartyOfOneGroup) {
        return LongStream.of(perPartyOfOneGroup)
                .mapToObj(users -> new long[] {users})
                .toArray(long[][]::new);
    }

    /** sigma^2 = 10^6 / (2 * 1000) = 500, sigma 22.36; sqrt(2 * 40 ln 2) = 7.4467: 166.5, so 167 more than k. */
    @Test
    void usersToOpen_isKAndTheTail_byHand() {
        assertEquals(K + 167, spec(1).usersToOpen(0));
        // b = 10^6 / 250,000 = 4; 4 * 40 ln 2 = 110.9.
        assertEquals(K + 111, Specs.oneShot(spec(1), 1_000_000).usersToOpen(0));
    }

    /** With fewer than k exact users the noise would have to exceed the margin: by the closed tail, 2^-40 at most. */
    @Test
    void margin_isBeyondTheNoise_by40Bits() {
        for (long rho : new long[] {8, 100, 4_000, 20_000}) {
            ReleaseSpec spec = spec(1, new Loss.Zcdp(new MicroRho(rho)));
            long margin = spec.usersToOpen(1) - K;
            var variance = (GaussianVariance) spec.spread(1);
            double sigma2 =
                    variance.numerator().doubleValue() / variance.denominator().doubleValue();
            assertTrue(-Math.log(2) * 40 >= -(double) margin * margin / (2 * sigma2), "at " + rho);
        }
        for (long epsilon : new long[] {400, 1_000_000, 9_000_000}) {
            ReleaseSpec spec = Specs.oneShot(spec(1), epsilon);
            long margin = spec.usersToOpen(1) - K;
            var scale = (LaplaceScale) spec.spread(1);
            double b = scale.numerator().doubleValue() / scale.denominator().doubleValue();
            assertTrue((margin + 1) / b >= Math.log(2) * 40, "at " + epsilon);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void group_ofWhichOnePartyHasOneTooFew_isNotOpened(int party) {
        ReleaseSpec spec = spec(1);
        long least = spec.usersToOpen(party);
        long[] enough = {10_000, 10_000, 10_000};
        enough[party] = least;
        assertEquals(
                List.of(0),
                NoisedUsers.draw(spec, users(enough), Specs.zeroNoise()).toOpen(spec));
        enough[party] = least + 1;
        assertEquals(
                List.of(0),
                NoisedUsers.draw(spec, users(enough), Specs.zeroNoise()).toOpen(spec));
        enough[party] = least - 1;
        assertEquals(
                List.of(),
                NoisedUsers.draw(spec, users(enough), Specs.zeroNoise()).toOpen(spec));
    }

    /** What is judged is the noised number, so that which groups are opened tells no more than it. */
    @Test
    void group_isJudgedByItsNoisedUsers() {
        ReleaseSpec spec = spec(1);
        long least = spec.usersToOpen(0);
        long[][] few = users(least - 5, least - 5, least - 5);
        assertEquals(List.of(0), NoisedUsers.draw(spec, few, _ -> 5).toOpen(spec));
        assertEquals(List.of(), NoisedUsers.draw(spec, few, _ -> 4).toOpen(spec));
    }

    /** The same groups, users, deviation and width as when the service opens; of the sum no number. */
    @Test
    void sealed_isTheReleaseWithReferencesInPlaceOfSums() {
        ReleaseSpec spec = spec(3);
        long least = spec.usersToOpen(0);
        long[] per = {least, least - 1, least + 50};
        var users = NoisedUsers.draw(spec, new long[][] {per, per, per}, Specs.zeroNoise());
        var hashes = Map.of(0, Hash.sha256(new byte[] {0}), 2, Hash.sha256(new byte[] {2}));
        Release sealed = SealedReleaser.sealed(spec, users, hashes);
        Release open = SealedReleaser.release(spec, users, Map.of(0, 1_500L, 2, -240L));
        for (int group : List.of(0, 2)) {
            for (int party = 0; party < PLATFORMS; party++) {
                assertEquals(shown(open, group, party), shown(sealed, group, party));
            }
            var cell = assertInstanceOf(
                    Cell.Sealed.class, sealed.rows().get(group).cells().get(PLATFORMS));
            assertEquals(hashes.get(group), cell.bytes());
            assertEquals(shown(open, group, PLATFORMS), cell.opened(group == 0 ? 1_500 : -240));
            assertEquals(new Cell.Suppressed(), sealed.rows().get(group).cells().get(PLATFORMS + 1));
        }
        assertEquals(open.rows().get(1), sealed.rows().get(1));
        assertEquals(sealed, Release.fromJson(sealed.toJson()));
    }

    @Test
    void sealed_ofOtherGroupsThanTheNoisedUsersAllow_isRefused() {
        ReleaseSpec spec = spec(2);
        long[] per = {10_000, 3};
        var users = NoisedUsers.draw(spec, new long[][] {per, per, per}, Specs.zeroNoise());
        Hash hash = Hash.sha256(new byte[0]);
        assertThrows(PrivacyException.class, () -> SealedReleaser.sealed(spec, users, Map.of()));
        assertThrows(PrivacyException.class, () -> SealedReleaser.sealed(spec, users, Map.of(1, hash)));
        assertThrows(PrivacyException.class, () -> SealedReleaser.sealed(spec, users, Map.of(0, hash, 1, hash)));
    }

    private static Cell.Shown shown(Release release, int group, int statistic) {
        return assertInstanceOf(
                Cell.Shown.class, release.rows().get(group).cells().get(statistic));
    }

    @Test
    void release_showsOpenedGroups_andWithholdsTheOthersWhole() {
        ReleaseSpec spec = spec(3);
        long[][] exact = {{1_000, 5, 700}, {2_000, 9_000, 800}, {3_000, 9_000, 900}};
        NoisedUsers users = NoisedUsers.draw(spec, exact, Specs.zeroNoise());
        assertEquals(List.of(0, 2), users.toOpen(spec));
        Release release = SealedReleaser.release(spec, users, Map.of(0, 1_500L, 2, 240L));
        assertEquals(List.of("1000", "2000", "3000", "1500", "0.25"), values(release, 0));
        assertTrue(release.rows().get(1).cells().stream().allMatch(Cell.Suppressed.class::isInstance));
        assertEquals(List.of("700", "800", "900", "240", "0.1"), values(release, 2));
        assertEquals(release, Release.fromJson(release.toJson()));
    }

    /** B = 3, share 1,000: sigma^2 = 9 * 500 = 4500 a holder, 9000 of two: 94.87; 1.96 of it less a half. */
    @Test
    void release_showsTheNoiseOfAllHolders() {
        ReleaseSpec spec = spec(1);
        NoisedUsers users = NoisedUsers.draw(spec, users(1_000, 1_000, 1_000), Specs.zeroNoise());
        var sum = shown(SealedReleaser.release(spec, users, Map.of(0, 1_000L)), 3);
        assertEquals(new BigDecimal("94.87"), sum.stdDev());
        assertEquals(new Interval(new BigDecimal(814), new BigDecimal(1_186)), sum.ci95());
        assertEquals(
                new BigDecimal("22.37"),
                shown(SealedReleaser.release(spec, users, Map.of(0, 1_000L)), 0).stdDev());
    }

    @Test
    void release_ofANegativeCount_isShownAsZero() {
        ReleaseSpec spec = spec(1);
        NoisedUsers users = NoisedUsers.draw(spec, users(1_000, 1_000, 1_000), Specs.zeroNoise());
        assertEquals(
                BigDecimal.ZERO,
                shown(SealedReleaser.release(spec, users, Map.of(0, -7L)), 3).value());
    }

    /**
     * End to end: noise of the users by the server, of the sum by each holder. Of 4,000 counts and 4,000 means, those whose
     * interval misses the truth are at most 5 % and five deviations (a false alarm with a chance of under 3e-7 each).
     */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void intervals_holdTheTruth(boolean gaussian) {
        int groups = 4_000;
        ReleaseSpec zcdp = spec(groups);
        ReleaseSpec spec = gaussian ? zcdp : Specs.oneShot(zcdp, 400_000);
        var noise = new ExactNoise(InsecureSeededRandom.bits(gaussian ? 51 : 52));
        var exact = new long[PLATFORMS][groups];
        for (long[] party : exact) {
            java.util.Arrays.fill(party, 20_000);
        }
        NoisedUsers users = NoisedUsers.draw(spec, exact, noise);
        long truth = 7_777;
        var own = spec.shares().getLast().spread(spec.kernel().measures().getLast(), 1);
        var opened = new java.util.HashMap<Integer, Long>();
        for (int group = 0; group < groups; group++) {
            long sum = truth;
            for (int holder = 0; holder < HOLDERS; holder++) {
                sum += noise.draw(own);
            }
            opened.put(group, sum);
        }
        Release release = SealedReleaser.release(spec, users, opened);
        int missedSums = 0;
        int missedMeans = 0;
        for (ReleaseRow row : release.rows()) {
            missedSums += holds(row.cells().get(3), new BigDecimal(truth)) ? 0 : 1;
            missedMeans += holds(
                            row.cells().get(4),
                            new BigDecimal(truth).divide(new BigDecimal(60_000), java.math.MathContext.DECIMAL64))
                    ? 0
                    : 1;
        }
        double most = groups * 0.05 + 5 * Math.sqrt(groups * 0.05 * 0.95);
        assertTrue(missedSums <= most, missedSums + " sums missed");
        assertTrue(missedMeans <= most, missedMeans + " means missed");
    }

    private static boolean holds(Cell cell, BigDecimal truth) {
        Interval interval = ((Cell.Shown) cell).ci95();
        return interval.low().compareTo(truth) <= 0 && interval.high().compareTo(truth) >= 0;
    }

    @Test
    void release_ofOtherGroupsThanWereToBeOpened_isRefused() {
        ReleaseSpec spec = spec(2);
        long[][] exact = {{1_000, 5}, {1_000, 5}, {1_000, 5}};
        NoisedUsers users = NoisedUsers.draw(spec, exact, Specs.zeroNoise());
        refused(() -> SealedReleaser.release(spec, users, Map.of()));
        refused(() -> SealedReleaser.release(spec, users, Map.of(1, 1L)));
        refused(() -> SealedReleaser.release(spec, users, Map.of(0, 1L, 1, 1L)));
        assertInstanceOf(
                Cell.Shown.class,
                SealedReleaser.release(spec, users, Map.of(0, 1L))
                        .rows()
                        .getFirst()
                        .cells()
                        .getFirst());
    }

    @Test
    void plainReleaser_ofASumThatHoldersOpen_isRefused() {
        ReleaseSpec spec = spec(1);
        refused(() -> Releaser.release(spec, PartialSums.zero(spec.kernel()), Specs.zeroNoise()));
        refused(() -> new BoundingKernel(spec.kernel(), new byte[16], 0, 10));
        refused(() -> NoisedUsers.draw(Specs.users(1, K, 100), users(1), Specs.zeroNoise()));
    }

    @Test
    void measures_ofAnotherShape_areRefused() {
        Measure users = new Measure.Users();
        Measure sealed = new Measure.SealedSum(new Clamp(0, 1), 2);
        refused(() -> new KernelSpec(1, 1, List.of(sealed)));
        refused(() -> new KernelSpec(1, 1, List.of(sealed, users)));
        refused(() -> new KernelSpec(1, 1, List.of(users, sealed, sealed)));
        refused(() -> new KernelSpec(1, 1, List.of(users, Specs.ROWS, sealed)));
        refused(() -> new KernelSpec(1, 1, List.of(users, users)));
        refused(() -> new KernelSpec(1, 1, List.of(users, users, Specs.ROWS)));
        assertEquals(2, new KernelSpec(1, 1, List.of(users, users, sealed)).parties());
        assertEquals(1, new KernelSpec(1, 1, List.of(users, Specs.ROWS)).parties());
        refused(() -> new Measure.SealedSum(new Clamp(0, 0), 2));
        refused(() -> new Measure.SealedSum(new Clamp(0, 1), 0));
        refused(() -> new Measure.SealedSum(new Clamp(0, 1), 9));
    }

    @Test
    void statistics_thatTheMeasuresDoNotGive_areRefused() {
        List<Measure> measures = List.of(new Measure.Users(), new Measure.SealedSum(new Clamp(0, 1), 2));
        for (Statistic statistic : List.of(
                new Statistic.PartyUsers(1), new Statistic.Sum(2), new Statistic.MeanPerUser(new Statistic.Sum(2)))) {
            refused(() -> Specs.spec(1, 1, measures, List.of(statistic), K, 100));
        }
        refused(() -> Specs.spec(1, 1, List.of(Specs.USERS), List.of(new Statistic.PartyUsers(0)), K, 100));
        refused(() -> new Statistic.PartyUsers(-1));
    }

    @Test
    void noisedUsers_throughJson_areTheSame() {
        ReleaseSpec spec = spec(2);
        NoisedUsers users = NoisedUsers.draw(spec, new long[][] {{1, 2}, {3, 4}, {5, 6}}, _ -> -9);
        assertEquals("[[-8,-7],[-6,-5],[-4,-3]]", users.toJson().canonical());
        assertEquals(users, NoisedUsers.fromJson(users.toJson()));
        for (String other : List.of("1", "[]", "[[]]", "[[1],[1,2]]", "[[\"1\"]]", "[[1],2]")) {
            refused(() -> NoisedUsers.fromJson(Json.parse(other)));
        }
        refused(() -> NoisedUsers.draw(spec, users(1, 1, 1), Specs.zeroNoise()));
        refused(() -> users.toOpen(spec(1)));
    }

    @Test
    void dryRun_predictsTheNoiseOfAllHolders() {
        DryRun dryRun = DryRun.predict(spec(1), 10_000);
        var sum = dryRun.predictions().stream()
                .filter(prediction -> prediction.kind().equals("SUM"))
                .findFirst()
                .orElseThrow();
        assertEquals(new BigDecimal("94.87"), sum.parts().getFirst().sigma());
        assertEquals(1_000, sum.parts().getFirst().loss().micro());
        assertTrue(dryRun.predictions().stream()
                .noneMatch(prediction -> prediction.id().equals(DryRun.IMPLICIT_USERS)));
        assertEquals(
                Suppression.Bucket.NONE,
                Presented.of(
                                spec(1),
                                SealedReleaser.release(
                                        spec(1),
                                        NoisedUsers.draw(spec(1), users(999, 999, 999), Specs.zeroNoise()),
                                        Map.of(0, 5L)))
                        .suppression()
                        .bucket());
    }

    private static Cell.Shown shown(Release release, int column) {
        return (Cell.Shown) release.rows().getFirst().cells().get(column);
    }

    private static List<String> values(Release release, int group) {
        return release.rows().get(group).cells().stream()
                .map(cell -> ((Cell.Shown) cell).value().toPlainString())
                .toList();
    }

    private static void refused(org.junit.jupiter.api.function.Executable executable) {
        assertThrows(PrivacyException.class, executable);
    }
}
