package io.tamis.privacy;

import io.tamis.data.Clamp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the kernel should compute, written for clarity: collects everything, sorts, knows nothing of streaming. */
final class NaiveKernel {
    record Row(long unit, int group, List<Long> measured) {
        static Row of(long unit, int group, long... values) {
            return new Row(unit, group, Arrays.stream(values).boxed().toList());
        }

        long[] values() {
            return measured.stream().mapToLong(Long::longValue).toArray();
        }
    }

    private NaiveKernel() {}

    static PartialSums sums(KernelSpec spec, byte[] salt, List<Row> rows) {
        var cells = new long[spec.measures().size()][spec.groups()];
        Map<Long, Map<Integer, List<Row>>> people = rows.stream()
                .collect(Collectors.groupingBy(
                        Row::unit, TreeMap::new, Collectors.groupingBy(Row::group, TreeMap::new, Collectors.toList())));
        people.forEach((unit, byGroup) -> byGroup.keySet().stream()
                .sorted(byGroup.size() <= spec.groupsMax() ? Comparator.naturalOrder() : bySalt(salt, unit))
                .limit(spec.groupsMax())
                .forEach(group -> {
                    for (int measure = 0; measure < cells.length; measure++) {
                        cells[measure][group] += share(spec.measures().get(measure), measure, byGroup.get(group));
                    }
                }));
        return PartialSums.of(spec, cells);
    }

    private static Comparator<Integer> bySalt(byte[] salt, long unit) {
        var hash = new SipHash(salt);
        return Comparator.<Integer, Long>comparing(group -> hash.hash(unit, group), Long::compareUnsigned)
                .thenComparing(Comparator.naturalOrder());
    }

    private static long share(Measure measure, int at, List<Row> rows) {
        long[] values = rows.stream()
                .mapToLong(row -> row.measured().get(at))
                .filter(value -> value != Measure.NO_VALUE)
                .toArray();
        return switch (measure) {
            case Measure.Users _ -> 1;
            case Measure.Count(int rowsMax) -> Math.min(rowsMax, values.length);
            case Measure.Sum(Clamp clamp) -> values.length == 0 ? 0 : clamp.apply(sum(clamp, values));
            case Measure.SealedSum _, Measure.SealedCount _ -> throw new AssertionError("no kernel sums this");
        };
    }

    private static long sum(Clamp clamp, long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += clamp.apply(value);
        }
        return sum;
    }
}
