package io.tamis.sandbox.audiences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.data.MicroEpsilon;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.privacy.Loss;
import io.tamis.privacy.PartialSums;
import io.tamis.sandbox.audiences.World.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapScanTest {
    private static final String TWO = "{'audiences':[{'id':'shop','dataset':'a'},{'id':'video','dataset':'b'}]}";

    @TempDir
    Path folder;

    /** Four audiences of three datasets, one of them twice, by segment: equal to going through all persons. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void scan_ofARandomWorld_equalsBruteForce(long seed) {
        World world = randomWorld(new SplittableRandom(seed), 400);
        PartialSums sums = scan(world, """
                {'audiences':[{'id':'p','dataset':'b','where':[{'column':'b#score','op':'GE','values':[40]}]},\
                {'id':'q','dataset':'a'},{'id':'r','dataset':'c','where':[{'column':'c#city','op':'EQ','values':['Lyon']}]},\
                {'id':'s','dataset':'b','where':[{'column':'b#score','op':'LT','values':[20]}]}],\
                'segmentBy':[{'column':'a#band'}]}""");
        List<Predicate<Row>> rows =
                List.of(row -> true, row -> row.score() < 20, row -> row.score() >= 40, row -> row.city() == 1);
        List<String> datasets = List.of("a", "b", "b", "c");
        var expected = new long[15 * 4];
        for (int person = 0; person < 400; person++) {
            int mask = 0;
            // canonical order: by dataset, then by condition, GE before LE
            int[] bits = {0, 2, 1, 3};
            for (int audience = 0; audience < 4; audience++) {
                if (rowsOf(world, datasets.get(audience), person).stream().anyMatch(rows.get(audience))) {
                    mask |= 1 << bits[audience];
                }
            }
            List<Row> own = rowsOf(world, "a", person);
            int band = own.isEmpty() || own.getFirst().band() == 0
                    ? 3
                    : own.getFirst().band() - 1;
            if (mask > 0) {
                expected[(mask - 1) * 4 + band]++;
            }
        }
        assertEquals(LongStream.of(expected).boxed().toList(), cells(sums));
    }

    private static World random(Path folder) {
        return new World(folder)
                .dataset(Declarations.users("a"))
                .dataset(Declarations.events("b"))
                .dataset(Declarations.events("c"));
    }

    private World randomWorld(SplittableRandom random, int persons) {
        World world = random(folder);
        for (int person = 0; person < persons; person++) {
            if (random.nextInt(3) > 0) {
                world.row("a", person, Row.of(random.nextInt(60)).band(random.nextInt(4)));
            }
            for (String events : List.of("b", "c")) {
                for (int row = random.nextInt(2) * random.nextInt(5); row > 0; row--) {
                    world.row(
                            events, person, new Row(random.nextInt(60), random.nextInt(4), 20_500, random.nextInt(3)));
                }
            }
        }
        return world;
    }

    private static List<Row> rowsOf(World world, String dataset, int person) {
        return world.rows(dataset).getOrDefault(person, List.of());
    }

    @Test
    void scan_ofAPersonWithAThousandRows_countsOne() {
        World world = two();
        for (int i = 0; i < 1_000; i++) {
            world.row("b", 7, Row.of(i));
        }
        world.row("a", 7, Row.of(1)).row("a", 8, Row.of(1));
        assertEquals(List.of(1L, 0L, 1L), cells(scan(world, TWO)));
        assertEquals(List.of(1L, 0L, 1L), cells(scan(world, """
                {'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b',\
                'where':[{'column':'b#score','op':'GE','values':[3]}]}]}""")));
    }

    @Test
    void scan_ofNobody_isZeroInEveryCell() {
        assertEquals(List.of(0L, 0L, 0L), cells(scan(two(), TWO)));
        World one = two().row("a", 1, Row.of(5));
        assertEquals(List.of(0L, 0L, 0L), cells(scan(one, """
                {'audiences':[{'id':'x','dataset':'a','where':[{'column':'a#score','op':'GT','values':[5]}]},\
                {'id':'y','dataset':'b'}]}""")));
        assertEquals(List.of(1L, 0L, 0L), cells(scan(one, TWO)));
    }

    /**
     * All rows of one person added, 1 to 1,000 in each dataset, matching or not: at most one cell changes, by one. Whatever
     * else is asked stays as it is.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 10", "3, 1000", "4, 300"})
    void scan_ofNeighbours_differsInOneCellByOne(long seed, int rows) {
        var random = new SplittableRandom(seed);
        String params = """
                {'audiences':[{'id':'p','dataset':'a'},\
                {'id':'q','dataset':'b','where':[{'column':'b#score','op':'GE','values':[30]}]},\
                {'id':'r','dataset':'c','where':[{'column':'c#score','op':'LT','values':[10]}]}],\
                'segmentBy':[{'column':'a#band'}]}""";
        World world = randomWorld(random, 60);
        List<Long> without = cells(scan(world, params));
        int newcomer = 1_000_000;
        world.row("a", newcomer, Row.of(3).band(random.nextInt(4)));
        for (int row = 0; row < rows; row++) {
            world.row("b", newcomer, Row.of(random.nextInt(60)));
            world.row("c", newcomer, Row.of(random.nextInt(60)));
        }
        List<Long> with = cells(scan(world, params));
        assertTrue(distance(without, with) <= 1);
        world.forget(newcomer);
        assertEquals(without, cells(scan(world, params)));
    }

    @Test
    void scan_ofAnOwnListLeftTooSmall_isTold() {
        World world = two();
        for (int person = 0; person < 1_500; person++) {
            world.row("a", person, Row.of(person)).row("b", person, Row.of(1));
        }
        assertEquals(1_000, sum(scan(world, own(1_000))));
        assertEquals(Code.LIST_TOO_SMALL, failure(world, own(999)));
    }

    /** Another's list may be of any size: a match with it is a number with noise, or withheld. */
    @Test
    void scan_ofAnothersSmallList_goesOn() {
        World world = two().row("a", 1, Row.of(1)).row("b", 1, Row.of(1));
        assertEquals(List.of(0L, 0L, 1L), cells(scan(world, TWO)));
    }

    private static PlanRequest own(int below) {
        String params = "{'audiences':[{'id':'x','dataset':'a','where':[{'column':'a#score','op':'LT','values':["
                + below + "]}]},{'id':'y','dataset':'b','where':[{'column':'b#score','op':'GT','values':[1]}]}]}";
        return Declarations.request(
                params,
                new Loss.Pure(new MicroEpsilon(1)),
                List.of(
                        Declarations.own(Declarations.users("a"), 1_500),
                        Declarations.others(Declarations.events("b")).getFirst()));
    }

    @Test
    void scan_withoutTime_timesOut() {
        World world = randomWorld(new SplittableRandom(1), 50);
        Plan plan = plan(Declarations.request(TWO, Declarations.users("a"), Declarations.events("b")));
        var failure = assertThrows(ScanException.class, () -> scan(world, plan, Duration.ZERO));
        assertEquals(Code.TIMED_OUT, failure.code());
    }

    /** A unit of the world's links twice, in the wrong order, of a person the version has not: never counted. */
    @Test
    void scan_withHostileLinks_fails() {
        for (var attack : Attack.values()) {
            World world = randomWorld(new SplittableRandom(9), 200);
            Plan plan = plan(Declarations.request(TWO, Declarations.users("a"), Declarations.events("b")));
            var inputs = world.inputs();
            attack.on(world.links("b"));
            var scan = new AudienceScan(
                    World.catalog(),
                    inputs,
                    ((OverlapQuery) plan.query()).audiences().datasets(),
                    world::links);
            var failure = assertThrows(
                    ScanException.class,
                    () -> new OverlapScan((OverlapQuery) plan.query(), scan)
                            .sums(plan.release().kernel()),
                    attack.name());
            assertEquals(Code.JOB_FAILED, failure.code());
        }
    }

    private enum Attack {
        /** One person under two units: would be counted twice. */
        SPLIT_PERSON {
            @Override
            void on(List<World.Link> links) {
                links.set(3, new World.Link(links.get(3).unit(), links.getLast().unitNo()));
            }
        },
        /** One unit twice: two persons would be one. */
        REPEATED_UNIT {
            @Override
            void on(List<World.Link> links) {
                links.set(5, new World.Link(links.get(4).unit(), links.get(5).unitNo()));
            }
        },
        DESCENDING {
            @Override
            void on(List<World.Link> links) {
                int at = 0;
                while (links.get(at).part() != links.get(at + 1).part()) {
                    at++;
                }
                World.Link first = links.get(at);
                links.set(at, links.get(at + 1));
                links.set(at + 1, first);
            }
        },
        /** Of a version with more persons. */
        UNKNOWN_PERSON {
            @Override
            void on(List<World.Link> links) {
                links.set(5, new World.Link(links.get(5).unit(), links.get(5).unitNo() + 1_000));
            }
        },
        NO_SUCH_BUCKET {
            @Override
            void on(List<World.Link> links) {
                links.set(5, new World.Link(links.get(5).unit(), -1));
            }
        };

        abstract void on(List<World.Link> links);
    }

    private World two() {
        return new World(folder).dataset(Declarations.users("a")).dataset(Declarations.events("b"));
    }

    private Code failure(World world, PlanRequest request) {
        return assertThrows(ScanException.class, () -> scan(world, plan(request), Duration.ofMinutes(1)))
                .code();
    }

    private PartialSums scan(World world, String params) {
        List<io.tamis.data.Dataset> used = new ArrayList<>(List.of(Declarations.users("a"), Declarations.events("b")));
        if (params.contains("'c'")) {
            used.add(Declarations.events("c"));
        }
        return scan(world, Declarations.request(params, used.toArray(io.tamis.data.Dataset[]::new)));
    }

    private PartialSums scan(World world, PlanRequest request) {
        return scan(world, plan(request), Duration.ofMinutes(1));
    }

    private static PartialSums scan(World world, Plan plan, Duration timeout) {
        var query = (OverlapQuery) plan.query();
        var inputs = world.inputs(timeout);
        var scan = new AudienceScan(World.catalog(), inputs, query.audiences().datasets(), world::links);
        return new OverlapScan(query, scan).sums(plan.release().kernel());
    }

    private static Plan plan(PlanRequest request) {
        return (Plan) OverlapPlanner.plan(request);
    }

    static List<Long> cells(PartialSums sums) {
        var cells = new long[sums.groups()];
        Arrays.setAll(cells, group -> sums.at(0, group));
        return LongStream.of(cells).boxed().toList();
    }

    static long distance(List<Long> one, List<Long> other) {
        long distance = 0;
        for (int cell = 0; cell < one.size(); cell++) {
            distance += Math.abs(one.get(cell) - other.get(cell));
        }
        return distance;
    }

    private static long sum(PartialSums sums) {
        return cells(sums).stream().mapToLong(Long::longValue).sum();
    }
}
