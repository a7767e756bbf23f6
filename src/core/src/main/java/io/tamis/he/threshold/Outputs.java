package io.tamis.he.threshold;

import io.tamis.he.HeException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The coefficients of a sum that are opened; all others are blinded. Ascending, none twice. Tags under masks open {0}.
 */
public final class Outputs {
    /** Coefficient 0 alone: a masked sum of tags. */
    public static final Outputs FIRST = new Outputs(0);

    /** Most coefficients. */
    public static final int MAX = 1 << 15;

    private final int[] coefficients;

    /** These coefficients: 1 or more, each from 0 to n-1, copied. */
    public Outputs(int... coefficients) {
        this.coefficients = coefficients.clone();
        HeException.require(coefficients.length >= 1 && coefficients.length <= MAX && coefficients[0] >= 0);
        for (int i = 1; i < coefficients.length; i++) {
            HeException.require(coefficients[i - 1] < coefficients[i]);
        }
    }

    /** Coefficients 0 to count-1: buckets. */
    public static Outputs first(int count) {
        HeException.require(count >= 1 && count <= MAX);
        return new Outputs(IntStream.range(0, count).toArray());
    }

    /** The coefficients, ascending; a copy. */
    public int[] coefficients() {
        return coefficients.clone();
    }

    /** How many. */
    public int size() {
        return coefficients.length;
    }

    /** Whether all are below n. */
    boolean within(int n) {
        return coefficients[coefficients.length - 1] < n;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Outputs that && Arrays.equals(coefficients, that.coefficients);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coefficients);
    }

    @Override
    public String toString() {
        return "Outputs" + Arrays.toString(coefficients);
    }
}
