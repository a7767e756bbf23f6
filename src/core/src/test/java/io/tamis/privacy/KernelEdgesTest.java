package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel at its borders: extreme values, odd clamps, one group, all groups, long rows of people. */
class KernelEdgesTest {
    private static final byte[] SALT = new byte[16];
    private static final long UNITS = Long.MAX_VALUE;
    private static final Measure USERS = new Measure.Users();

    /** A clamp on either side of zero, or on one: the person's total ends inside it whatever the rows say. */
    @ParameterizedTest
    @CsvSource({"0, 10, 10, 0", "-10, 0, 0, -10", "5, 9, 9, 5", "-9, -5, -5, -9", "7, 7, 7, 7", "-1, 1, 1, -1"})
    void sum_ofExtremeValues_endsAtTheClamp(long min, long max, long ofGreat, long ofSmall) {
        assertEquals(ofGreat, sum(new Clamp(min, max), Long.MAX_VALUE));
        assertEquals(ofSmall, sum(new Clamp(min, max), Long.MIN_VALUE + 1));
    }

    /** Many rows cannot carry a total out of the clamp, even one that is far from zero. */
    @ParameterizedTest
    @CsvSource({"5, 9, 9", "-9, -5, -9", "-3, 8, 8"})
    void sum_ofManyRows_endsAtTheClamp(long min, long max, long expected) {
        var kernel = kernel(1, 1, new Measure.Sum(new Clamp(min, max)));
        for (int i = 0; i < 100; i++) {
            kernel.row(1, 0, new long[] {0, expected});
        }
        assertEquals(expected, kernel.finish().at(1, 0));
    }

    @Test
    void sum_ofPlusAndMinus_cancelsBeforeTheTotalIsClamped() {
        var kernel = kernel(1, 1, new Measure.Sum(new Clamp(-10, 10)));
        for (int i = 0; i < 50; i++) {
            kernel.row(1, 0, new long[] {0, 10});
            kernel.row(1, 0, new long[] {0, -10});
        }
        kernel.row(1, 0, new long[] {0, 3});
        assertEquals(3, kernel.finish().at(1, 0));
    }

    /** A file may hold a person's rows in any order; the answer is one. */
    @Test
    void rows_ofAPersonInAnyOrder_giveTheSameSums() {
        Samples.forAll(1, 100, random -> random, random -> {
            List<long[]> rows = rows(random, 60);
            PartialSums first = sums(rows);
            Collections.shuffle(rows, new Random(random.nextLong()));
            assertEquals(first, sums(rows));
        });
    }

    @Test
    void people_atBothEndsOfTheRange_count() {
        var kernel = new BoundingKernel(new KernelSpec(1, 1, List.of(USERS)), SALT, 0, UNITS);
        kernel.row(0, 0, new long[1]);
        kernel.row(UNITS - 1, 0, new long[1]);
        assertEquals(2, kernel.finish().at(0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void person_inEveryGroup_isInL0ofThem_andInNoneTwice(int groupsMax) {
        var kernel = new BoundingKernel(new KernelSpec(50, groupsMax, List.of(USERS)), SALT, 0, UNITS);
        for (int round = 0; round < 3; round++) {
            for (int group = 49; group >= 0; group--) {
                kernel.row(9, group, new long[1]);
            }
        }
        PartialSums sums = kernel.finish();
        int in = 0;
        for (int group = 0; group < 50; group++) {
            assertTrue(sums.at(0, group) <= 1);
            in += (int) sums.at(0, group);
        }
        assertEquals(groupsMax, in);
    }

    /** The next person starts from nothing: whatever the one before left behind would be added to both. */
    @Test
    void person_afterABusyOne_startsAfresh() {
        var kernel = kernel(40, 2, new Measure.Sum(new Clamp(0, 1_000)));
        for (int group = 0; group < 40; group++) {
            kernel.row(1, group, new long[] {0, 1_000});
        }
        for (int group = 0; group < 2; group++) {
            kernel.row(2, group, new long[] {0, 7});
        }
        PartialSums sums = kernel.finish();
        long total = 0;
        for (int group = 0; group < 40; group++) {
            total += sums.at(1, group);
        }
        assertEquals(2 * 1_000 + 2 * 7, total);
    }

    @Test
    void thousandsOfPeople_addUpExactly() {
        var kernel = kernel(3, 3, new Measure.Count(2));
        for (int person = 0; person < 30_000; person++) {
            for (int row = 0; row <= person % 4; row++) {
                kernel.row(person, person % 3, new long[] {0, 1});
            }
        }
        PartialSums sums = kernel.finish();
        for (int group = 0; group < 3; group++) {
            assertEquals(10_000, sums.at(0, group));
            // Of twelve people in a row, four are in each group, with 1, 2, 2 and 2 counted rows in some order.
            assertEquals(17_500, sums.at(1, group));
        }
    }

    private static long sum(Clamp clamp, long value) {
        var kernel = kernel(1, 1, new Measure.Sum(clamp));
        kernel.row(1, 0, new long[] {0, value});
        return kernel.finish().at(1, 0);
    }

    private static BoundingKernel kernel(int groups, int groupsMax, Measure measure) {
        return new BoundingKernel(new KernelSpec(groups, groupsMax, List.of(USERS, measure)), SALT, 0, UNITS);
    }

    private static List<long[]> rows(SplittableRandom random, int count) {
        var rows = new ArrayList<long[]>();
        for (int i = 0; i < count; i++) {
            rows.add(new long[] {random.nextInt(12), random.nextLong(-40, 40)});
        }
        return rows;
    }

    private static PartialSums sums(List<long[]> rows) {
        var kernel = kernel(12, 3, new Measure.Sum(new Clamp(-15, 25)));
        rows.forEach(row -> kernel.row(77, (int) row[0], new long[] {0, row[1]}));
        return kernel.finish();
    }
}
