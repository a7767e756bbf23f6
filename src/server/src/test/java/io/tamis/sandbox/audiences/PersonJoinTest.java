package io.tamis.sandbox.audiences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.link.LinkCursor;
import io.tamis.catalog.link.LinkException;
import io.tamis.catalog.link.LinkSet;
import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.ScanException;
import io.tamis.catalog.scan.UnitIndex;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.sandbox.audiences.World.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The merge on its own, over links that no file's check has seen. */
class PersonJoinTest {
    private static final Deadline AMPLE = Deadline.in(Duration.ofMinutes(1));

    /** One bucket of so many persons. */
    private static UnitIndex index(int units) {
        var files = units == 0
                ? List.<ScanFile>of()
                : List.of(new ScanFile(3, "part-00003.parquet", Hash.sha256(), units, unitNo(0), unitNo(units - 1)));
        Dataset dataset = Declarations.users("a");
        return UnitIndex.of(
                new Snapshot(dataset.id(), 1, Hash.sha256(), dataset, dataset.rowsMost(), Path.of("nowhere"), files));
    }

    private static long unitNo(int at) {
        return (3L << ScanFile.SERIAL_BITS) + 1 + at;
    }

    /** Who was met, by their unit numbers on each side: one line for each person. */
    private static final class Seen implements PersonJoin.Tally {
        private final List<Map<Integer, Integer>> persons = new ArrayList<>();
        private Map<Integer, Integer> current = new TreeMap<>();

        @Override
        public void present(int side, int unit) {
            current.put(side, unit);
        }

        @Override
        public void person() {
            persons.add(current);
            current = new TreeMap<>();
        }
    }

    private static List<Map<Integer, Integer>> join(PersonLinks... links) {
        var sides = new ArrayList<PersonJoin.Side>();
        for (PersonLinks side : links) {
            int units = Math.toIntExact(side.units());
            sides.add(new PersonJoin.Side(side, index(units), new byte[units]));
        }
        return new PersonJoin(sides, AMPLE)
                .run(Seen::new).stream().flatMap(seen -> seen.persons.stream()).toList();
    }

    private static Code failure(PersonLinks... links) {
        return assertThrows(ScanException.class, () -> join(links)).code();
    }

    /** A side with these units, numbered as they come. */
    private static PersonLinks side(long... units) {
        return new World.InMemory(listed(units));
    }

    private static List<Link> listed(long... units) {
        var links = new ArrayList<Link>();
        for (int at = 0; at < units.length; at++) {
            links.add(new Link(units[at], unitNo(at)));
        }
        return links;
    }

