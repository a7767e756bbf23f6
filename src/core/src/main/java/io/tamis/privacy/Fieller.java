package io.tamis.privacy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The 95 % interval of a quotient of two noised numbers (Fieller 1954): all ratios m for which S - m*C is within its own
 * 95 % interval. It is bounded only while C is clearly above zero, else nothing can be said and nothing is.
 *
 * <p>Fieller's test compares |S - m*C| with z*sqrt(var S + m^2 var C), z of the normal distribution. That is right for
 * Gaussian noise, up to whole numbers: for sigma under about 2 the coverage is not exact. Laplace noise has heavier tails,
 * and the tail of X - m*Y depends on m, so no z is right for all m. Here each z*sigma is replaced by the noise's own 95 %
 * reach w, its half-width and a half, and w_S^2 + m^2 w_C^2 is compared: exact for m near zero and for great m, where
 * one noise is alone, and cautious between, where two noises together are nearer to normal than one. (For continuous
 * Laplace noise of scales a and c the tail beyond ln 20 * sqrt(a^2 + c^2) is (a^2 e^(-z/a) - c^2 e^(-z/c)) / (a^2 - c^2),
 * which is 5 % where a or c is 0 and less elsewhere, down to 4.3 %.) The half stands for what lies between whole numbers.
 * Enumerated: at least 94.99 % for scales from 3 on, as every mean has within an epsilon of 1, and 94.3 % below.
 *
 * <p>Decimal arithmetic throughout.
 */
final class Fieller {
    /** Digits after the point of a mean, in minor units. */
    static final int SCALE = 2;

    private static final MathContext PRECISION = new MathContext(50, RoundingMode.HALF_EVEN);

    /** Square of the 97.5 % quantile of the normal distribution. */
    static final BigDecimal Z2 = new BigDecimal("3.841458820694124");

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private Fieller() {}

    /**
     * A noised number.
     *
     * @param variance of its noise
     * @param reachSquared the square of how far the noise goes with probability 95 %
     */
    record Noised(BigDecimal value, BigDecimal variance, BigDecimal reachSquared) {
        static Noised of(long value, Spread spread) {
            return switch (spread) {
                case GaussianVariance(var numerator, var denominator) -> {
                    var variance = new BigDecimal(numerator).divide(new BigDecimal(denominator), PRECISION);
                    yield new Noised(BigDecimal.valueOf(value), variance, Z2.multiply(variance));
                }
                case LaplaceScale scale -> {
                    BigDecimal reach = new BigDecimal(scale.halfWidth95()).add(HALF);
                    yield new Noised(BigDecimal.valueOf(value), Tail.variance(scale), reach.multiply(reach));
                }
                case SpreadSum sum
                when sum.each() instanceof GaussianVariance ->
                    new Noised(BigDecimal.valueOf(value), sum.variance(), Z2.multiply(sum.variance()));
                case SpreadSum sum -> {
                    BigDecimal reach = new BigDecimal(sum.halfWidth95()).add(HALF);
                    yield new Noised(BigDecimal.valueOf(value), sum.variance(), reach.multiply(reach));
                }
            };
        }

        private BigDecimal square() {
            return value.multiply(value);
        }
    }

    static Optional<Cell.Shown> mean(Noised sum, Noised count) {
        BigDecimal a = count.square().subtract(count.reachSquared, PRECISION);
        if (count.value.signum() <= 0 || a.signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal centre = sum.value.multiply(count.value);
        BigDecimal spread = sum.reachSquared
                .multiply(a)
                .add(count.reachSquared.multiply(sum.square()))
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
