package io.tamis.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How far sums of independent noises stray: h with P[|X1 + .. + Xm| > h] at most 5 %, for intervals and predictions only.
 * Rounding makes an interval wider, never narrower.
 *
 * <ul>
 *   <li>Gaussians of sigma^2 >= 4: their sum is, up to a relative 2e^(-4*pi^2) < 2e-17 in each probability, the discrete
 *       Gaussian of m*sigma^2 (Poisson summation; one summand given the sum has variance >= sigma^2/2 about a real centre).
 *   <li>Smaller Gaussians, and Laplace of scale up to {@link #SCALE_SUMMED_MAX}: the probabilities are convolved.
 *   <li>Laplace of scale b beyond: a discrete Laplace is floor(E) - floor(E') of exponentials of mean b, so the sum is within m of
 *       b times the difference of two Gamma(m) variables, whose tail is a polynomial times e^-x. Adding m to its quantile is
 *       safe and, at such a scale, a few percent at most.
 * </ul>
 */
final class SumTail {
    /** Greatest Laplace scale that is convolved. */
    static final int SCALE_SUMMED_MAX = 32;

    private static final double VARIANCE_SUMMED_MAX = 4;
    private static final double OUTSIDE = 0.05;
    private static final double DOWN = 1 - 1e-9;
    private static final double UP = 1 + 1e-9;

    /** Beyond 12 sigma of a Gaussian, or 40 scales of a Laplace, there is less than 1e-17. */
    private static final int SIGMAS = 12;

    private static final int SCALES = 40;
    private static final double QUANTILE_MAX = 100;
    private static final int BISECTIONS = 100;

    private SumTail() {}

    static BigInteger halfWidth95(SpreadSum sum) {
        return switch (sum.each()) {
            case GaussianVariance variance -> gaussian(variance, sum.draws());
            case LaplaceScale scale -> laplace(scale, sum.draws());
            case SpreadSum _ -> throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
        };
    }

    private static BigInteger gaussian(GaussianVariance variance, int draws) {
        double each = ratio(variance.numerator(), variance.denominator());
        if (each < VARIANCE_SUMMED_MAX) {
            int last = SIGMAS * (int) StrictMath.ceil(StrictMath.max(1, StrictMath.sqrt(each)));
            return BigInteger.valueOf(convolved(x -> StrictMath.exp(-(double) x * x / (2 * each)), last, draws));
        }
        BigInteger numerator = variance.numerator().multiply(BigInteger.valueOf(draws));
        return Tail.halfWidth95(numerator, variance.denominator());
    }

    private static BigInteger laplace(LaplaceScale scale, int draws) {
        double b = ratio(scale.numerator(), scale.denominator());
        if (b <= SCALE_SUMMED_MAX) {
            int last = (int) StrictMath.ceil(SCALES * StrictMath.max(1, b));
            return BigInteger.valueOf(convolved(x -> StrictMath.exp(-x / b), last, draws));
        }
        return scale.scale(MathContext.DECIMAL128)
                .multiply(BigDecimal.valueOf(quantile(draws) * UP))
                .setScale(0, RoundingMode.CEILING)
                .toBigIntegerExact()
                .add(BigInteger.valueOf(draws));
    }

    private static double ratio(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** A weight of the distance from 0. */
    private interface Weight {
        double of(int distance);
    }

    private static long convolved(Weight weight, int last, int draws) {
        double[] one = new double[2 * last + 1];
        for (int x = 0; x <= last; x++) {
            one[last + x] = weight.of(x);
            one[last - x] = one[last + x];
        }
        double[] sum = one;
        for (int draw = 1; draw < draws; draw++) {
            sum = convolve(sum, one);
        }
        return smallest(sum);
    }

    private static double[] convolve(double[] left, double[] right) {
        var product = new double[left.length + right.length - 1];
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < right.length; j++) {
                product[i + j] += left[i] * right[j];
            }
        }
        return product;
    }

    private static long smallest(double[] weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        int h = weights.length / 2;
        double outside = 0;
        while (h > 0 && outside + 2 * weights[weights.length / 2 + h] <= OUTSIDE * total * DOWN) {
            outside += 2 * weights[weights.length / 2 + h];
            h--;
        }
        return h;
    }

    /** x with P[|S| > x] = 5 %, S the difference of two Gamma(m) variables of scale 1. */
    private static double quantile(int m) {
        double low = 0;
        double high = QUANTILE_MAX;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (2 * tail(m, middle) > OUTSIDE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * P[G - G' > x] = e^-x sum over i < m, j <= i of x^(i-j)/(i-j)! * C(m-1+j, j) / 2^(m+j): given G', G exceeds x + G' when a
     * Poisson process has fewer than m points there, and E[e^-G' G'^j / j!] = C(m-1+j, j) / 2^(m+j).
     */
    static double tail(int m, double x) {
        double sum = 0;
        for (int j = 0; j < m; j++) {
            double term = choose(m - 1 + j, j) / StrictMath.pow(2, m + j);
            double power = 1;
            for (int k = 0; k < m - j; k++) {
                sum += power * term;
                power *= x / (k + 1);
            }
        }
        return StrictMath.exp(-x) * sum;
    }

    private static double choose(int n, int k) {
        double product = 1;
        for (int i = 1; i <= k; i++) {
            product *= (double) (n - k + i) / i;
        }
        return product;
    }
}
