package io.tamis.catalog.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Orders rows in memory by the 128-bit key they begin with, unsigned; rows of one key stay in the order they came in. The
 * keys of one part of a spill agree in their first {@link Spill#PART_BITS} bits at least.
 */
public final class KeyOrder {
    private static final int INDEX_BITS = Effort.INDEX_BITS;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private KeyOrder() {}

    /**
     * The offsets in order. Sorts longs of 44 bits of the key and 20 of the row's index, which needs no objects; rows that
     * agree in those 44 bits are nearly always of one key, already in order, and are looked at again only when they are
     * not. At most {@link Effort#leafRowsMax} rows.
     */
    public static int[] of(ByteBuffer rows, int[] offsets) {
        var keys = new long[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            long bits = rows.getLong(offsets[i]) << Spill.PART_BITS;
            keys[i] = ((bits & ~INDEX_MASK) | i) ^ Long.MIN_VALUE;
        }
        Arrays.sort(keys);
        var order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            order[i] = offsets[(int) (keys[i] & INDEX_MASK)];
        }
        for (int from = 0, to; from < keys.length; from = to) {
            boolean oneKey = true;
            for (to = from + 1; to < keys.length && ((keys[to] ^ keys[from]) & ~INDEX_MASK) == 0; to++) {
                oneKey &= sameKey(rows, order[from], order[to]);
            }
            if (!oneKey) {
                orderFully(rows, order, from, to);
            }
        }
        return order;
    }

    /** True when the rows at these offsets have the same key. */
    public static boolean sameKey(ByteBuffer rows, int one, int other) {
        return rows.getLong(one) == rows.getLong(other)
                && rows.getLong(one + Long.BYTES) == rows.getLong(other + Long.BYTES);
    }

    private static void orderFully(ByteBuffer rows, int[] order, int from, int to) {
        int[] sorted = IntStream.range(from, to)
                .mapToObj(i -> order[i])
                .sorted(Comparator.<Integer, Long>comparing(rows::getLong, Long::compareUnsigned)
                        .thenComparing(row -> rows.getLong(row + Long.BYTES), Long::compareUnsigned)
                        .thenComparing(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(sorted, 0, order, from, sorted.length);
    }
}
