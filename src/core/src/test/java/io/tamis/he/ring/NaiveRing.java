package io.tamis.he.ring;

import java.math.BigInteger;
import java.util.Arrays;

/** Modulo X^n + 1 by the definition, in whole numbers: the oracle of the fast paths. */
final class NaiveRing {
    private NaiveRing() {}

    /** The product of two polynomials of canonical residues. */
    static long[] product(long[] a, long[] b, long q) {
        int n = a.length;
        var sums = new BigInteger[n];
        Arrays.fill(sums, BigInteger.ZERO);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                var term = BigInteger.valueOf(a[i]).multiply(BigInteger.valueOf(b[j]));
                int at = (i + j) % n;
                sums[at] = i + j < n ? sums[at].add(term) : sums[at].subtract(term);
            }
        }
        var modulus = BigInteger.valueOf(q);
        return Arrays.stream(sums)
                .mapToLong(sum -> sum.mod(modulus).longValueExact())
                .toArray();
    }

    /** Entry i is {@code p(psi^(2*bitrev(i)+1))}, by Horner's rule. */
    static long[] transform(long[] p, Prime prime) {
        int n = p.length;
        int bits = Integer.numberOfTrailingZeros(n);
        var values = new long[n];
        for (int i = 0; i < n; i++) {
            long at = prime.power(prime.psi(), 2L * (Integer.reverse(i) >>> (Integer.SIZE - bits)) + 1);
            long value = 0;
            for (int k = n - 1; k >= 0; k--) {
                value = (prime.times(value, at) + p[k]) % prime.q();
            }
            values[i] = value;
        }
        return values;
    }
}
