package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

/**
 * Small numbers as runs of one of them or packed bit by bit (parquet-format, Encodings.md, "Run Length Encoding /
 * Bit-Packing Hybrid").
 */
final class Hybrid {
    private final Slice in;
    private final int width;
    private long left;
    private boolean run;
    private int value;
    private long bitAt;

    Hybrid(Slice in, int width) {
        require(width >= 0 && width <= Integer.SIZE);
        this.in = in;
        this.width = width;
    }

    /** The next number; a stream that has no more is malformed. */
    int next() {
        while (left == 0) {
            begin();
        }
        left--;
        if (run) {
            return value;
        }
        int next = (int) Bits.number(in.bytes, bitAt, width);
        bitAt += width;
        return next;
    }

    private void begin() {
        long head = Bits.varint(in);
        require(head >= 0 && head <= Integer.MAX_VALUE * 2L);
        run = (head & 1) == 0;
        left = head >>> 1;
        if (run) {
            int bytes = (int) Bits.bytes(width);
            value = (int) Bits.number(in.bytes, 8L * in.pass(bytes), 8 * bytes);
            return;
        }
        // Groups of eight; some writers cut the last one short, so what is not there is not counted.
        long bytes = Math.min(left * width, in.left());
        left = width == 0 ? 8 * left : Math.min(8 * left, 8 * bytes / width);
        bitAt = 8L * in.pass(bytes);
    }
}
