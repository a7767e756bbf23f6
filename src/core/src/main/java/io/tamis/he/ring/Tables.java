package io.tamis.he.ring;

import java.util.Arrays;

/**
 * What the kernels know of one prime: the twiddle factors {@code psi^bitrev(i)} and their inverses as balanced doubles,
 * for the scalar stages with their quotients {@code w/q}. Shared, never changed after construction.
 */
final class Tables {
    final Prime prime;
    final Shape shape;
    final double q;
    final double qInverse;

    /** {@code psi^bitrev(i, lg n)} for i < outer, balanced, and divided by q: one scalar a butterfly of rows. */
    final double[] w;

    final double[] wOverQ;

    /** One factor an entry of the form between: row p+b, place {@code a*inner + c} has number {@code outer*p + a*p + b}. */
    final double[][] between;

    /** One factor an entry of transformed form: row p+b, place g has number {@code outer*middle*p + g*p + b}. */
    final double[][] last;

    final double[] wInverse;
    final double[] wInverseOverQ;
    final double[][] betweenInverse;
    final double[][] lastInverse;

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
        w = Arrays.copyOf(forward, shape.outer());
        wOverQ = overQ(w);
        between = rows(forward, shape.middle(), shape.outer(), shape.inner());
        last = rows(forward, shape.inner(), shape.outer() * shape.middle(), 1);
        wInverse = Arrays.copyOf(backward, shape.outer());
        wInverseOverQ = overQ(wInverse);
        betweenInverse = rows(backward, shape.middle(), shape.outer(), shape.inner());
        lastInverse = rows(backward, shape.inner(), shape.outer() * shape.middle(), 1);
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

    /** Factors of butterflies between {@code count} rows of {@code groups * repeat} entries. */
    private static double[][] rows(double[] powers, int count, int groups, int repeat) {
        var made = new double[count][groups * repeat];
        for (int p = 1; p < count; p *= 2) {
            for (int b = 0; b < p; b++) {
                for (int g = 0; g < groups; g++) {
                    Arrays.fill(made[p + b], g * repeat, (g + 1) * repeat, powers[groups * p + g * p + b]);
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
}
