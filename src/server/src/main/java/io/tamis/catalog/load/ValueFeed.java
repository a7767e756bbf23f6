package io.tamis.catalog.load;

import io.tamis.catalog.parquet.ColumnCursor;
import io.tamis.catalog.parquet.ColumnKind;
import io.tamis.catalog.parquet.ColumnKind.Resolution;
import io.tamis.catalog.parquet.ParquetColumn;
import io.tamis.data.Code;
import io.tamis.data.Column;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Carries one column's values of one row group from a file to the sink: as the number that a scan file holds or, where text
 * is kept, as the plainest text that a CSV could have.
 */
sealed interface ValueFeed {
    /** Position of its column in the declaration. */
    int position();

    /** Carries the next row's value: false when the column does not take it. */
    boolean next() throws IOException;

    /** How many bytes of text that value has. */
    int textBytes();

    /** The feed of this column of the file into the declared one at this position, which says the same. */
    static ValueFeed of(ParquetColumn column, ColumnCursor cursor, Column declared, int position, RowSink sink) {
        return switch (column.kind()) {
            case ColumnKind.Text _ -> new Texts(cursor, position, sink);
            case ColumnKind.Whole(boolean signed) ->
                new Numbers(cursor, position, sink, Numbers.whole(signed, column.isNarrow()), Long::toString);
            case ColumnKind.Decimal(int scale) -> {
                // A scan file has the declared scale; a text keeps the file's own.
                int added = sink.takesNumbers(position) ? declared.scale() - scale : 0;
                yield new Numbers(
                        cursor,
                        position,
                        sink,
                        Numbers.scaled(column.hasBytes(), added),
                        value -> BigDecimal.valueOf(value, scale).toPlainString());
            }
            case ColumnKind.Day _ ->
                new Numbers(
                        cursor,
                        position,
                        sink,
                        ColumnCursor::number,
                        value -> LocalDate.ofEpochDay(value).toString());
            case ColumnKind.Moment(var resolution) ->
                new Numbers(cursor, position, sink, Numbers.micros(resolution), Numbers::moment);
            case ColumnKind.Truth _ ->
                new Numbers(cursor, position, sink, ColumnCursor::number, value -> value == 0 ? "false" : "true");
            case ColumnKind.Unread _ -> throw new LoadException(Code.INTERNAL);
        };
    }

    /** Texts. A text that the file's dictionary names is read once, when it is kept as a code. */
    final class Texts implements ValueFeed {
        /** UTF-8 takes no more for a UTF-16 unit. */
        private static final int BYTES_PER_CHAR = 3;

        private final ColumnCursor cursor;
        private final int position;
        private final RowSink sink;
        private final boolean coded;
        private final char[] chars = new char[CsvRows.FIELD_CHARS_MAX];
        private long[] known = {};
        private int textBytes;

        Texts(ColumnCursor cursor, int position, RowSink sink) {
            this.cursor = cursor;
            this.position = position;
            this.sink = sink;
            this.coded = sink.scans(position);
        }

        @Override
        public int position() {
            return position;
        }

        @Override
        public int textBytes() {
            return textBytes;
        }

        @Override
        public boolean next() throws IOException {
            textBytes = 0;
            if (!cursor.next() || cursor.length() == 0) {
                return true;
            }
            textBytes = cursor.length();
            if (!coded) {
                int length = decoded();
                return length >= 0 && sink.field(position, chars, 0, length);
            }
            long value = code();
            if (value == FieldReader.BAD) {
                return false;
            }
            sink.put(position, value);
            return true;
        }

        private long code() {
            int code = cursor.code();
            if (code < 0) {
                return read();
            }
            if (known.length != cursor.codes()) {
                known = new long[cursor.codes()];
                Arrays.fill(known, FieldReader.NULL);
            }
            if (known[code] == FieldReader.NULL) {
                known[code] = read();
            }
            return known[code];
        }

        private long read() {
            int length = decoded();
            return length < 0 ? FieldReader.BAD : sink.read(position, chars, 0, length);
        }

