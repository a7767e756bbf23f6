package io.tamis.log;

import io.tamis.data.Code;

/**
 * Ids that were seen, at some 24 bytes each, where objects would take four times as much: open addressing over pairs of
 * longs. The all-zero id marks an empty place, so whether that one was seen is kept apart. For one thread.
 */
final class IdSet {
    /** Most ids: the table is one array. */
    static final long IDS_MAX = 500_000_000;

    private static final int PLACES_MIN = 64;

    private long[] table;
    private int used;
    private boolean zero;

    /** An empty set with room for this many; it grows when there are more. */
    IdSet(long expected) {
        table = table(expected);
    }

    /** Adds an id; false when it was there. */
    boolean add(long high, long low) {
        if ((high | low) == 0) {
            boolean fresh = !zero;
            zero = true;
            return fresh;
        }
        if (used >= table.length / 2 / 4 * 3) {
            grow();
        }
        int at = place(high, low);
        if (table[at] == high && table[at + 1] == low) {
            return false;
        }
        table[at] = high;
        table[at + 1] = low;
        used++;
        return true;
    }

    /** How many. */
    long size() {
        return used + (zero ? 1L : 0L);
    }

    private void grow() {
        long[] old = table;
        table = table(2L * used);
        for (int i = 0; i < old.length; i += 2) {
            if ((old[i] | old[i + 1]) != 0) {
                int at = place(old[i], old[i + 1]);
                table[at] = old[i];
                table[at + 1] = old[i + 1];
            }
        }
    }

    /** Where this id is, or the empty place where it belongs. */
    private int place(long high, long low) {
        int places = table.length / 2;
        // Ids of one millisecond differ in their low bits only, so both halves are mixed; the product's high word
        // picks.
        long mixed = (high * 0x9E3779B97F4A7C15L ^ low) * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 31;
        int place = (int) Math.unsignedMultiplyHigh(mixed * 0x94D049BB133111EBL, places);
        while (true) {
            int at = 2 * place;
            boolean empty = (table[at] | table[at + 1]) == 0;
            if (empty || (table[at] == high && table[at + 1] == low)) {
                return at;
            }
            place = place + 1 == places ? 0 : place + 1;
        }
    }

    private static long[] table(long ids) {
        if (ids > IDS_MAX) {
            throw new LogException(Code.TOO_LARGE);
        }
        // A third of the places stays empty: a search ends after about two steps.
        return new long[(int) (2 * Math.max(PLACES_MIN, ids + ids / 2))];
    }
}
