package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

/** The values of a page, one behind the other, without its nulls. */
interface Values {
    /** Moves to the next value; a page that has no more is malformed. */
    void next();

    /** The value of a column of numbers or truths. */
    default long number() {
        throw ParquetException.malformed();
    }

    /** The bytes that hold the value of a column of byte arrays, from {@link #from} on, {@link #length} of them. */
    default byte[] bytes() {
        throw ParquetException.malformed();
    }

    default int from() {
        throw ParquetException.malformed();
    }

    default int length() {
        throw ParquetException.malformed();
    }

    /** Position of the value in the chunk's dictionary, or -1. */
    default int code() {
        return -1;
    }

    /** Numbers of PLAIN (Encodings.md). */
    final class PlainNumbers implements Values {
        private final Slice in;
        private final Physical type;
        private long number;
        private int bit;

        PlainNumbers(Slice in, Physical type) {
            this.in = in;
            this.type = type;
        }

        @Override
        public void next() {
            number = switch (type) {
                case INT32 -> in.int32();
                case INT64 -> in.int64();
                case BOOLEAN -> bit();
                case INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> throw ParquetException.malformed();
            };
        }

        private long bit() {
            require(bit < 8L * in.left());
            long value = Bits.number(in.bytes, 8L * in.at + bit, 1);
            bit++;
            return value;
        }

        @Override
        public long number() {
            return number;
        }
    }

    /** Byte arrays of PLAIN: with their length before them, or of one width. */
    final class PlainBytes implements Values {
        private final Slice in;
        private final int width;
        private int from;
        private int length;

        PlainBytes(Slice in, ParquetColumn column) {
            this.in = in;
            this.width = column.width();
        }

        @Override
        public void next() {
            length = width == 0 ? in.int32() : width;
            from = in.pass(length);
        }

        @Override
        public byte[] bytes() {
            return in.bytes;
        }

        @Override
        public int from() {
            return from;
        }

        @Override
        public int length() {
            return length;
        }
    }

    /** Truths of RLE. */
    final class Truths implements Values {
        private final Hybrid in;
        private int value;

        Truths(Slice in) {
            int length = in.int32();
            int from = in.pass(length);
            this.in = new Hybrid(new Slice(in.bytes, from, from + length), 1);
        }

        @Override
        public void next() {
            value = in.next();
        }

        @Override
        public long number() {
            return value;
        }
    }
}
