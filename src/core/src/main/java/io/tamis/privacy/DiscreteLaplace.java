package io.tamis.privacy;

import java.math.BigInteger;
import java.util.Objects;

/**
 * Samples P(x) proportional to exp(-|x|*s/t) on the whole numbers, exactly: Canonne, Kamath and Steinke 2020, algorithm 2.
 * The noise of scale t/s on a number of L1 sensitivity D is (D*s/t)-differentially private.
 */
public final class DiscreteLaplace {
    /** Numerators and denominators of the scale up to here take the path without big integers. */
    public static final long SMALL_MAX = 1L << 55;

    private final SecureBits bits;
    private final BigInteger numerator;
    private final BigInteger denominator;
    private final boolean small;

    /** A sampler of this scale. */
    public DiscreteLaplace(SecureBits bits, LaplaceScale scale) {
        this(bits, scale.numerator(), scale.denominator());
    }

    /** A sampler of a whole scale: proposals for {@link DiscreteGaussian}. */
    DiscreteLaplace(SecureBits bits, long scale) {
        this(bits, BigInteger.valueOf(scale), BigInteger.ONE);
    }

    private DiscreteLaplace(SecureBits bits, BigInteger numerator, BigInteger denominator) {
        this.bits = Objects.requireNonNull(bits);
        this.numerator = numerator;
        this.denominator = denominator;
        BigInteger most = BigInteger.valueOf(SMALL_MAX);
        this.small = numerator.compareTo(most) <= 0 && denominator.compareTo(most) <= 0;
    }

    /** A fresh draw. */
    public long draw() {
        while (true) {
            long magnitude = small
                    ? magnitude(numerator.longValue(), denominator.longValue())
                    : magnitude(numerator, denominator);
            boolean negative = bits.bit();
            // Zero would come out twice as often as it should if "minus zero" were let through.
            if (magnitude != 0 || !negative) {
                return negative ? -magnitude : magnitude;
            }
        }
    }

    private long magnitude(long t, long s) {
        long low;
        do {
            low = bits.below(t);
        } while (!BernoulliExp.flip(bits, low, t));
        // Exceeds a long only for high over 128, which has a chance under e^-128; then it fails instead of wrapping.
        return PartialSums.add(low, Math.multiplyExact(t, high())) / s;
    }

    private long magnitude(BigInteger t, BigInteger s) {
        BigInteger low;
        do {
            low = bits.below(t);
        } while (!BernoulliExp.flip(bits, low, t));
        // The scale t/s is under 2^54, so this does not fit a long with a chance under e^-512.
        return low.add(t.multiply(BigInteger.valueOf(high()))).divide(s).longValueExact();
    }

    private long high() {
        long high = 0;
        while (BernoulliExp.flip(bits, 1, 1)) {
            high++;
        }
        return high;
    }
}
