package io.tamis.sandbox.audiences;

import static io.tamis.sandbox.audiences.OverlapScanTest.cells;
import static io.tamis.sandbox.audiences.OverlapScanTest.distance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.MicroEpsilon;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.privacy.Loss;
import io.tamis.privacy.PartialSums;
import io.tamis.sandbox.audiences.World.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachScanTest {
    /** The days 20,454 to 20,818 are 2026; the window is the days 20,500 to 20,509. */
    private static final int FIRST = 20_500;

    private static final String WINDOW = "'window':{'from':'2026-02-16','to':'2026-02-25'}";
    private static final String THREE = "{'exposures':[{'id':'z','dataset':'c','on':'c#at'},"
            + "{'id':'x','dataset':'b','on':'b#day','where':[{'column':'b#score','op':'GE','values':[30]}]},"
            + "{'id':'y','dataset':'b','on':'b#day','where':[{'column':'b#score','op':'LT','values':[10]}]}],"
            + WINDOW + ",'maxFrequency':4}";
    private static final Dataset[] BOTH = {Declarations.events("b"), Declarations.events("c")};

    @TempDir
    Path folder;

    /** Three exposures of two datasets, days and moments, in and out of the window: equal to counting rows by hand. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void scan_ofARandomWorld_equalsBruteForce(long seed) {
        World world = randomWorld(new SplittableRandom(seed), 300);
        // canonical order: by dataset, then by condition, GE before LE
        List<String> datasets = List.of("b", "b", "c");
        List<Predicate<Row>> chosen = List.of(row -> row.score() >= 30, row -> row.score() < 10, _ -> true);
        var expected = new long[4 + 7];
        for (int person = 0; person < 300; person++) {
            int times = 0;
            int set = 0;
            for (int exposure = 0; exposure < 3; exposure++) {
                long own = world.rows(datasets.get(exposure)).getOrDefault(person, List.of()).stream()
                        .filter(row -> row.day() >= FIRST && row.day() < FIRST + 10)
                        .filter(chosen.get(exposure))
                        .count();
                times += (int) own;
                set |= own > 0 ? 1 << exposure : 0;
            }
            if (times > 0) {
                expected[Math.min(times, 4) - 1]++;
                expected[4 + set - 1]++;
            }
        }
        assertEquals(LongStream.of(expected).boxed().toList(), cells(scan(world, THREE)));
    }

    private World randomWorld(SplittableRandom random, int persons) {
        World world = empty();
        for (int person = 0; person < persons; person++) {
            for (String events : List.of("b", "c")) {
                for (int row = random.nextInt(2) * random.nextInt(8); row > 0; row--) {
                    world.row(events, person, Row.of(random.nextInt(60)).day(FIRST - 3 + random.nextInt(16)));
                }
            }
        }
        return world;
    }

    @Test
    void scan_ofAPersonShownAThousandTimes_countsInTwoCells() {
        World world = empty();
        for (int i = 0; i < 1_000; i++) {
            world.row("b", 4, Row.of(30).day(FIRST + i % 10))
                    .row("c", 4, Row.of(i).day(FIRST));
        }
        assertEquals(List.of(0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 1L, 0L, 0L), cells(scan(world, THREE)));
    }

    /** 999 of one's own people reached, beside another's exposures: a list too small to match; alone they are counted. */
    @Test
    void scan_ofOwnExposuresLeftTooFew_isToldBesideAnothersOnly() {
        World world = empty();
        for (int person = 0; person < 1_500; person++) {
            world.row("b", person, Row.of(30).day(FIRST + (person < 999 ? 0 : 20)))
                    .row("c", person, Row.of(1).day(FIRST));
        }
        var others = Declarations.others(Declarations.events("c")).getFirst();
        var mine = Declarations.own(Declarations.events("b"), 1_500);
        String alone = "{'exposures':[{'id':'x','dataset':'b','on':'b#day'}]," + WINDOW + ",'maxFrequency':4}";
        String beside = alone.replace("}]", "},{'id':'y','dataset':'c','on':'c#day'}]");
        assertEquals(
                Code.LIST_TOO_SMALL,
                refusal(world, request(beside, List.of(mine, others))).code());
        assertEquals(999, cells(scan(world, request(alone, List.of(mine)))).getFirst());
    }

    private ScanException refusal(World world, PlanRequest request) {
        return assertThrows(ScanException.class, () -> scan(world, request));
    }

    private static PlanRequest request(String params, List<PlanRequest.Input> inputs) {
        return Declarations.request(params, new Loss.Pure(new MicroEpsilon(1_000)), inputs);
    }

    @Test
    void scan_atTheWindowsEnds_includesBothDays() {
        World world = empty().row("b", 1, Row.of(30).day(FIRST - 1))
                .row("b", 2, Row.of(30).day(FIRST))
                .row("b", 3, Row.of(30).day(FIRST + 9))
                .row("b", 4, Row.of(30).day(FIRST + 10))
                .row("c", 5, Row.of(30).day(FIRST - 1))
                .row("c", 6, Row.of(30).day(FIRST))
                .row("c", 7, Row.of(30).day(FIRST + 9))
                .row("c", 8, Row.of(30).day(FIRST + 10));
        assertEquals(List.of(4L, 0L, 0L, 0L, 2L, 0L, 0L, 2L, 0L, 0L, 0L), cells(scan(world, THREE)));
    }

    @Test
    void scan_ofNobody_isZeroInEveryCell() {
        World world = empty().row("b", 1, Row.of(20).day(FIRST));
        assertEquals(
                0, cells(scan(world, THREE)).stream().mapToLong(Long::longValue).sum());
    }

    /** All rows of one person added, 1 to 1,000 on every platform: at most two cells change, each by one. */
    @ParameterizedTest
    @CsvSource({"11, 1", "12, 7", "13, 1000", "14, 200"})
    void scan_ofNeighbours_differsInTwoCellsByOne(long seed, int rows) {
        var random = new SplittableRandom(seed);
        World world = randomWorld(random, 60);
        List<Long> without = cells(scan(world, THREE));
        int newcomer = 1_000_000;
        for (int row = 0; row < rows; row++) {
            world.row("b", newcomer, Row.of(random.nextInt(60)).day(FIRST - 3 + random.nextInt(16)));
            world.row("c", newcomer, Row.of(random.nextInt(60)).day(FIRST - 3 + random.nextInt(16)));
        }
        List<Long> with = cells(scan(world, THREE));
        assertTrue(distance(without, with) <= 2);
        for (int cell = 0; cell < with.size(); cell++) {
            assertTrue(Math.abs(with.get(cell) - without.get(cell)) <= 1);
        }
        world.forget(newcomer);
        assertEquals(without, cells(scan(world, THREE)));
    }

    @Test
    void scan_withASplitPerson_fails() {
        World world = randomWorld(new SplittableRandom(3), 100);
        Plan plan = plan(THREE);
        var query = (ReachQuery) plan.query();
        var inputs = world.inputs();
        var links = world.links("c");
        links.set(2, new World.Link(links.get(2).unit(), links.getLast().unitNo()));
        var scan = new AudienceScan(World.catalog(), inputs, query.exposures().datasets(), world::links);
        var failure = assertThrows(
                ScanException.class,
                () -> new ReachScan(query, scan).sums(plan.release().kernel()));
        assertEquals(Code.JOB_FAILED, failure.code());
    }

    private World empty() {
        World world = new World(folder);
        for (Dataset dataset : BOTH) {
            world.dataset(dataset);
        }
        return world;
    }

    private static PartialSums scan(World world, String params) {
        return scan(world, Declarations.request(params, BOTH));
    }

    private static PartialSums scan(World world, PlanRequest request) {
        Plan plan = (Plan) ReachPlanner.plan(request);
        var query = (ReachQuery) plan.query();
        var scan = new AudienceScan(
                World.catalog(), world.inputs(), query.exposures().datasets(), world::links);
        return new ReachScan(query, scan).sums(plan.release().kernel());
    }

    private static Plan plan(String params) {
        return (Plan) ReachPlanner.plan(Declarations.request(params, BOTH));
    }
}
