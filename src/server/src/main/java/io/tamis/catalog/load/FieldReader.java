package io.tamis.catalog.load;

import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.DateRange;
import io.tamis.data.IdentifierText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the text of one field as the number a scan file holds, by the column's declared type; exactly, without floating
 * point, and never leniently: what is not of the one documented form is {@link #BAD}.
 */
sealed interface FieldReader {
    /** No value. */
    long NULL = Long.MIN_VALUE;

    /** Not a value of this column. */
    long BAD = Long.MIN_VALUE + 1;

    /** Greatest magnitude in minor units: 18 digits, far from the two marks above and from overflow. */
    long MAGNITUDE_MAX = 999_999_999_999_999_999L;

    /** The value of a non-empty field, or {@link #BAD}. */
    long read(char[] text, int from, int length);

    /** The value that a file gives as the number a scan file holds, or {@link #BAD}; for amounts, days and moments. */
    default long take(long value) {
        return BAD;
    }

    /** The reader of an L1, L2 or L3 column; {@code dictionary} numbers the strings of a column without domain. */
    static FieldReader ofScan(Column column, Optional<Dictionary> dictionary) {
        var reader = ofType(column, dictionary);
        boolean capped = column.keyCapacity().isPresent() && !(reader instanceof Numbered);
        return capped ? new Capped(reader, column.keyCapacity().getAsInt(), new HashSet<>()) : reader;
    }

    private static FieldReader ofType(Column column, Optional<Dictionary> dictionary) {
        return switch (column.type()) {
            case STRING ->
                column.domain().isEmpty() ? new Numbered(dictionary.orElseThrow()) : new Coded(codes(column.domain()));
            case BOOLEAN -> new Coded(codes(domain(column)));
            case INTEGER, DECIMAL -> new Amount(column.scale(), amounts(column));
            case DATE -> new Day(column.dateRange());
            case TIMESTAMP -> new Moment(column.dateRange());
        };
    }

    /** The check of an L4 or L5 column, whose text is sealed as it is. */
    static FieldReader ofSealed(Column column) {
        boolean freeText = column.type() == ColumnType.STRING && column.domain().isEmpty();
        return freeText ? new Text() : ofType(column, Optional.empty());
    }

    /** The declared domain; a boolean always has one. */
    static List<String> domain(Column column) {
        boolean implied = column.type() == ColumnType.BOOLEAN && column.domain().isEmpty();
        return implied ? List.of("false", "true") : column.domain();
    }

    private static Map<String, Integer> codes(List<String> domain) {
        var codes = new HashMap<String, Integer>();
        domain.forEach(value -> codes.put(value, codes.size() + 1));
        return codes;
    }

    private static Set<Long> amounts(Column column) {
        var plain = new Amount(column.scale(), Set.of());
        var amounts = new HashSet<Long>();
        column.domain().forEach(value -> amounts.add(plain.read(value.toCharArray(), 0, value.length())));
        return amounts;
    }

    /** A whole number of minor units; allowed values when there is a domain. */
    record Amount(int scale, Set<Long> domain) implements FieldReader {
        @Override
        public long read(char[] text, int from, int length) {
            boolean negative = text[from] == '-';
            int at = negative ? from + 1 : from;
            int end = from + length;
            int point = at;
            while (point < end && text[point] != '.') {
                point++;
            }
            int decimals = point == end ? 0 : end - point - 1;
            if (point == at || decimals > scale || point == end - 1) {
                return BAD;
            }
            long value = digits(text, at, point, 0);
            if (decimals > 0) {
                value = digits(text, point + 1, end, value);
            }
            for (int i = decimals; i < scale; i++) {
                value = append(value, 0);
            }
            return value == BAD ? BAD : take(negative ? -value : value);
        }

        @Override
        public long take(long value) {
            boolean fits = value >= -MAGNITUDE_MAX && value <= MAGNITUDE_MAX;
            return fits && (domain.isEmpty() || domain.contains(value)) ? value : BAD;
        }

        private static long digits(char[] text, int from, int to, long before) {
            long value = before;
            for (int at = from; at < to; at++) {
                value = append(value, text[at] - '0');
            }
            return value;
        }

        private static long append(long value, int digit) {
            boolean fits = value != BAD && digit >= 0 && digit <= 9 && value <= MAGNITUDE_MAX / 10;
            return fits ? value * 10 + digit : BAD;
        }
    }

    /** Position in the declared domain, from 1. */
    record Coded(Map<String, Integer> codes) implements FieldReader {
        @Override
        public long read(char[] text, int from, int length) {
            Integer code = codes.get(new String(text, from, length));
            return code == null ? BAD : code;
        }
    }

    /** At most so many distinct values: the capacity is public, so what is beyond it would be a secret shown. */
    record Capped(FieldReader reader, int capacity, Set<Long> seen) implements FieldReader {
        @Override
        public long read(char[] text, int from, int length) {
            return capped(reader.read(text, from, length));
        }

        @Override
        public long take(long value) {
            return capped(reader.take(value));
        }

        private long capped(long value) {
            boolean fits = value == BAD || seen.contains(value) || (seen.size() < capacity && seen.add(value));
            return fits ? value : BAD;
        }
    }

    /** A number in order of first sight, replaced by the dictionary's final code when all are known. */
    record Numbered(Dictionary dictionary) implements FieldReader {
        @Override
        public long read(char[] text, int from, int length) {
            return IdentifierText.isClean(text, from, length) ? dictionary.number(new String(text, from, length)) : BAD;
        }
    }

    /** Any text without control characters other than tab and line break. */
    record Text() implements FieldReader {
        @Override
        public long read(char[] text, int from, int length) {
            return IdentifierText.isClean(text, from, length) ? 0 : BAD;
        }
    }

    /** ISO 8601 calendar date, {@code yyyy-mm-dd}, as epoch day. */
    record Day(Optional<DateRange> range) implements FieldReader {
        /** The days of the years 1 to 9999. */
        static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay();

        static final long LAST = LocalDate.of(9_999, 12, 31).toEpochDay();

        @Override
        public long read(char[] text, int from, int length) {
            if (length != 10 || text[from + 4] != '-' || text[from + 7] != '-') {
                return BAD;
            }
            int year = number(text, from, 4);
            int month = number(text, from + 5, 2);
            int day = number(text, from + 8, 2);
            if (year < 1 || month < 1 || day < 1) {
                return BAD;
            }
            try {
                return taken(LocalDate.of(year, month, day));
            } catch (DateTimeException noSuchDay) {
                return BAD;
            }
        }

        @Override
        public long take(long epochDay) {
            boolean fourDigits = epochDay >= FIRST && epochDay <= LAST;
            return fourDigits ? taken(LocalDate.ofEpochDay(epochDay)) : BAD;
        }

        private long taken(LocalDate date) {
            return range.isEmpty() || range.get().contains(date) ? date.toEpochDay() : BAD;
        }

        /** The number that these digits are, or -1. */
        static int number(char[] text, int from, int length) {
            int value = 0;
            for (int at = from; at < from + length; at++) {
                int digit = text[at] - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                value = value * 10 + digit;
            }
            return value;
        }
    }

    /** RFC 3339 timestamp with at most six decimals of a second, as microseconds since 1970 UTC; no leap second. */
    record Moment(Optional<DateRange> range) implements FieldReader {
        private static final long MICROS = 1_000_000;
        private static final long DAY_SECONDS = 86_400;
        private static final int LENGTH_MIN = "2026-11-24T05:00:00Z".length();

        @Override
        public long read(char[] text, int from, int length) {
            if (length < LENGTH_MIN || text[from + 10] != 'T' || text[from + 13] != ':' || text[from + 16] != ':') {
                return BAD;
            }
            long day = new Day(Optional.empty()).read(text, from, 10);
            int hour = Day.number(text, from + 11, 2);
            int minute = Day.number(text, from + 14, 2);
            int second = Day.number(text, from + 17, 2);
            if (day == BAD || outside(hour, 23) || outside(minute, 59) || outside(second, 59)) {
                return BAD;
            }
            int end = from + length;
            int zone = from + 19;
            long micros = 0;
            if (text[zone] == '.') {
                int decimals = zone + 1;
                for (zone = decimals; zone < end && text[zone] >= '0' && text[zone] <= '9'; zone++) {
                    micros = micros * 10 + (text[zone] - '0');
                    if (zone - decimals >= 6) {
                        return BAD;
                    }
                }
                if (zone == decimals) {
                    return BAD;
                }
                for (int i = zone - decimals; i < 6; i++) {
                    micros *= 10;
                }
            }
            int offset = offsetSeconds(text, zone, end);
            if (offset == Integer.MIN_VALUE) {
                return BAD;
            }
            long seconds = day * DAY_SECONDS + hour * 3_600L + minute * 60L + second - offset;
            return inRange(seconds) ? seconds * MICROS + micros : BAD;
        }

        @Override
        public long take(long micros) {
            long seconds = Math.floorDiv(micros, MICROS);
            long day = Math.floorDiv(seconds, DAY_SECONDS);
            return day >= Day.FIRST && day <= Day.LAST && inRange(seconds) ? micros : BAD;
        }

        private static boolean outside(int value, int max) {
            return value < 0 || value > max;
        }

        private boolean inRange(long seconds) {
            var day = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY_SECONDS));
            return range.isEmpty() || range.get().contains(day);
        }

        private static int offsetSeconds(char[] text, int from, int end) {
            if (end - from == 1 && text[from] == 'Z') {
                return 0;
            }
            if (end - from != 6 || (text[from] != '+' && text[from] != '-') || text[from + 3] != ':') {
                return Integer.MIN_VALUE;
            }
            int hours = Day.number(text, from + 1, 2);
            int minutes = Day.number(text, from + 4, 2);
            if (outside(hours, 23) || outside(minutes, 59)) {
                return Integer.MIN_VALUE;
            }
            int seconds = hours * 3_600 + minutes * 60;
            return text[from] == '-' ? -seconds : seconds;
        }
    }
}
