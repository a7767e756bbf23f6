package io.tamis.he.ring;

import java.util.Arrays;

/**
 * A polynomial of the ring, modulo each prime, in one of two forms. Operations change the receiver and return it; the
 * operand stays. Both must be of the same ring. {@link #close()} zeroes a secret one.
 *
 * <p>Not thread-safe while it is changed; readers may share it.
 *
 * @param <P> the form
 */
public abstract sealed class RnsPoly<P extends RnsPoly<P>> implements AutoCloseable permits CoefficientPoly, NttPoly {
    final Ring ring;

    /** Per prime rows as {@link Shape} has them, reduced. */
    final double[][][] rows;

    RnsPoly(Ring ring, double[][][] rows) {
        this.ring = ring;
        this.rows = rows;
    }

    abstract P self();

    /** The ring it lives in. */
    public final Ring ring() {
        return ring;
    }

    /** A copy that shares nothing. */
    public abstract P copy();

    /** Adds the operand. */
    public final P add(P other) {
        requireSameRing(other);
        for (int l = 0; l < rows.length; l++) {
            ring.kernel(l).add(rows[l], other.rows[l]);
        }
        return self();
    }

    /** Subtracts the operand. */
    public final P subtract(P other) {
        requireSameRing(other);
        for (int l = 0; l < rows.length; l++) {
            ring.kernel(l).subtract(rows[l], other.rows[l]);
        }
        return self();
    }

    /** Multiplies by a constant. */
    public final P scale(RnsConstant factor) {
        if (factor.residues.length != rows.length) {
            throw new IllegalArgumentException("the constant is of another ring");
        }
        for (int l = 0; l < rows.length; l++) {
            ring.kernel(l).scale(rows[l], factor.residues[l]);
        }
        return self();
    }

    /** The residues in [0, q) of one prime, in the order of {@link Ring#transformed} or {@link Ring#coefficients}. */
    public abstract long[] residues(int prime);

    /** True for the zero polynomial. */
    public final boolean isZero() {
        for (int l = 0; l < rows.length; l++) {
            long q = ring.primes().get(l).q();
            for (double[] row : rows[l]) {
                for (double entry : row) {
                    if (Residues.canonical(entry, q) != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Equal residues modulo every prime. */
    public final boolean sameAs(P other) {
        return copy().subtract(other).isZero();
    }

    @Override
    public final void close() {
        for (double[][] prime : rows) {
            for (double[] row : prime) {
                Arrays.fill(row, 0);
            }
        }
    }

    final void requireSameRing(RnsPoly<?> other) {
        if (other.ring != ring) {
            throw new IllegalArgumentException("the polynomials are of different rings");
        }
    }

    static double[][][] copyOf(double[][][] rows) {
        var copy = new double[rows.length][][];
        for (int l = 0; l < rows.length; l++) {
            copy[l] = Arrays.stream(rows[l]).map(double[]::clone).toArray(double[][]::new);
        }
        return copy;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }
}
