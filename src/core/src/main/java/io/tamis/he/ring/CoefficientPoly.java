package io.tamis.he.ring;

/** A polynomial by its coefficients. */
public final class CoefficientPoly extends RnsPoly<CoefficientPoly> {
    CoefficientPoly(Ring ring, double[][][] rows) {
        super(ring, rows);
    }

    @Override
    CoefficientPoly self() {
        return this;
    }

    @Override
    public CoefficientPoly copy() {
        return new CoefficientPoly(ring, copyOf(rows));
    }

    /** The same polynomial, transformed. */
    public NttPoly toNtt() {
        return ring.forward(this);
    }

    @Override
    public long[] residues(int prime) {
        return Residues.canonicalOfCoefficients(
                rows[prime], ring.primes().get(prime).q());
    }
}
