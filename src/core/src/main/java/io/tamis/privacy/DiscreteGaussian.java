package io.tamis.privacy;

import java.math.BigInteger;
import java.util.Objects;

/**
 * Samples P(x) proportional to exp(-x^2 / (2*sigma^2)) on the whole numbers, exactly, for a rational sigma^2 = N/D: Canonne,
 * Kamath and Steinke 2020, algorithm 3. Laplace proposals of scale t = floor(sigma) + 1 are kept with probability
 * exp(-(|y|tD - N)^2 / (2t^2DN)); no floating point decides anything.
 */
public final class DiscreteGaussian {
    /** Squares of numbers up to here stay within {@link BernoulliExp#SMALL_MAX}. */
    private static final long ROOT_MAX = 1L << 28;

    private final SecureBits bits;
    private final DiscreteLaplace proposals;
    private final BigInteger numerator;
    private final BigInteger step;
    private final BigInteger denominator;
    private final boolean small;

    /** A sampler with this variance parameter. */
    public DiscreteGaussian(SecureBits bits, GaussianVariance variance) {
        this.bits = Objects.requireNonNull(bits);
        this.numerator = variance.numerator();
        BigInteger t = numerator.divide(variance.denominator()).sqrt().add(BigInteger.ONE);
        this.proposals = new DiscreteLaplace(bits, t.longValueExact());
        this.step = t.multiply(variance.denominator());
        this.denominator = step.multiply(t).multiply(numerator).shiftLeft(1);
        this.small = denominator.compareTo(BigInteger.valueOf(BernoulliExp.SMALL_MAX)) <= 0;
    }

    /** A fresh draw. */
    public long draw() {
        while (true) {
            long drawn = proposals.draw();
            if (keep(Math.abs(drawn))) {
                return drawn;
            }
        }
    }

    private boolean keep(long magnitude) {
        if (small && magnitude < ROOT_MAX) {
            // step and numerator are under 2^56 here, but their product with a long need not be: hence the exact check.
            long high = Math.multiplyHigh(magnitude, step.longValue());
            long product = magnitude * step.longValue();
            long root = product - numerator.longValue();
            if (high == 0 && product >= 0 && root < ROOT_MAX && root > -ROOT_MAX) {
                return BernoulliExp.flip(bits, root * root, denominator.longValue());
            }
        }
        BigInteger root = step.multiply(BigInteger.valueOf(magnitude)).subtract(numerator);
        return BernoulliExp.flip(bits, root.multiply(root), denominator);
    }
}
