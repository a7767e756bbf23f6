package io.tamis.he.ring;

/**
 * A polynomial by its values at the 2n-th roots of unity: entry i is {@code p(psi^(2*bitrev(i)+1))}. Products are entry
 * by entry.
 */
public final class NttPoly extends RnsPoly<NttPoly> {
    NttPoly(Ring ring, double[][][] rows) {
        super(ring, rows);
    }

    @Override
    NttPoly self() {
        return this;
    }

    @Override
    public NttPoly copy() {
        return new NttPoly(ring, copyOf(rows));
    }

    /** Multiplies by the operand: modulo X^n + 1. */
    public NttPoly multiply(NttPoly other) {
        requireSameRing(other);
        for (int l = 0; l < rows.length; l++) {
            ring.kernel(l).multiply(rows[l], other.rows[l]);
        }
        return this;
    }

    /** Adds {@code a * b}. For long sums see {@link Ring#sumOfProducts}. */
    public NttPoly multiplyAdd(NttPoly a, NttPoly b) {
        requireSameRing(a);
        requireSameRing(b);
        for (int l = 0; l < rows.length; l++) {
            ring.kernel(l).multiplyAdd(rows[l], a.rows[l], b.rows[l]);
        }
        return this;
    }

    /** The same polynomial by its coefficients. */
    public CoefficientPoly toCoefficients() {
        return ring.inverse(this);
    }

    @Override
    public long[] residues(int prime) {
        return Residues.canonicalOfTransformed(
                rows[prime], ring.primes().get(prime).q());
    }
}
