package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

/** The values that a chunk's dictionary page lists, and pages that name them by their position (Encodings.md). */
final class Dictionary {
    private final byte[] page;
    private final long[] numbers;
    private final int[] from;
    private final int[] length;
    private final int size;

    /** A dictionary of so many values; the caller has bounded the page, and with it what is made here. */
    Dictionary(byte[] page, int size, ParquetColumn column) {
        boolean bytes = column.hasBytes();
        // No value of PLAIN takes less: four bytes of length, four of a number, a byte of a fixed width, a bit of
        // truth.
        require(size <= (column.physical() == Physical.BOOLEAN ? 8L : 1L) * page.length);
        this.page = page;
        this.size = size;
        this.numbers = new long[bytes ? 0 : size];
        this.from = new int[bytes ? size : 0];
        this.length = new int[bytes ? size : 0];
        var in = new Slice(page, 0, page.length);
        var values = bytes ? new Values.PlainBytes(in, column) : new Values.PlainNumbers(in, column.physical());
        for (int i = 0; i < size; i++) {
            values.next();
            if (bytes) {
                from[i] = values.from();
                length[i] = values.length();
            } else {
                numbers[i] = values.number();
            }
        }
    }

    int size() {
        return size;
    }

    /** Room that it takes. */
    static int bytes(int pageBytes, int size) {
        return (int) Math.min(Integer.MAX_VALUE, pageBytes + 8L * size);
    }

    /** The values of a page of positions. */
    Values values(Slice in) {
        int width = in.bytes[in.pass(1)] & 0xff;
        return new Named(new Hybrid(in, width));
    }

    private final class Named implements Values {
        private final Hybrid codes;
        private int code;

        Named(Hybrid codes) {
            this.codes = codes;
        }

        @Override
        public void next() {
            code = codes.next();
            require(code >= 0 && code < size);
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public long number() {
            return numbers[code];
        }

        @Override
        public byte[] bytes() {
            return page;
        }

        @Override
        public int from() {
            return from[code];
        }

        @Override
        public int length() {
            return length[code];
        }
    }
}
