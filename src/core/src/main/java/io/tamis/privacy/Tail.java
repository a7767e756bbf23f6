package io.tamis.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How far the noise strays: the smallest whole h with P[|X| > h] at most 5 %. Only intervals and predictions rest on it,
 * no accept decision does, hence floating point is allowed here; rounding makes an interval wider, never narrower.
 */
final class Tail {
    /** Up to this sigma^2 the probabilities are summed term by term; beyond it the sum is 2^-53-close to the integral. */
    static final BigInteger SUMMED_MAX = BigInteger.ONE.shiftLeft(24);

    /** 97.5 % quantile of the normal distribution. */
    private static final BigDecimal QUANTILE = new BigDecimal("1.959963984540054");

    /**
     * For large sigma P[X > h] is the normal tail at h + 1/2 up to a shift under 0.1/sigma (Euler and Maclaurin), which
     * this covers with room.
     */
    private static final BigDecimal SHIFT = new BigDecimal("0.499");

    private static final double OUTSIDE = 0.05 * (1 - 1e-12);

    /** exp(-12^2/2) is under 1e-31: what lies beyond 12 sigma is nothing to a sum of doubles. */
    private static final int SIGMAS = 12;

    /** 20 = 1/0.05: the natural logarithm, rounded up. */
    private static final BigDecimal LN_20 = new BigDecimal("2.995732273553990993435223576142540776");

    /** 40 ln 2, rounded up. */
    private static final BigDecimal LN_RARE = new BigDecimal("27.72588722239781237668928485832706");

    private static final BigDecimal HALF = new BigDecimal("0.5");

    /** Up to this scale the closed formulas are evaluated in doubles; beyond it their first terms are exact enough. */
    private static final BigInteger CLOSED_MAX = BigInteger.ONE.shiftLeft(20);

    /** Covers the rounding errors of a few double operations. */
    private static final double UP = 1 + 1e-12;

    private Tail() {}

    static BigInteger halfWidth95(GaussianVariance variance) {
        return halfWidth95(variance.numerator(), variance.denominator());
    }

    /** Of the discrete Gaussian of this variance, which as a sum's may be beyond what a single noise may have. */
    static BigInteger halfWidth95(BigInteger numerator, BigInteger denominator) {
        if (numerator.compareTo(denominator.multiply(SUMMED_MAX)) <= 0) {
            return BigInteger.valueOf(summed(numerator.doubleValue() / denominator.doubleValue()));
        }
        BigDecimal sigma = new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
                .sqrt(MathContext.DECIMAL128);
        return QUANTILE.multiply(sigma)
                .subtract(SHIFT)
                .setScale(0, RoundingMode.CEILING)
                .toBigIntegerExact();
    }

    private static long summed(double variance) {
        double twice = 2 * variance;
        int last = SIGMAS * (int) StrictMath.ceil(StrictMath.sqrt(twice / 2)) + 1;
        double total = 0;
        for (int x = last; x >= 1; x--) {
            total += 2 * weight(x, twice);
        }
        total += 1;
        double tail = 0;
        int h = last;
        while (h > 0 && (tail + 2 * weight(h, twice)) <= OUTSIDE * total) {
            tail += 2 * weight(h, twice);
            h--;
        }
        return h;
    }

    /**
     * With q = exp(-1/b), P[|X| > h] = 2 q^(h+1) / (1+q). It is at most 5 % from h = b ln(40/(1+q)) - 1 on, which is less
     * than b ln 20 - 1/2, by under 1/(8b).
     */
    static BigInteger halfWidth95(LaplaceScale scale) {
        if (!closed(scale)) {
            return scale.scale(MathContext.DECIMAL128)
                    .multiply(LN_20)
                    .subtract(HALF)
                    .setScale(0, RoundingMode.CEILING)
                    .toBigIntegerExact();
        }
        double inverse = inverse(scale);
        double q = StrictMath.exp(-inverse);
        long h = (long) StrictMath.floor(StrictMath.log(40 / (1 + q)) / inverse) + 1;
        while (h > 0 && 2 * StrictMath.exp(-h * inverse) / (1 + q) <= OUTSIDE) {
            h--;
        }
        return BigInteger.valueOf(h);
    }

    /** The variance of any spread; of a Gaussian its parameter, which is not less. */
    static BigDecimal variance(Spread spread) {
        return switch (spread) {
            case GaussianVariance(BigInteger numerator, BigInteger denominator) ->
                new BigDecimal(numerator).divide(new BigDecimal(denominator), MathContext.DECIMAL128);
            case LaplaceScale scale -> variance(scale);
            case SpreadSum sum -> sum.variance();
        };
    }

    /**
     * The smallest whole h, or a little more, with P[X > h] at most 2^-40. Gaussian: P[X >= x] <= e^(-x^2 / (2 sigma^2)), a
     * discrete one being no heavier than a continuous one (Canonne, Kamath and Steinke 2020, corollary 9); Laplace: P[X > h] <
     * e^(-(h+1)/b).
     */
    static BigInteger rare(Spread spread) {
        return switch (spread) {
            case GaussianVariance variance ->
                LN_RARE.add(LN_RARE)
                        .sqrt(MathContext.DECIMAL128)
                        .multiply(variance.sigma(MathContext.DECIMAL128))
                        .setScale(0, RoundingMode.CEILING)
                        .toBigIntegerExact();
            case LaplaceScale scale ->
                LN_RARE.multiply(scale.scale(MathContext.DECIMAL128))
                        .setScale(0, RoundingMode.CEILING)
                        .toBigIntegerExact();
            case SpreadSum _ -> throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
        };
    }

    /** The variance 2q/(1-q)^2 = 1/(2 sinh^2(1/2b)), rounded up; for great scales 2b^2, which is 1/6 more. */
    static BigDecimal variance(LaplaceScale scale) {
        if (!closed(scale)) {
            BigDecimal b = scale.scale(MathContext.DECIMAL128);
            return b.multiply(b).multiply(BigDecimal.TWO);
        }
        double sinh = StrictMath.sinh(inverse(scale) / 2);
        return BigDecimal.valueOf(UP / (2 * sinh * sinh));
    }

    private static boolean closed(LaplaceScale scale) {
        return scale.numerator().compareTo(scale.denominator().multiply(CLOSED_MAX)) <= 0;
    }

    private static double inverse(LaplaceScale scale) {
        return scale.denominator().doubleValue() / scale.numerator().doubleValue();
    }

    private static double weight(double x, double twiceVariance) {
        return StrictMath.exp(-x * x / twiceVariance);
    }
}
