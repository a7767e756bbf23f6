package io.tamis.audience;

import io.tamis.catalog.scan.PositionScan;
import io.tamis.he.mask.BitMask;

/**
 * Who of a platform's persons is in which segment, by position. Personal, exact, in memory only: what leaves is masks, which
 * key holders see for the segments they open, and numbers with noise.
 */
final class Segments {
    private final byte[] labels;

    /** Takes the array itself, as {@link PositionScan} makes it. */
    Segments(byte[] labels) {
        this.labels = labels;
    }

    /** How many persons are in each of so many groups, exactly: to be noised at once. */
    long[] users(int groups) {
        var users = new long[groups];
        for (byte label : labels) {
            if (label != PositionScan.NOBODY) {
                users[label - 1]++;
            }
        }
        return users;
    }

    /** The mask of a group over all positions. */
    BitMask mask(int group) {
        return BitMask.of(labels.length, position -> labels[position] == group + 1);
    }

    @Override
    public String toString() {
        return "Segments";
    }
}
