package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every release, whatever its shape: random keys, measures, layouts, sums and noise. */
class ReleasePropertyTest {
    private static final List<Measure> MEASURES = List.of(Specs.USERS, Specs.ROWS, Specs.AMOUNT, Specs.BALANCE);
    private static final List<Statistic> STATISTICS = List.of(
            new Statistic.Users(),
            new Statistic.Count(1),
            new Statistic.Sum(2),
            new Statistic.Sum(3),
            new Statistic.Mean(new Statistic.Sum(2), new Statistic.Count(1)));

    private static final List<Mechanism> MECHANISMS = List.of(Mechanism.values());

    private record Sample(ReleaseSpec spec, PartialSums sums, List<Long> noise) {
        /** Given noise, in the order of the cells. */
        Release release() {
            var next = noise.iterator();
            return Releaser.release(spec, sums, _ -> next.next());
        }
    }

    @Test
    void release_showsExactlyTheGroupsWhoseNoisedUsersReachK() {
        Samples.forAll(1, 300, ReleasePropertyTest::sample, sample -> {
            Release release = sample.release();
            for (ReleaseRow row : release.rows()) {
                long noised = sample.sums.at(0, row.group()) + sample.noise.get(row.group() * 4);
                boolean shown = row.cells().getFirst() instanceof Cell.Shown;
                assertEquals(noised >= sample.spec.minUsers(), shown);
                assertEquals(shown, row.cells().get(2) instanceof Cell.Shown);
                assertEquals(STATISTICS.size(), row.cells().size());
            }
        });
    }

    @Test
    void release_holdsTheNoisedValueInsideItsInterval() {
        Samples.forAll(
                2,
                300,
                ReleasePropertyTest::sample,
                sample -> sample.release().rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .forEach(cell -> {
                            if (cell instanceof Cell.Shown(BigDecimal value, BigDecimal deviation, Interval ci95)) {
                                assertTrue(ci95.low().compareTo(value) <= 0
                                        && ci95.high().compareTo(value) >= 0);
                                assertTrue(deviation.signum() > 0);
                            }
                        }));
    }

    @Test
    void release_neverShowsANegativeCountOrAmount() {
        Samples.forAll(
                3,
                300,
                ReleasePropertyTest::sample,
                sample -> sample.release()
                        .rows()
                        .forEach(row -> List.of(0, 1, 2, 4).forEach(at -> {
                            if (row.cells().get(at) instanceof Cell.Shown shown) {
                                assertTrue(shown.value().signum() >= 0);
                                assertTrue(shown.ci95().low().signum() >= 0);
                            }
                        })));
    }

    @Test
    void release_throughTheCache_isTheSame() {
        Samples.forAll(4, 200, ReleasePropertyTest::sample, sample -> {
            Release release = sample.release();
            assertEquals(release, Release.fromJson(Json.parse(release.toJson().canonicalBytes())));
        });
    }

    /** Names and orders change; which numbers stand under which labels does not. */
    @Test
    void present_inAnyLayout_showsTheSameNumbers() {
        Samples.forAll(5, 200, ReleasePropertyTest::sample, sample -> {
            Release release = sample.release();
            ReleaseSpec plain = withLayout(sample.spec, identity(sample.spec));
            assertEquals(
                    labelled(plain, release),
                    labelled(sample.spec, release),
                    "as sets of (key labels, statistic, cell)");
        });
    }

    @Test
    void present_listsEveryDeclaredGroupOnce() {
        Samples.forAll(6, 200, ReleasePropertyTest::sample, sample -> {
            List<Json> rows = rows(Presented.of(sample.spec, sample.release()));
            var keys = new HashSet<String>();
            rows.forEach(row -> keys.add(member(row, "key").canonical()));
            assertEquals(sample.spec.kernel().groups(), rows.size());
            assertEquals(rows.size(), keys.size());
        });
    }

    /** The dry run promises the sigma and half-width that the release then shows. */
    @Test
    void dryRun_predictsTheDeviationOfTheRelease() {
        Samples.forAll(7, 100, ReleasePropertyTest::sample, sample -> {
            List<DryRun.Prediction> predictions = DryRun.predict(withLayout(sample.spec, identity(sample.spec)), 1_000)
                    .predictions();
            for (ReleaseRow row : sample.release().rows()) {
                for (int at = 0; at < 4; at++) {
                    if (row.cells().get(at) instanceof Cell.Shown shown) {
                        BigDecimal sigma =
                                predictions.get(at).parts().getFirst().sigma();
                        assertEquals(0, sigma.compareTo(shown.stdDev()));
                    }
                }
            }
        });
    }

    private static Set<String> labelled(ReleaseSpec spec, Release release) {
        var cells = new HashSet<String>();
        List<Integer> order = spec.layout().keyOrder();
        for (Json row : rows(Presented.of(spec, release))) {
            List<Json> key = ((Json.Arr) member(row, "key")).items();
            var canonical = new String[key.size()];
            for (int i = 0; i < canonical.length; i++) {
                canonical[order.get(i)] = key.get(i).canonical();
            }
            List<Json> shown = ((Json.Arr) member(row, "cells")).items();
            for (int i = 0; i < shown.size(); i++) {
                cells.add(String.join("/", canonical) + "/"
                        + spec.layout().columns().get(i).statistic() + "/"
                        + shown.get(i).canonical());
            }
        }
        return cells;
    }

    private static List<Json> rows(Presented presented) {
        return ((Json.Arr) member(presented.result(), "rows")).items();
    }

    private static Json member(Json json, String name) {
        return ((Json.Obj) json).member(name).orElseThrow();
    }

    private static Layout identity(ReleaseSpec spec) {
        var order = new ArrayList<Integer>();
        spec.keys().forEach(_ -> order.add(order.size()));
        return new Layout(order, Specs.columns(STATISTICS));
    }

    private static ReleaseSpec withLayout(ReleaseSpec spec, Layout layout) {
        return new ReleaseSpec(spec.kernel(), spec.shares(), spec.minUsers(), spec.keys(), spec.statistics(), layout);
    }

    private static Sample sample(SplittableRandom random) {
        var keys = new ArrayList<GroupKey>();
        var order = new ArrayList<Integer>();
        int groups = 1;
        for (int i = random.nextInt(4); i > 0; i--) {
            order.add(keys.size());
            keys.add(Specs.key("abc".substring(keys.size(), keys.size() + 1), 1 + random.nextInt(4)));
            groups *= keys.getLast().labels().size();
        }
        var columns = new ArrayList<>(Specs.columns(STATISTICS));
        var shuffle = new Random(random.nextLong());
        Collections.shuffle(order, shuffle);
        Collections.shuffle(columns, shuffle);
        var spec = new ReleaseSpec(
                new KernelSpec(groups, 1 + random.nextInt(groups), MEASURES),
                MECHANISMS
                        .get(random.nextInt(2))
                        .loss(random.nextLong(4, 500_000))
                        .split(4),
                50,
                keys,
                STATISTICS,
                new Layout(order, columns));
        var cells = new long[4][groups];
        var noise = new ArrayList<Long>();
        for (int group = 0; group < groups; group++) {
            cells[0][group] = random.nextInt(40, 61);
            cells[1][group] = random.nextInt(2_000);
            cells[2][group] = random.nextInt(1_000_000);
            cells[3][group] = random.nextInt(-1_000, 1_000);
            for (int measure = 0; measure < 4; measure++) {
                noise.add(random.nextLong(-30, 31));
            }
        }
        return new Sample(spec, PartialSums.of(spec.kernel(), cells), noise);
    }
}