    /** The first and the last unit there are, and the two where a signed order would turn. */
    @Test
    void join_atTheEndsOfTheNumbering_goesInUnsignedOrder() {
        long[] ends = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};
        List<Map<Integer, Integer>> met = join(side(ends), side(0, Long.MIN_VALUE, -1));
        assertEquals(6, met.size());
        assertEquals(
                Set.of(Map.of(0, 0, 1, 0), Map.of(0, 3, 1, 1), Map.of(0, 5, 1, 2)),
                Set.copyOf(met.stream().filter(person -> person.size() == 2).toList()));
    }

    /** Six sides of random units, few enough to meet often: everybody once, on exactly the sides they are in. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void join_ofRandomSides_equalsGroupingByUnit(long seed) {
        var random = new SplittableRandom(seed);
        long[] pool = random.longs(300).toArray();
        var sides = new ArrayList<PersonLinks>();
        var expected = new HashMap<Long, Map<Integer, Integer>>();
        for (int side = 0; side < 6; side++) {
            var own = new TreeSet<Long>(Long::compareUnsigned);
            for (long unit : pool) {
                if (random.nextInt(6) > side) {
                    own.add(unit);
                }
            }
            long[] units = own.stream().mapToLong(Long::longValue).toArray();
            for (int at = 0; at < units.length; at++) {
                expected.computeIfAbsent(units[at], _ -> new TreeMap<>()).put(side, at);
            }
            sides.add(side(units));
        }
        List<Map<Integer, Integer>> met = join(sides.toArray(PersonLinks[]::new));
        assertEquals(sorted(expected.values().stream().toList()), sorted(met));
    }

    private static List<String> sorted(List<Map<Integer, Integer>> persons) {
        return persons.stream().map(Object::toString).sorted().toList();
    }

    @Test
    void join_ofNobody_meetsNobody() {
        assertEquals(List.of(), join(side(), side()));
        assertEquals(List.of(Map.of(1, 0)), join(side(), side(7)));
    }

    /** A part's cursor hands out another part's person: two threads would each meet them. */
    @Test
    void link_inTheWrongPart_endsTheScan() {
        var wrong = new Faked(listed(5)) {
            @Override
            public LinkCursor part(int part) {
                return new World.Cursor(
                        part == 9 ? links.iterator() : List.<Link>of().iterator());
            }
        };
        assertEquals(Code.JOB_FAILED, failure(side(1, 2), wrong));
    }

    /** The set says three and has two, or the other way round: someone's data would be left out, or is not theirs. */
    @Test
    void links_fewerOrMoreThanSaid_endTheScan() {
        for (long claimed : new long[] {2, 4}) {
            var miscounted = new Faked(listed(5, 6, 7)) {
                @Override
                public long units() {
                    return claimed;
                }
            };
            var sides = List.of(new PersonJoin.Side(miscounted, index(4), new byte[4]));
            var join = new PersonJoin(sides, AMPLE);
            assertEquals(
                    Code.JOB_FAILED,
                    assertThrows(ScanException.class, () -> join.run(Seen::new)).code());
        }
    }

    /** Two persons of the collaboration for one of the version: the second would count that person's rows again. */
    @Test
    void person_underTwoUnitsOfDifferentParts_endsTheScan() {
        var twice = new ArrayList<>(listed(5, -5));
        twice.set(1, new Link(-5, unitNo(0)));
        assertEquals(Code.JOB_FAILED, failure(new World.InMemory(twice)));
    }

    @Test
    void person_thatTheVersionHasNot_endsTheScan() {
        for (long stranger : new long[] {
            unitNo(-1), unitNo(2), unitNo(0) + (1L << ScanFile.SERIAL_BITS), -1, 0, Long.MAX_VALUE, Long.MIN_VALUE
        }) {
            var links = new ArrayList<>(listed(5, 6));
            links.set(1, new Link(6, stranger));
            assertEquals(Code.JOB_FAILED, failure(new World.InMemory(links)), Long.toString(stranger));
        }
    }

    /** What the link files' own checks find is no more than a failure here, with no cause to read; and all is closed. */
    @Test
    void damage_whenOpenedOrRead_endsTheScanAndClosesEveryCursor() {
        for (int healthy : new int[] {0, 1}) {
            var broken = new Faked(listed(5, 6)) {
                @Override
                LinkCursor opened(int part) {
                    if (healthy == 0) {
                        throw new LinkException(Code.INTERNAL);
                    }
                    return new World.Cursor(links.iterator()) {
                        private int read;

                        @Override
                        public boolean next() {
                            if (read++ == healthy) {
                                throw new LinkException(Code.INTERNAL);
                            }
                            return super.next();
                        }
                    };
                }
            };
            var first = new Faked(listed(1, 2));
            var failure = assertThrows(ScanException.class, () -> join(first, broken));
            assertEquals(Code.JOB_FAILED, failure.code());
            assertEquals(null, failure.getCause());
            assertEquals(first.opened.get(), first.closed.get());
            assertEquals(broken.opened.get(), broken.closed.get());
        }
    }

    @Test
    void join_withoutTime_timesOut() {
        var sides = List.of(new PersonJoin.Side(side(1), index(1), new byte[1]));
        var join = new PersonJoin(sides, Deadline.in(Duration.ZERO));
        assertEquals(
                Code.TIMED_OUT,
                assertThrows(ScanException.class, () -> join.run(Seen::new)).code());
    }

    /** An endless part ends by the deadline, not by its end. */
    @Test
    void join_ofAnEndlessPart_timesOut() {
        var endless = new Faked(List.of()) {
            @Override
            LinkCursor opened(int part) {
                return new World.Cursor(List.<Link>of().iterator()) {
                    private long unit = (long) part << (Long.SIZE - LinkSet.PART_BITS);

                    @Override
                    public boolean next() {
                        unit++;
                        return true;
                    }

                    @Override
                    public long collaborationUnit() {
                        return unit;
                    }

                    @Override
                    public long unitNo() {
                        return PersonJoinTest.unitNo(0);
                    }
                };
            }
        };
        var sides = List.of(new PersonJoin.Side(endless, index(1), new byte[1]));
        var join = new PersonJoin(sides, Deadline.in(Duration.ofMillis(50)));
        assertEquals(
                Code.TIMED_OUT,
                assertThrows(ScanException.class, () -> join.run(Uncounted::new))
                        .code());
        assertEquals(endless.opened.get(), endless.closed.get());
    }

    /** Keeps nothing. */
    private static final class Uncounted implements PersonJoin.Tally {
        @Override
        public void present(int side, int unit) {}

        @Override
        public void person() {}
    }

    /** Links that count what is opened and closed. */
    private static class Faked implements PersonLinks {
        final List<Link> links;
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        Faked(List<Link> links) {
            this.links = links.stream()
                    .sorted(Comparator.comparing(Link::unit, Long::compareUnsigned))
                    .toList();
        }

        @Override
        public long units() {
            return links.size();
        }

        LinkCursor opened(int part) {
            return new World.InMemory(links).part(part);
        }

        @Override
        public LinkCursor part(int part) {
            LinkCursor cursor = opened(part);
            opened.incrementAndGet();
            return new LinkCursor() {
                @Override
                public boolean next() {
                    return cursor.next();
                }

                @Override
                public long collaborationUnit() {
                    return cursor.collaborationUnit();
                }

                @Override
                public long unitNo() {
                    return cursor.unitNo();
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }

        @Override
        public void close() {}
    }
}
