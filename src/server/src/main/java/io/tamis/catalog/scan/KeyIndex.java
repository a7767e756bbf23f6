package io.tamis.catalog.scan;

import io.tamis.data.Column;
import io.tamis.data.DateRange;
import io.tamis.privacy.DateFloor;
import io.tamis.privacy.DpPlan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a stored value stands among the labels of a declared key. */
public sealed interface KeyIndex {
    /** A value outside the public domain: its row is dropped before the kernel sees it. */
    int NONE = -1;

    /** The position, or {@link #NONE}; a row's NULL is {@link io.tamis.privacy.Measure#NO_VALUE}. */
    int of(long stored);

    /** The index of a key over its column. */
    static KeyIndex of(DpPlan.Key key, Column column) {
        return switch (key) {
            case DpPlan.Key.Listed listed ->
                StoredForm.of(column) == StoredForm.DOMAIN_CODE
                        ? new Coded(listed.labels().size())
                        : Amounts.of(listed.labels(), column.scale());
            case DpPlan.Key.Dated dated -> {
                var days = Days.of(dated.floor(), dated.range());
                yield StoredForm.of(column) == StoredForm.MICROS ? new Moments(days) : days;
            }
        };
    }

    /** No key: every row has the one label. */
    record Single() implements KeyIndex {
        @Override
        public int of(long stored) {
            return 0;
        }
    }

    /** Codes from 1; 0 is NULL. */
    record Coded(int size) implements KeyIndex {
        @Override
        public int of(long stored) {
            return stored >= 1 && stored <= size ? (int) stored - 1 : NONE;
        }
    }

    /** Declared amounts, found by bisection. */
    final class Amounts implements KeyIndex {
        private final long[] sorted;
        private final int[] position;

        private Amounts(SortedMap<Long, Integer> positions) {
            sorted = positions.keySet().stream().mapToLong(Long::longValue).toArray();
            position = positions.values().stream().mapToInt(Integer::intValue).toArray();
        }

        static Amounts of(List<String> labels, int scale) {
            var positions = new TreeMap<Long, Integer>();
            for (int i = 0; i < labels.size(); i++) {
                positions.putIfAbsent(
                        new BigDecimal(labels.get(i)).movePointRight(scale).longValueExact(), i);
            }
            return new Amounts(positions);
        }

        @Override
        public int of(long stored) {
            int at = Arrays.binarySearch(sorted, stored);
            return at < 0 ? NONE : position[at];
        }
    }

    /** The period of an epoch day, looked up in a table over the declared range. */
    final class Days implements KeyIndex {
        private final long first;
        private final int[] period;

        private Days(long first, int[] period) {
            this.first = first;
            this.period = period;
        }

        static Days of(DateFloor floor, DateRange range) {
            long first = range.from().toEpochDay();
            var period = new int[Math.toIntExact(range.to().toEpochDay() - first + 1)];
            int at = 0;
            LocalDate start = floor.startOf(range.from());
            for (int i = 0; i < period.length; i++) {
                LocalDate own = floor.startOf(LocalDate.ofEpochDay(first + i));
                if (!own.equals(start)) {
                    start = own;
                    at++;
                }
                period[i] = at;
            }
            return new Days(first, period);
        }

        @Override
        public int of(long stored) {
            boolean inside = stored >= first && stored - first < period.length;
            return inside ? period[(int) (stored - first)] : NONE;
        }
    }

    /** The period of a moment, by its day in UTC. */
    record Moments(Days days) implements KeyIndex {
        private static final long MICROS_PER_DAY = 86_400_000_000L;

        @Override
        public int of(long stored) {
            return days.of(Math.floorDiv(stored, MICROS_PER_DAY));
        }
    }
}
