package io.tamis.privacy;

import java.math.BigInteger;

/**
 * A coin that shows true with probability exp(-n/d), exactly: Canonne, Kamath and Steinke 2020, algorithm 1 (after von
 * Neumann and Forsythe). Integers only, no series, no rounding.
 */
final class BernoulliExp {
    /** Numerators and denominators up to here take the path without big integers: d*K stays under 2^62 for K up to 64. */
    static final long SMALL_MAX = 1L << 56;

    private static final int FACTOR_MAX = 64;

    private BernoulliExp() {}

    static boolean flip(SecureBits bits, long n, long d) {
        PrivacyException.require(n >= 0 && d >= 1);
        if (d > SMALL_MAX || n > SMALL_MAX) {
            return flip(bits, BigInteger.valueOf(n), BigInteger.valueOf(d));
        }
        for (long whole = n / d; whole > 0; whole--) {
            if (!flipFraction(bits, 1, 1)) {
                return false;
            }
        }
        return flipFraction(bits, n % d, d);
    }

    static boolean flip(SecureBits bits, BigInteger n, BigInteger d) {
        PrivacyException.require(n.signum() >= 0 && d.signum() > 0);
        BigInteger[] parts = n.divideAndRemainder(d);
        // The loop ends at the first false, after e/(e-1) rounds on average, however great the count.
        for (BigInteger whole = parts[0]; whole.signum() > 0; whole = whole.subtract(BigInteger.ONE)) {
            if (!flipFraction(bits, 1, 1)) {
                return false;
            }
        }
        return flipFraction(bits, parts[1], d);
    }

    /** n at most d: the chance that the k-th flip of probability n/(d*k) is the first to fail, summed over odd k. */
    private static boolean flipFraction(SecureBits bits, long n, long d) {
        for (int k = 1; k <= FACTOR_MAX; k++) {
            if (bits.below(d * k) >= n) {
                return k % 2 == 1;
            }
        }
        return flipFractionFrom(FACTOR_MAX + 1, bits, BigInteger.valueOf(n), BigInteger.valueOf(d));
    }

    private static boolean flipFraction(SecureBits bits, BigInteger n, BigInteger d) {
        return flipFractionFrom(1, bits, n, d);
    }

    private static boolean flipFractionFrom(long first, SecureBits bits, BigInteger n, BigInteger d) {
        long k = first;
        while (bits.below(d.multiply(BigInteger.valueOf(k))).compareTo(n) < 0) {
            k++;
        }
        return k % 2 == 1;
    }
}
