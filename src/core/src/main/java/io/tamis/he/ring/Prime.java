package io.tamis.he.ring;

import java.math.BigInteger;

/**
 * A prime modulus q below 2^50 and a primitive 2n-th root of unity {@code psi} modulo q for the ring it is used in.
 *
 * @param q the prime, at least 3
 * @param psi the root, in [1, q)
 */
public record Prime(long q, long psi) {
    /** Bits of the largest prime: beyond it the double kernel is not exact (docs/fma-kernel.md). */
    static final int BITS_MAX = 50;

    public Prime {
        if (q < 3 || q >= 1L << BITS_MAX || !BigInteger.valueOf(q).isProbablePrime(100)) {
            throw new IllegalArgumentException("not a prime between 3 and 2^" + BITS_MAX);
        }
        if (psi < 1 || psi >= q) {
            throw new IllegalArgumentException("the root is not a residue");
        }
    }

    /** True when psi is a primitive 2n-th root of unity, n a power of two: {@code psi^n = -1}. */
    public boolean fits(int n) {
        return power(psi, n) == q - 1;
    }

    /** {@code a * b mod q} for residues in [0, q). Slow and plainly right. */
    long times(long a, long b) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .mod(BigInteger.valueOf(q))
                .longValueExact();
    }

    /** {@code base^exponent mod q}; a negative exponent inverts. */
    long power(long base, long exponent) {
        return BigInteger.valueOf(base)
                .modPow(BigInteger.valueOf(exponent), BigInteger.valueOf(q))
                .longValueExact();
    }
}
