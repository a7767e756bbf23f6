package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.privacy.PrivacyException.Fault;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundingKernelTest {
    private static final byte[] SALT = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
    private static final long UNITS = 1L << 40;
    private static final Measure USERS = new Measure.Users();

    /** Users, rows (at most 3), amount (0 to 100), balance (-50 to 20), and a sum that is never small. */
    private static KernelSpec spec(int groups, int groupsMax) {
        return new KernelSpec(
                groups,
                groupsMax,
                List.of(
                        USERS,
                        new Measure.Count(3),
                        new Measure.Sum(new Clamp(0, 100)),
                        new Measure.Sum(new Clamp(-50, 20)),
                        new Measure.Sum(new Clamp(5, 9))));
    }

    @Test
    void kernel_ofNoRows_isZero() {
        KernelSpec spec = spec(4, 2);
        assertEquals(PartialSums.zero(spec), kernel(spec, List.of()));
    }

    @Test
    void kernel_byHand_clipsRowsThenPerson() {
        KernelSpec spec = spec(2, 2);
        PartialSums sums = kernel(
                spec,
                List.of(
                        row(7, 0, 1, 70, -70, 1),
                        row(7, 0, 1, 70, 60, 1),
                        row(7, 0, 1, 0, 0, 1),
                        row(7, 0, 1, 0, 0, 1),
                        row(8, 0, 1, 500, 0, 6)));
        assertEquals(2, sums.at(0, 0));
        assertEquals(3 + 1, sums.at(1, 0));
        assertEquals(100 + 100, sums.at(2, 0));
        // -70 is clipped to -50 and 60 to 20 before they are added.
        assertEquals(-30, sums.at(3, 0));
        assertEquals(9 + 6, sums.at(4, 0));
        for (int measure = 0; measure < 5; measure++) {
            assertEquals(0, sums.at(measure, 1));
        }
    }

    @Test
    void kernel_ofMissingValues_countsThePersonOnly() {
        KernelSpec spec = spec(1, 1);
        long none = Measure.NO_VALUE;
        PartialSums sums = kernel(spec, List.of(row(1, 0, none, none, none, none), row(2, 0, 1, none, 4, none)));
        assertEquals(2, sums.at(0, 0));
        assertEquals(1, sums.at(1, 0));
        assertEquals(0, sums.at(2, 0));
        assertEquals(4, sums.at(3, 0));
        assertEquals(0, sums.at(4, 0), "not the lower clamp of a person without a value");
    }

    @Test
    void kernel_ofOnePersonWithTenThousandRows_countsOneUserAndTheBounds() {
        KernelSpec spec = spec(1, 1);
        var rows = new ArrayList<NaiveKernel.Row>();
        for (int i = 0; i < 10_000; i++) {
            rows.add(row(3, 0, 1, 100, -50, 5));
        }
        PartialSums sums = kernel(spec, rows);
        assertEquals(1, sums.at(0, 0));
        assertEquals(3, sums.at(1, 0));
        assertEquals(100, sums.at(2, 0));
        assertEquals(-50, sums.at(3, 0));
        assertEquals(9, sums.at(4, 0));
    }

    @Test
    void kernel_ofAPersonInAllGroups_keepsL0ofThem() {
        KernelSpec spec = spec(50, 3);
        var rows = new ArrayList<NaiveKernel.Row>();
        for (int group = 0; group < 50; group++) {
            rows.add(row(3, group, 1, 1, 1, 5));
        }
        PartialSums sums = kernel(spec, rows);
        assertEquals(3, total(sums, 0));
    }

    @Test
    void kernel_onRandomData_equalsTheNaiveReference() {
        Samples.forAll(
                42,
                600,
                random -> {
                    int groups = 1 + random.nextInt(30);
                    return new Sample(spec(groups, 1 + random.nextInt(groups)), random.split());
                },
                sample -> {
                    byte[] salt = new byte[16];
                    sample.random.nextBytes(salt);
                    List<NaiveKernel.Row> rows = rows(sample.random, sample.spec, 1 + sample.random.nextInt(40));
                    assertEquals(NaiveKernel.sums(sample.spec, salt, rows), kernel(sample.spec, salt, 0, UNITS, rows));
                });
    }

    /** The property everything rests on: whatever one person's rows, at most L0 cells change, each by at most B. */
    @Test
    void kernel_onNeighbours_changesAtMostL0cellsByAtMostTheBound() {
        Samples.forAll(
                4_242,
                400,
                random -> {
                    int groups = 1 + random.nextInt(20);
                    return new Sample(spec(groups, 1 + random.nextInt(Math.min(5, groups))), random.split());
                },
                sample -> {
                    List<NaiveKernel.Row> without = rows(sample.random, sample.spec, 20);
                    List<NaiveKernel.Row> with = new ArrayList<>(without);
                    long extra = 1_000 + sample.random.nextInt(100) * 2L + 1;
                    int many = 1 + sample.random.nextInt(200);
                    for (int i = 0; i < many; i++) {
                        with.add(randomRow(sample.random, sample.spec, extra));
                    }
                    assertNeighbours(
                            sample.spec, kernel(sample.spec, sorted(without)), kernel(sample.spec, sorted(with)));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 1_000_000})
    void kernel_onANeighbourWithManyRows_changesAtMostL0cells(int many) {
        KernelSpec spec = spec(100, 4);
        var random = new SplittableRandom(many);
        List<NaiveKernel.Row> others = rows(random, spec, 30);
        PartialSums without = kernel(spec, others);
        var kernel = new BoundingKernel(spec, SALT, 0, UNITS);
        others.forEach(row -> kernel.row(row.unit(), row.group(), row.values()));
        long[] extreme = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE};
        for (int i = 0; i < many; i++) {
            kernel.row(UNITS - 1, i % 100, extreme);
        }
        assertNeighbours(spec, without, kernel.finish());
    }

    @Test
    void kernel_ofShards_mergesToTheWhole() {
        Samples.forAll(99, 200, random -> new Sample(spec(12, 3), random.split()), sample -> {
            List<NaiveKernel.Row> rows = rows(sample.random, sample.spec, 40);
            long cut = sample.random.nextLong(1, 3_000);
            var low = rows.stream().filter(row -> row.unit() < cut).toList();
            var high = rows.stream().filter(row -> row.unit() >= cut).toList();
            PartialSums merged =
                    kernel(sample.spec, SALT, 0, cut, low).merge(kernel(sample.spec, SALT, cut, UNITS, high));
            assertEquals(kernel(sample.spec, rows), merged);
        });
    }

    @Test
    void kernel_keepsOfAPersonWhatItKeptWithoutTheOthers() {
        KernelSpec spec = spec(30, 2);
        var random = new SplittableRandom(5);
        List<NaiveKernel.Row> alone = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            alone.add(randomRow(random, spec, 500));
        }
        List<NaiveKernel.Row> others =
                rows(random, spec, 50).stream().filter(row -> row.unit() != 500).toList();
        var all = new ArrayList<>(others);
        all.addAll(alone);
        PartialSums together = kernel(spec, others).merge(kernel(spec, alone));
        assertEquals(together, kernel(spec, sorted(all)));
    }

    @Test
    void kernel_underAnotherSalt_keepsOtherGroups() {
        KernelSpec spec = spec(200, 1);
        var rows = new ArrayList<NaiveKernel.Row>();
        for (long unit = 0; unit < 50; unit++) {
            for (int group = 0; group < 200; group++) {
                rows.add(row(unit, group, 1, 1, 1, 5));
            }
        }
        byte[] other = SALT.clone();
        other[0] ^= 1;
        assertTrue(!kernel(spec, SALT, 0, UNITS, rows).equals(kernel(spec, other, 0, UNITS, rows)));
    }

    /** Chi-square over the kept group; false-alarm rate 1e-6. */
    @Test
    void kernel_choosesGroupsEvenly() {
        KernelSpec spec = new KernelSpec(20, 1, List.of(USERS));
        var kernel = new BoundingKernel(spec, SALT, 0, UNITS);
        for (long unit = 0; unit < 20_000; unit++) {
            for (int group = 0; group < 20; group++) {
                kernel.row(unit, group, new long[1]);
            }
        }
        PartialSums sums = kernel.finish();
        var observed = new long[20];
        var expected = new double[20];
        for (int group = 0; group < 20; group++) {
            observed[group] = sums.at(0, group);
            expected[group] = 1_000;
        }
        assertTrue(Statistics.chiSquareTail(Statistics.chiSquare(observed, expected), 19) > Statistics.FALSE_ALARM);
    }

    @Test
    void row_ofAUnitSeenBefore_isRefused() {
        var kernel = new BoundingKernel(spec(1, 1), SALT, 0, UNITS);
        kernel.row(5, 0, values());
        kernel.row(6, 0, values());
        assertFault(Fault.UNIT_NOT_CLUSTERED, () -> kernel.row(5, 0, values()));
    }

    @Test
    void row_ofAUnitOfAnotherBucket_isRefused() {
        var kernel = new BoundingKernel(spec(1, 1), SALT, 10, 20);
        kernel.row(10, 0, values());
        kernel.row(19, 0, values());
        assertFault(Fault.UNIT_OUT_OF_BUCKET, () -> kernel.row(20, 0, values()));
        assertFault(Fault.UNIT_OUT_OF_BUCKET, () -> kernel.row(9, 0, values()));
        assertFault(Fault.UNIT_OUT_OF_BUCKET, () -> kernel.row(-1, 0, values()));
        assertFault(Fault.UNIT_OUT_OF_BUCKET, () -> kernel.row(Long.MIN_VALUE, 0, values()));
    }

    @Test
    void row_ofAnUndeclaredGroup_isRefused() {
        var kernel = new BoundingKernel(spec(3, 1), SALT, 0, UNITS);
        assertFault(Fault.GROUP_OUT_OF_RANGE, () -> kernel.row(0, 3, values()));
        assertFault(Fault.GROUP_OUT_OF_RANGE, () -> kernel.row(0, -1, values()));
    }

    @Test
    void row_afterFinish_isRefused() {
        var kernel = new BoundingKernel(spec(1, 1), SALT, 0, UNITS);
        kernel.finish();
        assertFault(Fault.OUT_OF_LIMITS, () -> kernel.row(0, 0, values()));
        assertFault(Fault.OUT_OF_LIMITS, kernel::finish);
    }

    @Test
    void row_withMissingMeasures_isRefused() {
        var kernel = new BoundingKernel(spec(1, 1), SALT, 0, UNITS);
        assertFault(Fault.OUT_OF_LIMITS, () -> kernel.row(0, 0, new long[4]));
    }

    @Test
    void row_beyondTheProvenRange_failsInsteadOfWrapping() {
        var huge = new Measure.Sum(new Clamp(0, (1L << 53) - 1));
        var kernel = new BoundingKernel(new KernelSpec(1, 1, List.of(USERS, huge)), SALT, 0, UNITS);
        long[] values = {0, Long.MAX_VALUE};
        for (int i = 0; i < 1_024; i++) {
            kernel.row(1, 0, values);
        }
        assertFault(Fault.SUM_OUT_OF_RANGE, () -> kernel.row(1, 0, values));
    }

    @Test
    void kernel_withBadBounds_isRefused() {
        KernelSpec spec = spec(1, 1);
        assertFault(Fault.OUT_OF_LIMITS, () -> new BoundingKernel(spec, SALT, 5, 5));
        assertFault(Fault.OUT_OF_LIMITS, () -> new BoundingKernel(spec, SALT, -1, 5));
        assertFault(Fault.OUT_OF_LIMITS, () -> new BoundingKernel(spec, new byte[15], 0, 5));
    }

    /** Memory does not depend on the rows: after warming up, a million rows allocate (next to) nothing. */
    @Test
    void row_allocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        KernelSpec spec = spec(64, 3);
        feed(new BoundingKernel(spec, SALT, 0, UNITS), 300_000);
        var kernel = new BoundingKernel(spec, SALT, 0, UNITS);
        long before = threads.getCurrentThreadAllocatedBytes();
        feed(kernel, 1_000_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 1_000_000, "bytes for a million rows: " + allocated);
    }

    @Test
    void faults_showCodesOnly() {
        var failure = new PrivacyException(Fault.UNIT_OUT_OF_BUCKET);
        assertEquals(Code.JOB_FAILED, failure.code());
        assertEquals(Code.JOB_FAILED.title(), failure.getMessage());
        assertEquals(Code.INVALID_REQUEST, new PrivacyException(Fault.OUT_OF_LIMITS).code());
    }

    private record Sample(KernelSpec spec, SplittableRandom random) {}

    private static void feed(BoundingKernel kernel, int rows) {
        long[] values = {0, 1, 40, -3, 6};
        for (int i = 0; i < rows; i++) {
            kernel.row(i / 20, (i * 7) % 64, values);
        }
    }

    private static void assertNeighbours(KernelSpec spec, PartialSums without, PartialSums with) {
        var changed = new boolean[spec.groups()];
        for (int measure = 0; measure < spec.measures().size(); measure++) {
            for (int group = 0; group < spec.groups(); group++) {
                long difference = Math.abs(with.at(measure, group) - without.at(measure, group));
                changed[group] |= difference != 0;
                assertTrue(difference <= spec.measures().get(measure).bound());
            }
        }
        int count = 0;
        for (boolean change : changed) {
            count += change ? 1 : 0;
        }
        assertTrue(count <= spec.groupsMax());
    }

    private static List<NaiveKernel.Row> rows(SplittableRandom random, KernelSpec spec, int people) {
        var rows = new ArrayList<NaiveKernel.Row>();
        for (int person = 0; person < people; person++) {
            long unit = random.nextInt(1_500) * 2L;
            int own = 1 + random.nextInt(random.nextInt(5) == 0 ? 60 : 6);
            for (int i = 0; i < own; i++) {
                rows.add(randomRow(random, spec, unit));
            }
        }
        return sorted(rows);
    }

    private static NaiveKernel.Row randomRow(SplittableRandom random, KernelSpec spec, long unit) {
        var values = new long[spec.measures().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(5) == 0 ? Measure.NO_VALUE : random.nextInt(-200, 200);
        }
        return NaiveKernel.Row.of(unit, random.nextInt(spec.groups()), values);
    }

    private static List<NaiveKernel.Row> sorted(List<NaiveKernel.Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparingLong(NaiveKernel.Row::unit))
                .toList();
    }

    private static PartialSums kernel(KernelSpec spec, List<NaiveKernel.Row> rows) {
        return kernel(spec, SALT, 0, UNITS, rows);
    }

    private static PartialSums kernel(
            KernelSpec spec, byte[] salt, long unitFrom, long unitTo, List<NaiveKernel.Row> rows) {
        var kernel = new BoundingKernel(spec, salt, unitFrom, unitTo);
        rows.forEach(row -> kernel.row(row.unit(), row.group(), row.values()));
        return kernel.finish();
    }

    private static NaiveKernel.Row row(long unit, int group, long... measured) {
        var values = new long[measured.length + 1];
        System.arraycopy(measured, 0, values, 1, measured.length);
        return NaiveKernel.Row.of(unit, group, values);
    }

    private static long[] values() {
        return new long[] {0, 1, 1, 1, 6};
    }

    private static long total(PartialSums sums, int measure) {
        long total = 0;
        for (int group = 0; group < sums.groups(); group++) {
            total += sums.at(measure, group);
        }
        return total;
    }

    private static void assertFault(Fault fault, Executable action) {
        assertEquals(fault, assertThrows(PrivacyException.class, action).fault());
    }
}
