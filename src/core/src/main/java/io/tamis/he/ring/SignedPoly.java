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
        return taking(coefficients.clone());
    }

    /** Of this array itself, which nobody else uses from now on; {@link #close} zeroes it. */
    public static SignedPoly taking(long[] coefficients) {
        long outside = 0;
        for (long c : coefficients) {
            outside |= (ABS_MAX - c) | (c + ABS_MAX);
        }
        // The sign of a difference; one that overflows is caught by the other side.
        if (outside < 0) {
            throw new IllegalArgumentException("a coefficient is beyond 2^48");
        }
        return new SignedPoly(coefficients);
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
