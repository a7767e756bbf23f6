package io.tamis.privacy;

import java.util.Objects;

/**
 * Samples P(x) proportional to exp(-|x|*s/t) on the whole numbers, exactly: Canonne, Kamath and Steinke 2020, algorithm 2.
 * The noise of scale t/s on a number of L1 sensitivity D is (D*s/t)-differentially private.
 */
public final class DiscreteLaplace {
    /** Greatest numerator of the scale: draws stay far inside a long. */
    public static final long SCALE_MAX = 1L << 55;

    private final SecureBits bits;
    private final long numerator;
    private final long denominator;

    /** A sampler of scale {@code numerator / denominator}. */
    public DiscreteLaplace(SecureBits bits, long numerator, long denominator) {
        PrivacyException.require(numerator >= 1 && numerator <= SCALE_MAX && denominator >= 1);
        this.bits = Objects.requireNonNull(bits);
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** A fresh draw. */
    public long draw() {
        while (true) {
            long magnitude = magnitude();
            boolean negative = bits.bit();
            // Zero would come out twice as often as it should if "minus zero" were let through.
            if (magnitude != 0 || !negative) {
                return negative ? -magnitude : magnitude;
            }
        }
    }

    private long magnitude() {
        long low;
        do {
            low = bits.below(numerator);
        } while (!BernoulliExp.flip(bits, low, numerator));
        long high = 0;
        while (BernoulliExp.flip(bits, 1, 1)) {
            high++;
        }
        // Exceeds a long only for high over 128, which has a chance under e^-128; then it fails instead of wrapping.
        return PartialSums.add(low, Math.multiplyExact(numerator, high)) / denominator;
    }
}
