package io.tamis.he.ring;

import java.util.Arrays;

/**
 * What the kernels know of one prime: the twiddle factors {@code psi^bitrev(i)} and their inverses as balanced doubles
 * with their quotients {@code w/q}. Shared, never changed after construction.
 */
final class Tables {
    final Prime prime;
    final Shape shape;
    final double q;
    final double qInverse;

    /** {@code psi^bitrev(i, lg n)} for i < rows, balanced, and divided by q: one scalar a butterfly of rows. */
    final double[] w;

    final double[] wOverQ;

    /** Rows {@code v[p+b][g] = psi^bitrev(rows*p + g*p + b)}: one factor an entry. */
    final double[][] v;

    final double[][] vOverQ;

    final double[] wInverse;
    final double[] wInverseOverQ;
    final double[][] vInverse;
    final double[][] vInverseOverQ;

    /** Canonical {@code n^-1 mod q}. */
    final long nInverse;

    Tables(Prime prime, Shape shape) {
        if (!prime.fits(shape.n())) {
            throw new IllegalArgumentException("the root is not a primitive 2n-th root of unity");
        }
        this.prime = prime;
        this.shape = shape;
        q = prime.q();
        qInverse = 1.0 / q;
        nInverse = prime.power(shape.n(), -1);
        double[] forward = powers(prime.psi());
        double[] backward = powers(prime.power(prime.psi(), -1));
        w = head(forward);
        wOverQ = overQ(w);
        v = rows(forward);
        vOverQ = overQ(v);
        wInverse = head(backward);
        wInverseOverQ = overQ(wInverse);
        vInverse = rows(backward);
        vInverseOverQ = overQ(vInverse);
    }

    /** The residue nearest to zero, as a double. */
    double balanced(long canonical) {
        return canonical > prime.q() / 2 ? canonical - prime.q() : canonical;
    }

    /** {@code root^bitrev(i, lg n)}, balanced. */
    private double[] powers(long root) {
        int bits = shape.logN();
        var powers = new double[shape.n()];
        long power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[Integer.reverse(i) >>> (Integer.SIZE - bits)] = balanced(power);
            power = prime.times(power, root);
        }
        return powers;
    }

    private double[] head(double[] powers) {
        return Arrays.copyOf(powers, shape.rows());
    }

    private double[][] rows(double[] powers) {
        int rows = shape.rows();
        double[][] made = shape.transformed();
        for (int p = 1; p < shape.cols(); p *= 2) {
            for (int b = 0; b < p; b++) {
                for (int g = 0; g < rows; g++) {
                    made[p + b][g] = powers[rows * p + g * p + b];
                }
            }
        }
        return made;
    }

    private double[] overQ(double[] factors) {
        var quotients = new double[factors.length];
        for (int i = 0; i < factors.length; i++) {
            quotients[i] = factors[i] * qInverse;
        }
        return quotients;
    }

    private double[][] overQ(double[][] factors) {
        return Arrays.stream(factors).map(this::overQ).toArray(double[][]::new);
    }
}
