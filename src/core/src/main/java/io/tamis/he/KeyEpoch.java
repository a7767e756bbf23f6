package io.tamis.he;

/** The number of a collective key: 1, 2, .. in the order the ceremonies of an installation finished. */
public record KeyEpoch(long number) implements Comparable<KeyEpoch> {
    /** An epoch with this number, at least 1. */
    public KeyEpoch {
        HeException.require(number >= 1);
    }

    @Override
    public int compareTo(KeyEpoch other) {
        return Long.compare(number, other.number);
    }
}
