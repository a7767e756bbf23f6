package io.tamis.he.threshold;

import io.tamis.he.HeException;

/**
 * A key holder's number in its roster: 1 to 8, which is also the point its Shamir share is the value at.
 *
 * @param number 1 to {@value #MAX}
 */
public record HolderIndex(int number) implements Comparable<HolderIndex> {
    /** Most holders of a key. */
    public static final int MAX = 8;

    /** A valid index. */
    public HolderIndex {
        HeException.require(number >= 1 && number <= MAX);
    }

    @Override
    public int compareTo(HolderIndex other) {
        return Integer.compare(number, other.number);
    }
}
