package io.tamis.sandbox;

import static io.tamis.sandbox.ScanFixture.measure;
import static io.tamis.sandbox.ScanFixture.scan;
import static io.tamis.sandbox.ScanFixture.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.Snapshot;
import io.tamis.jobs.Plan;
import io.tamis.privacy.Cell;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Releaser;
import io.tamis.privacy.SipHash;
import io.tamis.sandbox.ScanFixture.Row;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateScanTest {
    private static final String USERS = "'measures':[{'id':'n','kind':'COUNT_USERS'}]";
    private static final String ALL = "'measures':[{'id':'n','kind':'COUNT_USERS'},{'id':'r','kind':'COUNT'},"
            + "{'id':'s','kind':'SUM','column':'shop#amount'},{'id':'m','kind':'MEAN','column':'shop#balance'}]";

    @TempDir
    Path folder;

    @Test
    void scan_ofNoFiles_isZero() {
        Snapshot empty = ScanFixture.snapshot(folder, ShopDeclaration.dataset(), List.of());
        assertEquals(List.of(0L), measure(scan(empty, "{" + USERS + "}"), 0));
    }

    /** Real files, random rows, L0 at work: equal to the naive reference, cell by cell, over both shards. */
    @ParameterizedTest
    @CsvSource({"1, 9", "2, 2", "3, 1"})
    void scan_ofRandomRows_equalsTheNaiveReference(long seed, int buckets) {
        List<Row> rows = randomRows(new SplittableRandom(seed), 2_000, buckets);
        Snapshot snapshot = ScanFixture.write(folder, rows);
        PartialSums sums = scan(
                snapshot,
                "{" + ALL + ",'groupBy':[{'column':'shop#channel'},{'column':'shop#day','floor':'QUARTER'}]}");
        long[][] naive = naive(rows);
        for (int at = 0; at < naive.length; at++) {
            for (int group = 0; group < 18; group++) {
                assertEquals(naive[at][group], sums.at(at, group), "measure " + at + " group " + group);
            }
        }
    }

    @Test
    void scan_ofAPersonWithTenThousandRows_countsOnePersonAndTheBounds() {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 10_000; i++) {
            rows.add(Row.of(unit(7, 3)));
        }
        PartialSums sums = scan(ScanFixture.write(folder, rows), "{" + ALL + "}");
        assertEquals(1, sums.at(0, 0));
        assertEquals(List.of(500L, 2L, 40L, 5L), List.of(sums.at(1, 0), sums.at(2, 0), sums.at(3, 0), sums.at(4, 0)));
    }

    /** Rows are not users: forty-nine people with 60 rows each stay under k = 50. */
    @Test
    void release_ofFewPeopleWithManyRows_isWithheld() {
        var rows = new ArrayList<Row>();
        for (int person = 0; person < 49; person++) {
            for (int i = 0; i < 60; i++) {
                rows.add(Row.of(unit(person % 3, person)));
            }
        }
        assertInstanceOf(Cell.Suppressed.class, released(rows));
        rows.add(Row.of(unit(1, 60)));
        assertInstanceOf(Cell.Shown.class, released(rows));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "49, false", "50, true", "51, true"})
    void release_aroundK_showsFromKOn(int people, boolean shown) {
        var rows = new ArrayList<Row>();
        for (int person = 0; person < people; person++) {
            rows.add(Row.of(unit(person % 3, person)));
        }
        assertEquals(shown, released(rows) instanceof Cell.Shown);
    }

    @Test
    void scan_ofAPersonInAllGroups_keepsThree() {
        var rows = new ArrayList<Row>();
        for (LocalDate day = LocalDate.of(1997, 1, 1); day.getYear() == 1997; day = day.plusDays(1)) {
            rows.add(Row.of(unit(0, 0)).day((int) day.toEpochDay()));
        }
        PartialSums sums = scan(
                ScanFixture.write(folder, rows), "{" + USERS + ",'groupBy':[{'column':'shop#day','floor':'MONTH'}]}");
        assertEquals(3, measure(sums, 0).stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void scan_dropsRowsOutsideThePublicDomain() {
        List<Row> rows = List.of(
                Row.of(unit(0, 1)).channel(0),
                Row.of(unit(0, 2)).channel(4),
                Row.of(unit(0, 3)).channel(3),
                Row.of(unit(0, 4)).channel(-1));
        PartialSums sums =
                scan(ScanFixture.write(folder, rows), "{" + USERS + ",'groupBy':[{'column':'shop#channel'}]}");
        assertEquals(List.of(0L, 0L, 1L), measure(sums, 0));
    }

    @Test
    void scan_dropsDaysOutsideTheDeclaredRange() {
        int first = (int) LocalDate.of(1997, 1, 1).toEpochDay();
        int last = (int) LocalDate.of(1998, 6, 30).toEpochDay();
        List<Row> rows = List.of(
                Row.of(unit(0, 1)).day(first - 1),
                Row.of(unit(0, 2)).day(first),
                Row.of(unit(0, 3)).day(last),
                Row.of(unit(0, 4)).day(last + 1),
                Row.of(unit(0, 5)).day(null));
        PartialSums sums = scan(
                ScanFixture.write(folder, rows), "{" + USERS + ",'groupBy':[{'column':'shop#day','floor':'YEAR'}]}");
        assertEquals(List.of(1L, 1L), measure(sums, 0));
    }

    /** The file holds the epoch: 1997-01-01T00:00Z and the last microsecond before it, and one of mid 1998. */
    @Test
    void scan_groupsTimestampsByTheirDayInUtc() {
        long start = LocalDate.of(1997, 1, 1).toEpochDay() * 86_400_000_000L;
        List<Row> rows = List.of(
                at(unit(0, 1), start),
                at(unit(0, 2), start - 1),
                at(unit(0, 3), start + 86_399_999_999L),
                at(unit(0, 4), LocalDate.of(1998, 6, 30).toEpochDay() * 86_400_000_000L));
        PartialSums sums = scan(
                ScanFixture.write(folder, rows), "{" + USERS + ",'groupBy':[{'column':'shop#at','floor':'QUARTER'}]}");
        assertEquals(List.of(2L, 0L, 0L, 0L, 0L, 1L), measure(sums, 0));
    }

    /** Declared as 10, -3, 5: codes follow the declaration, not the size of the number. */
    @Test
    void scan_groupsByDeclaredNumbersAndBooleans() {
        List<Row> rows = List.of(
                new Row(unit(0, 1), 1L, 1L, 9_900, 0L, 1, 1, 5L, 1),
                new Row(unit(0, 2), 1L, 1L, 9_900, 0L, 1, 2, 5L, 1),
                new Row(unit(0, 3), 1L, 1L, 9_900, 0L, 1, 2, -3L, 1),
                new Row(unit(0, 4), 1L, 1L, 9_900, 0L, 1, 2, 7L, 1),
                new Row(unit(0, 5), 1L, 1L, 9_900, 0L, 1, 0, 10L, 1),
                new Row(unit(0, 6), 1L, 1L, 9_900, 0L, 1, 1, null, 1));
        Snapshot snapshot = ScanFixture.write(folder, rows);
        assertEquals(
                List.of(1L, 1L, 2L), measure(scan(snapshot, "{" + USERS + ",'groupBy':[{'column':'shop#size'}]}"), 0));
        assertEquals(List.of(2L, 3L), measure(scan(snapshot, "{" + USERS + ",'groupBy':[{'column':'shop#vip'}]}"), 0));
    }

    @Test
    void scan_ofMissingValues_countsAndSumsOthersOnly() {
        List<Row> rows = List.of(
                Row.of(unit(0, 1)).amount(null),
                Row.of(unit(0, 1)).amount(30L),
                Row.of(unit(0, 2)).amount(null),
                Row.of(unit(0, 3)).amount(-50L),
                Row.of(unit(0, 4)).amount(5_000L));
        PartialSums sums = scan(
                ScanFixture.write(folder, rows),
                "{'measures':[{'id':'s','kind':'SUM','column':'shop#amount'},"
                        + "{'id':'c','kind':'COUNT','column':'shop#amount'},{'id':'v','kind':'COUNT','column':'shop#vip'}]}");
        assertEquals(4, sums.at(0, 0));
        assertEquals(3, sums.at(1, 0));
        assertEquals(30 + 0 + 500, sums.at(2, 0));
        assertEquals(5, sums.at(3, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'column':'shop#amount','op':'EQ','values':[20]} | 2",
                "{'column':'shop#amount','op':'NE','values':[20]} | 1 3",
                "{'column':'shop#amount','op':'LT','values':[20]} | 1",
                "{'column':'shop#amount','op':'LE','values':[20]} | 1 2",
                "{'column':'shop#amount','op':'GT','values':[20]} | 3",
                "{'column':'shop#amount','op':'GE','values':[20]} | 2 3",
                "{'column':'shop#amount','op':'IN','values':[10,30,99]} | 1 3",
                "{'column':'shop#amount','op':'IS_NULL'} | 4",
                "{'column':'shop#amount','op':'NOT_NULL'} | 1 2 3",
                "{'column':'shop#channel','op':'EQ','values':['shop']} | 2",
                "{'column':'shop#channel','op':'NE','values':['shop']} | 1 3",
                "{'column':'shop#channel','op':'IN','values':['web','phone']} | 1 3",
                "{'column':'shop#channel','op':'IS_NULL'} | 4",
                "{'column':'shop#channel','op':'NOT_NULL'} | 1 2 3",
                "{'column':'shop#vip','op':'EQ','values':[true]} | 2",
                "{'column':'shop#vip','op':'EQ','values':['false']} | 1 3",
                "{'column':'shop#city','op':'EQ','values':['Brest']} | 2",
                "{'column':'shop#city','op':'NE','values':['Brest']} | 1 3",
                "{'column':'shop#city','op':'IN','values':['Lyon','Nice','Atlantis']} | 1 3",
                "{'column':'shop#city','op':'EQ','values':['Atlantis']} | nobody",
                "{'column':'shop#city','op':'NE','values':['Atlantis']} | 1 2 3",
                "{'column':'shop#day','op':'LT','values':['1997-01-03']} | 1 2",
                "{'column':'shop#day','op':'EQ','values':['1997-01-03']} | 3",
                "{'column':'shop#at','op':'GE','values':['1970-01-01T00:00:00.000002Z']} | 2 3"
            })
    void scan_withACondition_seesTheRowsThatFit(String condition, String people) {
        int day = (int) LocalDate.of(1997, 1, 1).toEpochDay();
        List<Row> rows = List.of(
                new Row(unit(0, 1), 10L, 1L, day, 1L, 1, 1, 5L, 1),
                new Row(unit(0, 2), 20L, 2L, day + 1, 2L, 2, 2, 5L, 2),
                new Row(unit(0, 3), 30L, 4L, day + 2, 3L, 3, 1, 5L, 3),
                new Row(unit(0, 4), null, 8L, null, null, 0, 0, null, 0));
        // The balance 1, 2, 4, 8 says who was summed.
        PartialSums sums = scan(
                ScanFixture.write(folder, rows),
                "{'measures':[{'id':'s','kind':'SUM','column':'shop#balance'}],'where':[" + condition + "]}");
        long expected = people.equals("nobody")
                ? 0
                : Arrays.stream(people.split(" "))
                        .mapToLong(person -> 1L << (Integer.parseInt(person) - 1))
                        .sum();
        assertEquals(expected, sums.at(1, 0));
    }

    /** All conditions must hold; sixteen of them are allowed. */
    @Test
    void scan_withSixteenConditions_takesTheirConjunction() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(Row.of(unit(0, i)).amount((long) i));
        }
        String conditions = IntStream.range(0, 16)
                .mapToObj(i -> "{'column':'shop#amount','op':'NE','values':[" + i + "]}")
                .collect(Collectors.joining(","));
        PartialSums sums = scan(ScanFixture.write(folder, rows), "{" + USERS + ",'where':[" + conditions + "]}");
        assertEquals(24, sums.at(0, 0));
    }

    /** Differencing: one person more changes L0 groups at most, each by B at most, whatever their rows. */
    @Test
    void scan_ofNeighbours_changesAtMostThreeGroups() {
        var random = new SplittableRandom(9);
        List<Row> without = randomRows(random, 500, 4);
        var with = new ArrayList<>(without);
        for (int i = 0; i < 3_000; i++) {
            with.add(randomRow(random, unit(2, 999_999)));
        }
        String params = "{" + ALL + ",'groupBy':[{'column':'shop#channel'},{'column':'shop#day','floor':'MONTH'}]}";
        Path other = folder.resolve("other");
        assertTrue(other.toFile().mkdir());
        PartialSums before = scan(ScanFixture.write(folder, without), params);
        PartialSums after = scan(ScanFixture.write(other, with), params);
        long[] bounds = {1, 500, 2, 100, 5};
        int changed = 0;
        for (int group = 0; group < before.groups(); group++) {
            boolean differs = false;
            for (int at = 0; at < bounds.length; at++) {
                long difference = Math.abs(after.at(at, group) - before.at(at, group));
                assertTrue(difference <= bounds[at]);
                differs |= difference != 0;
            }
            changed += differs ? 1 : 0;
        }
        assertEquals(3, changed);
    }

    @Test
    void scan_drawsAFreshSaltEachTime() {
        var drawn = new ArrayList<Integer>();
        var job = new AggregateJob(ScanFixture.catalog(), bytes -> {
            drawn.add(bytes.length);
            bytes[0] = (byte) drawn.size();
        });
        Plan plan = ScanFixture.plan("{" + USERS + "}");
        Snapshot snapshot = ScanFixture.write(folder, List.of(Row.of(unit(0, 1))));
        job.scan(plan, ScanFixture.inputs(snapshot));
        job.scan(plan, ScanFixture.inputs(snapshot));
        assertEquals(List.of(16, 16), drawn);
    }

    private Cell released(List<Row> rows) {
        Plan plan = ScanFixture.plan("{" + USERS + "}");
        PartialSums sums = ScanFixture.job().scan(plan, ScanFixture.inputs(ScanFixture.write(folder, rows)));
        return Releaser.release(plan.release(), sums, _ -> 0)
                .rows()
                .getFirst()
                .cells()
                .getFirst();
    }

    private static Row at(long unit, long micros) {
        return new Row(unit, 1L, 1L, 9_900, micros, 1, 1, 5L, 1);
    }

    private static List<Row> randomRows(SplittableRandom random, int people, int buckets) {
        var rows = new ArrayList<Row>();
        for (int person = 0; person < people; person++) {
            int own = 1 + random.nextInt(random.nextInt(10) == 0 ? 80 : 5);
            for (int i = 0; i < own; i++) {
                rows.add(randomRow(random, unit(person % buckets, person)));
            }
        }
        return rows;
    }

    private static Row randomRow(SplittableRandom random, long unit) {
        int day = (int) ShopDeclaration.RANGE.from().toEpochDay() + random.nextInt(-20, 560);
        return new Row(
                unit,
                random.nextInt(6) == 0 ? null : random.nextLong(-300, 900),
                random.nextInt(6) == 0 ? null : random.nextLong(-90, 90),
                random.nextInt(9) == 0 ? null : day,
                0L,
                random.nextInt(4),
                1,
                5L,
                1);
    }

    /** Channel by quarter, L0 = 3, chosen by the fixture's salt; measures in the plan's order. */
    private static long[][] naive(List<Row> rows) {
        var cells = new long[5][18];
        Map<Long, Map<Integer, List<Row>>> people = rows.stream()
                .filter(row -> group(row) >= 0)
                .collect(Collectors.groupingBy(
                        Row::unit,
                        TreeMap::new,
                        Collectors.groupingBy(AggregateScanTest::group, TreeMap::new, Collectors.toList())));
        var salted = new SipHash(ScanFixture.SALT);
        people.forEach((unit, groups) -> groups.keySet().stream()
                .sorted(Comparator.comparing(group -> salted.hash(unit, group), Long::compareUnsigned))
                .limit(3)
                .forEach(group -> {
                    List<Row> own = groups.get(group);
                    cells[0][group]++;
                    cells[1][group] +=
                            Math.clamp(sum(own.stream().map(Row::amount).toList(), 0, 500), 0, 500);
                    cells[2][group] += Math.min(
                            2, own.stream().filter(row -> row.balance() != null).count());
                    cells[3][group] +=
                            Math.clamp(sum(own.stream().map(Row::balance).toList(), -100, 40), -100, 40);
                    cells[4][group] += Math.min(5, own.size());
                }));
        return cells;
    }

    private static long sum(List<Long> values, long min, long max) {
        return values.stream()
                .filter(Objects::nonNull)
                .mapToLong(value -> Math.clamp(value, min, max))
                .sum();
    }

    private static int group(Row row) {
        if (row.channel() < 1 || row.day() == null) {
            return -1;
        }
        var day = LocalDate.ofEpochDay(row.day());
        if (!ShopDeclaration.RANGE.contains(day)) {
            return -1;
        }
        int quarter = (day.getYear() - 1997) * 4 + (day.getMonthValue() - 1) / 3;
        return (row.channel() - 1) * 6 + quarter;
    }
}
