package io.tamis.he.ring;

import java.util.Arrays;

/**
 * n small signed integers: the same polynomial modulo every prime. Values are below 2^48 in absolute value, so that they
 * are less than half of every prime of a profile.
 */
public final class SignedPoly implements AutoCloseable {
    /** Coefficients are at most this in absolute value. */
    public static final long ABS_MAX = (1L << 48) - 1;

    final long[] coefficients;

    private SignedPoly(long[] coefficients) {
        this.coefficients = coefficients;
    }

    /** Of these coefficients, copied. */
    public static SignedPoly of(long[] coefficients) {
        for (long c : coefficients) {
            if (c > ABS_MAX || c < -ABS_MAX) {
                throw new IllegalArgumentException("a coefficient is beyond 2^48");
            }
        }
        return new SignedPoly(coefficients.clone());
    }

    /** Takes the array over: for samplers, whose values are small by construction. */
    static SignedPoly owning(long[] coefficients) {
        return new SignedPoly(coefficients);
    }

    /** How many coefficients. */
    public int n() {
        return coefficients.length;
    }

    /** A copy. The caller zeroes it when it is secret. */
    public long[] toArray() {
        return coefficients.clone();
    }

    @Override
    public void close() {
        Arrays.fill(coefficients, 0);
    }

    @Override
    public String toString() {
        return "SignedPoly";
    }
}