        /** Puts the value's text into {@link #chars} and tells its length, or -1 when it is too long. */
        private int decoded() {
            byte[] bytes = cursor.bytes();
            int from = cursor.from();
            int length = cursor.length();
            if (length > BYTES_PER_CHAR * chars.length) {
                return -1;
            }
            for (int i = 0; i < length; i++) {
                if (bytes[from + i] < 0 || i == chars.length) {
                    return decodedFully(bytes, from, length);
                }
                chars[i] = (char) bytes[from + i];
            }
            return length;
        }

        /** What is not UTF-8 becomes U+FFFD, which the field readers refuse. */
        private int decodedFully(byte[] bytes, int from, int length) {
            var text = new String(bytes, from, length, StandardCharsets.UTF_8);
            if (text.length() > chars.length) {
                return -1;
            }
            text.getChars(0, text.length(), chars, 0);
            return text.length();
        }
    }

    /** Whatever is a number in the file. */
    final class Numbers implements ValueFeed {
        private static final int MILLI_MICROS = 1_000;
        private static final int MICRO_NANOS = 1_000;
        private static final long SECOND_MICROS = 1_000_000;

        private final ColumnCursor cursor;
        private final int position;
        private final RowSink sink;
        private final Reading number;
        private final LongFunction<String> text;
        private final boolean direct;
        private int textBytes;

        /** The number of the cursor's value, or {@link FieldReader#BAD}. */
        interface Reading {
            /** Gives it. */
            long of(ColumnCursor cursor);
        }

        Numbers(ColumnCursor cursor, int position, RowSink sink, Reading number, LongFunction<String> text) {
            this.cursor = cursor;
            this.position = position;
            this.sink = sink;
            this.number = number;
            this.text = text;
            this.direct = sink.takesNumbers(position);
        }

        @Override
        public int position() {
            return position;
        }

        @Override
        public int textBytes() {
            return textBytes;
        }

        @Override
        public boolean next() throws IOException {
            textBytes = 0;
            if (!cursor.next()) {
                return true;
            }
            long value = number.of(cursor);
            if (value == FieldReader.BAD) {
                return false;
            }
            if (direct) {
                return sink.number(position, value);
            }
            char[] chars = text.apply(value).toCharArray();
            textBytes = chars.length;
            return sink.field(position, chars, 0, chars.length);
        }

        static Reading whole(boolean signed, boolean narrow) {
            if (signed) {
                return ColumnCursor::number;
            }
            return narrow
                    ? cursor -> cursor.number() & 0xffff_ffffL
                    : cursor -> cursor.number() < 0 ? FieldReader.BAD : cursor.number();
        }

        static Reading scaled(boolean bytes, int added) {
            long factor = 1;
            for (int i = 0; i < added; i++) {
                factor *= 10;
            }
            return times(bytes ? Numbers::bigEndian : ColumnCursor::number, factor);
        }

        private static Reading times(Reading number, long factor) {
            return cursor -> {
                long value = number.of(cursor);
                boolean fits =
                        value >= -FieldReader.MAGNITUDE_MAX / factor && value <= FieldReader.MAGNITUDE_MAX / factor;
                return fits ? value * factor : FieldReader.BAD;
            };
        }

        /** Two's complement, big-endian, of any width; BAD when it does not fit into a long. */
        private static long bigEndian(ColumnCursor cursor) {
            byte[] bytes = cursor.bytes();
            int from = cursor.from();
            int length = cursor.length();
            if (length == 0) {
                return FieldReader.BAD;
            }
            long value = bytes[from] < 0 ? -1 : 0;
            for (int i = 0; i < length; i++) {
                if (value << 8 >> 8 != value) {
                    return FieldReader.BAD;
                }
                value = (value << 8) | (bytes[from + i] & 0xff);
            }
            return value;
        }

        static Reading micros(Resolution resolution) {
            return switch (resolution) {
                case MILLIS -> times(ColumnCursor::number, MILLI_MICROS);
                case MICROS -> ColumnCursor::number;
                case NANOS ->
                    cursor -> cursor.number() % MICRO_NANOS == 0 ? cursor.number() / MICRO_NANOS : FieldReader.BAD;
            };
        }

        static String moment(long micros) {
            long nanos = Math.floorMod(micros, SECOND_MICROS) * MICRO_NANOS;
            return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND_MICROS), nanos)
                    .toString();
        }
    }
}
