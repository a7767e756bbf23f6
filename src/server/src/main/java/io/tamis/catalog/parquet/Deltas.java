package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

/** Numbers as differences from the one before (Encodings.md, DELTA_BINARY_PACKED). Sums wrap, as they do in writers. */
final class Deltas implements Values {
    private static final int BLOCK_MAX = 1 << 16;

    private final Slice in;
    private final boolean narrow;
    private final int miniblocks;
    private final int miniblockSize;
    private final int[] widths;
    private long left;
    private long number;
    private long leastDelta;
    private int miniblock;
    private int inMiniblock;
    private long bitAt;
    private boolean begun;

    Deltas(Slice in, boolean narrow) {
        this.in = in;
        this.narrow = narrow;
        long block = Bits.varint(in);
        long parts = Bits.varint(in);
        require(block > 0 && block <= BLOCK_MAX && block % 128 == 0);
        require(parts > 0 && parts <= block / 32 && block % parts == 0 && block / parts % 32 == 0);
        this.miniblocks = (int) parts;
        this.miniblockSize = (int) (block / parts);
        this.widths = new int[miniblocks];
        this.miniblock = miniblocks;
        this.left = Bits.varint(in);
        require(left >= 0 && left <= Integer.MAX_VALUE);
        this.number = Bits.zigzag(in);
    }

    /** How many values are still to come. */
    int left() {
        return (int) left;
    }

    @Override
    public void next() {
        require(left > 0);
        left--;
        if (!begun) {
            begun = true;
            return;
        }
        if (inMiniblock == 0) {
            beginMiniblock();
        }
        int width = widths[miniblock];
        number += leastDelta + Bits.number(in.bytes, bitAt, width);
        bitAt += width;
        inMiniblock--;
        if (inMiniblock == 0) {
            miniblock++;
        }
    }

    @Override
    public long number() {
        return narrow ? (int) number : number;
    }

    /** The bytes behind the last value: what other encodings put there. All values must have been read. */
    Slice rest() {
        require(left == 0);
        return in;
    }

    private void beginMiniblock() {
        if (miniblock == miniblocks) {
            leastDelta = Bits.zigzag(in);
            int from = in.pass(miniblocks);
            for (int i = 0; i < miniblocks; i++) {
                widths[i] = in.bytes[from + i] & 0xff;
            }
            miniblock = 0;
        }
        int width = widths[miniblock];
        require(width <= Long.SIZE);
        bitAt = 8L * in.pass((long) miniblockSize / 8 * width);
        inMiniblock = miniblockSize;
    }
}
