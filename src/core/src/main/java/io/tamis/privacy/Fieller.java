package io.tamis.privacy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The 95 % interval of a quotient of two noised numbers (Fieller 1954): all ratios m for which S - m*C is within its own
 * normal interval. It is bounded only while C is clearly above zero, else nothing can be said and nothing is.
 *
 * <p>Decimal arithmetic throughout. The noise is taken as normal: for sigma under about 2 the coverage is not exact.
 */
final class Fieller {
    /** Digits after the point of a mean, in minor units. */
    static final int SCALE = 2;

    private static final MathContext PRECISION = new MathContext(50, RoundingMode.HALF_EVEN);

    /** Square of the 97.5 % quantile of the normal distribution. */
    private static final BigDecimal Z2 = new BigDecimal("3.841458820694124");

    private Fieller() {}

    /** A noised number and the variance of its noise. */
    record Noised(BigDecimal value, BigDecimal variance) {
        static Noised of(long value, GaussianVariance variance) {
            BigDecimal exact = new BigDecimal(variance.numerator());
            return new Noised(
                    BigDecimal.valueOf(value), exact.divide(new BigDecimal(variance.denominator()), PRECISION));
        }

        private BigDecimal square() {
            return value.multiply(value);
        }
    }

    static Optional<Cell.Shown> mean(Noised sum, Noised count) {
        BigDecimal a = count.square().subtract(Z2.multiply(count.variance), PRECISION);
        if (count.value.signum() <= 0 || a.signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal centre = sum.value.multiply(count.value);
        BigDecimal spread = Z2.multiply(sum.variance.multiply(a).add(count.variance.multiply(sum.square())))
                .sqrt(PRECISION);
        BigDecimal mean = sum.value.divide(count.value, PRECISION);
        BigDecimal deviation = sum.variance
                .add(mean.multiply(mean).multiply(count.variance))
                .sqrt(PRECISION)
                .divide(count.value, PRECISION);
        var interval = new Interval(
                centre.subtract(spread).divide(a, PRECISION).setScale(SCALE, RoundingMode.FLOOR),
                centre.add(spread).divide(a, PRECISION).setScale(SCALE, RoundingMode.CEILING));
        return Optional.of(new Cell.Shown(
                mean.setScale(SCALE, RoundingMode.HALF_EVEN),
                deviation.setScale(SCALE, RoundingMode.CEILING),
                interval));
    }
}
