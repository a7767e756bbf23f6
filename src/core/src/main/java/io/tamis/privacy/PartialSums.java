package io.tamis.privacy;

import java.util.Arrays;

/**
 * Exact bounded sums of one shard or of all: a number per measure and group. Not private in itself: it must reach nobody
 * but {@link Releaser}, hence prints nothing.
 */
public final class PartialSums {
    private final long[][] cells;

    private PartialSums(long[][] cells) {
        this.cells = cells;
    }

    /** All zero: what no rows add up to. */
    public static PartialSums zero(KernelSpec spec) {
        return new PartialSums(new long[spec.measures().size()][spec.groups()]);
    }

    /** Takes the array itself: for the kernel, which forgets it. */
    static PartialSums owning(long[][] cells) {
        return new PartialSums(cells);
    }

    /** Sums of these cells, indexed by measure and group, copied. */
    public static PartialSums of(KernelSpec spec, long[][] cells) {
        PrivacyException.require(cells.length == spec.measures().size());
        var copy = new long[cells.length][];
        for (int measure = 0; measure < cells.length; measure++) {
            PrivacyException.require(cells[measure].length == spec.groups());
            copy[measure] = cells[measure].clone();
        }
        return new PartialSums(copy);
    }

    /** The cell-wise sum with another shard's. The shards must hold disjoint units, or the bound doubles. */
    public PartialSums merge(PartialSums other) {
        PrivacyException.require(measures() == other.measures() && groups() == other.groups());
        var merged = new long[measures()][groups()];
        for (int measure = 0; measure < merged.length; measure++) {
            for (int group = 0; group < merged[measure].length; group++) {
                merged[measure][group] = add(cells[measure][group], other.cells[measure][group]);
            }
        }
        return new PartialSums(merged);
    }

    /** The sum of a measure in a group. */
    public long at(int measure, int group) {
        return cells[measure][group];
    }

    /** Number of measures. */
    public int measures() {
        return cells.length;
    }

    /** Number of groups. */
    public int groups() {
        return cells[0].length;
    }

    static long add(long left, long right) {
        try {
            return Math.addExact(left, right);
        } catch (ArithmeticException overflow) {
            // Its message has no value in it, but it is not ours to promise: the fault alone goes on.
            throw new PrivacyException(PrivacyException.Fault.SUM_OUT_OF_RANGE);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartialSums that && Arrays.deepEquals(cells, that.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(cells);
    }

    @Override
    public String toString() {
        return "PartialSums";
    }
}
