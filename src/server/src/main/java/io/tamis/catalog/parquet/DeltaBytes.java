package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

import java.util.Arrays;

/**
 * Byte arrays whose lengths stand before all of them as {@link Deltas} (Encodings.md, DELTA_LENGTH_BYTE_ARRAY), each of which
 * may continue a beginning of the one before (DELTA_BYTE_ARRAY).
 */
final class DeltaBytes implements Values {
    /** Greatest number of values in a page; DuckDB's have 122,880. */
    static final int VALUES_MAX = 1 << 20;

    /** Room that each takes beside the page. */
    static final int VALUE_BYTES = 2 * Integer.BYTES;

    /** Longest value; no dataset takes longer text. */
    private static final int LENGTH_MAX = 1 << 20;

    private final int[] prefixes;
    private final int[] suffixes;
    private final Slice in;
    private final int width;
    private byte[] value = new byte[64];
    private int length;
    private int at;

    private DeltaBytes(int[] prefixes, int[] suffixes, Slice in, int width) {
        this.prefixes = prefixes;
        this.suffixes = suffixes;
        this.in = in;
        this.width = width;
    }

    /** A page of DELTA_LENGTH_BYTE_ARRAY with at most so many values. */
    static DeltaBytes ofLengths(Slice in, int valuesMax, ParquetColumn column) {
        var lengths = new Deltas(in, true);
        int[] suffixes = all(lengths, valuesMax);
        return new DeltaBytes(new int[suffixes.length], suffixes, lengths.rest(), column.width());
    }

    /** A page of DELTA_BYTE_ARRAY with at most so many values. */
    static DeltaBytes ofPrefixes(Slice in, int valuesMax, ParquetColumn column) {
        var first = new Deltas(in, true);
        int[] prefixes = all(first, valuesMax);
        var second = new Deltas(first.rest(), true);
        int[] suffixes = all(second, valuesMax);
        require(prefixes.length == suffixes.length);
        return new DeltaBytes(prefixes, suffixes, second.rest(), column.width());
    }

    private static int[] all(Deltas numbers, int valuesMax) {
        require(numbers.left() <= valuesMax);
        var all = new int[numbers.left()];
        for (int i = 0; i < all.length; i++) {
            numbers.next();
            all[i] = (int) numbers.number();
            require(all[i] >= 0);
        }
        return all;
    }

    @Override
    public void next() {
        require(at < suffixes.length && prefixes[at] <= length);
        int prefix = prefixes[at];
        int from = in.pass(suffixes[at]);
        int whole = prefix + suffixes[at];
        require(whole >= 0 && (width == 0 || whole == width));
        if (whole > LENGTH_MAX) {
            throw ParquetException.tooLarge();
        }
        if (whole > value.length) {
            value = Arrays.copyOf(value, 2 * whole);
        }
        System.arraycopy(in.bytes, from, value, prefix, suffixes[at]);
        length = whole;
        at++;
    }

    @Override
    public byte[] bytes() {
        return value;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }
}
