package io.tamis.crypto;

/**
 * Sorts 128-bit unsigned keys with their numbers in place, without an object for each: byte by byte from the first, each
 * range dealt into 256 (American flag sort, McIlroy, Bostic, McIlroy 1993), small ranges by insertion. Keys that are
 * outputs of a PRF are dealt evenly; equal ones, however many, take 16 passes and no more.
 */
final class RadixOrder {
    private static final int KEY_BYTES = 2 * Long.BYTES;
    private static final int RADIX = 256;
    private static final int INSERTION_MAX = 32;

    private final long[] high;
    private final long[] low;
    private final int[] number;

    RadixOrder(long[] high, long[] low, int[] number) {
        this.high = high;
        this.low = low;
        this.number = number;
    }

    /** Sorts the first {@code count}. */
    void sort(int count) {
        sort(0, count, 0);
    }

    private void sort(int from, int to, int depth) {
        if (to - from <= INSERTION_MAX) {
            insert(from, to);
            return;
        }
        if (depth == KEY_BYTES) {
            return;
        }
        int[] ends = ends(from, to, depth);
        deal(from, ends, depth);
        int begin = from;
        for (int digit = 0; digit < RADIX; digit++) {
            if (ends[digit] - begin > 1) {
                sort(begin, ends[digit], depth + 1);
            }
            begin = ends[digit];
        }
    }

    private int[] ends(int from, int to, int depth) {
        var ends = new int[RADIX];
        for (int i = from; i < to; i++) {
            ends[digit(i, depth)]++;
        }
        int end = from;
        for (int digit = 0; digit < RADIX; digit++) {
            end += ends[digit];
            ends[digit] = end;
        }
        return ends;
    }

    /** Each digit's range fills from its front; a key in a foreign range changes places until one of this range comes. */
    private void deal(int from, int[] ends, int depth) {
        var next = new int[RADIX];
        next[0] = from;
        System.arraycopy(ends, 0, next, 1, RADIX - 1);
        for (int digit = 0; digit < RADIX; digit++) {
            while (next[digit] < ends[digit]) {
                int there = digit(next[digit], depth);
                swap(next[digit], next[there]++);
            }
        }
    }

    private int digit(int i, int depth) {
        long half = depth < Long.BYTES ? high[i] : low[i];
        return (int) (half >>> (Long.SIZE - Byte.SIZE * (depth % Long.BYTES + 1))) & (RADIX - 1);
    }

    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && less(j, j - 1); j--) {
                swap(j, j - 1);
            }
        }
    }

    private boolean less(int one, int other) {
        int first = Long.compareUnsigned(high[one], high[other]);
        return first < 0 || (first == 0 && Long.compareUnsigned(low[one], low[other]) < 0);
    }

    private void swap(int one, int other) {
        long highOne = high[one];
        high[one] = high[other];
        high[other] = highOne;
        long lowOne = low[one];
        low[one] = low[other];
        low[other] = lowOne;
        int numberOne = number[one];
        number[one] = number[other];
        number[other] = numberOne;
    }
}
