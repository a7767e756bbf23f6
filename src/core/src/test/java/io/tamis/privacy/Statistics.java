package io.tamis.privacy;

import java.util.function.DoublePredicate;

/** Textbook functions for the statistical tests; {@link StatisticsTest} holds them to tables. */
final class Statistics {
    /** The false-alarm rate of every statistical test here. */
    static final double FALSE_ALARM = 1e-6;

    private static final double TINY = 1e-300;

    private Statistics() {}

    /** Pearson's statistic of observed counts against expected ones. */
    static double chiSquare(long[] observed, double[] expected) {
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            double difference = observed[i] - expected[i];
            sum += difference * difference / expected[i];
        }
        return sum;
    }

    /** P[chi-square of this many degrees of freedom >= x]. */
    static double chiSquareTail(double x, int degrees) {
        return upperGamma(degrees / 2.0, x / 2);
    }

    /** The regularised upper incomplete gamma function Q(a, x). */
    static double upperGamma(double a, double x) {
        if (x <= 0) {
            return 1;
        }
        double front = Math.exp(-x + a * Math.log(x) - lnGamma(a));
        if (x < a + 1) {
            double term = 1 / a;
            double sum = term;
            for (int n = 1; n < 100_000 && term > sum * 1e-16; n++) {
                term *= x / (a + n);
                sum += term;
            }
            return 1 - sum * front;
        }
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < 100_000; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / notZero(an * d + b);
            c = notZero(b + an / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-15) {
                break;
            }
        }
        return front * h;
    }

    /** The regularised incomplete beta function I_x(a, b). */
    static double beta(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - front * betaFraction(1 - x, b, a) / b;
        }
        return front * betaFraction(x, a, b) / a;
    }

    /** The lower end of the exact interval of a proportion (Clopper and Pearson 1934), one-sided. */
    static double proportionLow(long hits, long draws, double alarm) {
        return hits == 0 ? 0 : bisect(x -> beta(x, (double) hits, draws - hits + 1.0) < alarm);
    }

    /** The upper end of the exact interval of a proportion, one-sided. */
    static double proportionHigh(long hits, long draws, double alarm) {
        return hits == draws ? 1 : bisect(x -> 1 - beta(x, hits + 1.0, (double) (draws - hits)) > alarm);
    }

    /** Standard normal distribution function. */
    static double normal(double z) {
        double tail = upperGamma(0.5, z * z / 2) / 2;
        return z >= 0 ? 1 - tail : tail;
    }

    private static double bisect(DoublePredicate below) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (below.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double betaFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / notZero(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < 100_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / notZero(1 + even * d);
            c = notZero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / notZero(1 + odd * d);
            c = notZero(1 + odd / c);
            h *= d * c;
            if (Math.abs(d * c - 1) < 1e-15) {
                break;
            }
        }
        return h;
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Stirling's series after moving x beyond 10, where five terms are exact to 1e-13. */
    static double lnGamma(double x) {
        double shifted = x;
        double product = 1;
        while (shifted < 10) {
            product *= shifted;
            shifted++;
        }
        double inverse = 1 / shifted;
        double square = inverse * inverse;
        double series = inverse
                * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
        return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
    }
}
