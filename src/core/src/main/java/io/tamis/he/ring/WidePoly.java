package io.tamis.he.ring;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * n signed integers wider than a long, in limbs of 47 bits, the top one signed: coefficient i is
 * {@code sum limbs[k][i] * 2^(47k)}. The same integer modulo every prime.
 */
public final class WidePoly implements AutoCloseable {
    /** Bits of a limb: below half of every prime of 49 bits. */
    static final int LIMB_BITS = 47;

    /** 188 bits: more than any flood that fits four primes. */
    static final int LIMBS_MAX = 4;

    final long[][] limbs;

    WidePoly(long[][] limbs) {
        if (limbs.length < 1 || limbs.length > LIMBS_MAX) {
            throw new IllegalArgumentException("one to " + LIMBS_MAX + " limbs");
        }
        this.limbs = limbs;
    }

    /** How many coefficients. */
    public int n() {
        return limbs[0].length;
    }

    /** One coefficient as a number: for tests and readers, not for loops. */
    public BigInteger coefficient(int i) {
        var value = BigInteger.ZERO;
        for (int k = limbs.length - 1; k >= 0; k--) {
            value = value.shiftLeft(LIMB_BITS).add(BigInteger.valueOf(limbs[k][i]));
        }
        return value;
    }

    @Override
    public void close() {
        for (long[] limb : limbs) {
            Arrays.fill(limb, 0);
        }
    }

    @Override
    public String toString() {
        return "WidePoly";
    }
}
