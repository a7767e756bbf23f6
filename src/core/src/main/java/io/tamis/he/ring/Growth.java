package io.tamis.he.ring;

/**
 * Follows the largest entry of a lazy transform, in units of q, and says before which stage the rows must be reduced so
 * that every sum stays an exact integer of a double (docs/fma-kernel.md). It depends on q alone, never on data.
 */
final class Growth {
    private static final double EXACT = 0x1p53;

    /** Reduced entries are at most q/2 + 1. */
    private static final double REDUCED = 0.5 + 0x1p-10;

    private final double limit;
    private final double error;
    private double bound = REDUCED;

    Growth(double q) {
        // Small primes of tests need no laziness either; 16 is what primes below 2^49 allow.
        limit = Math.min(EXACT / q, 16);
        // The quotient is off by at most 1.5 * 2^-53 * |v| beyond the rounding to an integer.
        error = 1.5 * q / EXACT;
    }

    /** {@code u + r, u - r} with {@code |r| <= q/2 + error*|v|}. True when the caller must reduce before the stage. */
    boolean forwardStageOverflows() {
        double next = bound + product(bound);
        boolean reduce = next >= limit;
        bound = reduce ? REDUCED + product(REDUCED) : next;
        return reduce;
    }

    /** {@code u + v} and {@code (u - v) * w}. True when the caller must reduce before the stage. */
    boolean inverseStageOverflows() {
        boolean reduce = 2 * bound >= limit;
        double from = reduce ? REDUCED : bound;
        bound = Math.max(2 * from, product(2 * from));
        return reduce;
    }

    private double product(double v) {
        return REDUCED + error * v;
    }
}
