package io.tamis.he;

import io.tamis.he.ring.CoefficientPoly;
import java.math.BigInteger;

/** Coefficients modulo Q as whole numbers, by the Chinese remainder theorem and BigInteger: the oracle of rounding. */
public final class Crt {
    private Crt() {}

    /** Each coefficient's representative nearest to zero. */
    public static BigInteger[] centred(CoefficientPoly poly) {
        var q = poly.ring().modulus();
        var values = new BigInteger[poly.ring().n()];
        java.util.Arrays.fill(values, BigInteger.ZERO);
        for (int l = 0; l < poly.ring().primes().size(); l++) {
            var prime = BigInteger.valueOf(poly.ring().primes().get(l).q());
            var others = q.divide(prime);
            var basis = others.multiply(others.modInverse(prime));
            long[] residues = poly.residues(l);
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i].add(basis.multiply(BigInteger.valueOf(residues[i])));
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i].mod(q);
            if (values[i].shiftLeft(1).compareTo(q) > 0) {
                values[i] = values[i].subtract(q);
            }
        }
        return values;
    }

    /** {@code round(t*x/Q)} centred modulo t. */
    public static long plain(BigInteger x, HeParams params) {
        var t = BigInteger.valueOf(params.t());
        var q = params.modulus();
        var twice = x.multiply(t).shiftLeft(1).add(q);
        var floor = twice.subtract(twice.mod(q.shiftLeft(1))).divide(q.shiftLeft(1));
        var m = floor.mod(t);
        return (m.shiftLeft(1).compareTo(t) > 0 ? m.subtract(t) : m).longValueExact();
    }
}
