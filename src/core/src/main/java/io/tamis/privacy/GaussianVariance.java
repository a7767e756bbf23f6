package io.tamis.privacy;

import io.tamis.data.MicroRho;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The variance parameter sigma^2 of a discrete Gaussian as an exact fraction in lowest terms.
 *
 * @param numerator N of sigma^2 = N/D, above 0
 * @param denominator D, above 0
 */
public record GaussianVariance(BigInteger numerator, BigInteger denominator) implements Spread {
    /** sigma stays under 2^SIGMA_BITS_MAX, so that a bounded sum plus 64 sigma still fits a long. */
    public static final int SIGMA_BITS_MAX = 54;

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    public GaussianVariance {
        PrivacyException.require(numerator.signum() > 0 && denominator.signum() > 0);
        BigInteger common = numerator.gcd(denominator);
        numerator = numerator.divide(common);
        denominator = denominator.divide(common);
        PrivacyException.require(numerator.divide(denominator).bitLength() <= 2 * SIGMA_BITS_MAX);
    }

    /**
     * The noise that makes one measure cost {@code charge}: sigma^2 = B^2 * L0 * 10^6 / (2r). A person changes at most L0
     * cells by at most B each, so the L2 sensitivity is B*sqrt(L0), and a Gaussian of variance sigma^2 is
     * (B^2*L0 / (2*sigma^2))-zCDP (Bun and Steinke 2016, proposition 1.6; discrete: Canonne, Kamath, Steinke 2020, theorem 4).
     */
    public static GaussianVariance of(Measure measure, int groupsMax, MicroRho charge) {
        PrivacyException.require(charge.value() >= 1 && groupsMax >= 1);
        BigInteger bound = BigInteger.valueOf(measure.bound());
        return new GaussianVariance(
                bound.multiply(bound).multiply(BigInteger.valueOf(groupsMax)).multiply(MILLION),
                BigInteger.valueOf(charge.value()).shiftLeft(1));
    }

    /** True when {@link #of} has an answer: the noise is small enough for a released number to fit. */
    public static boolean fits(Measure measure, int groupsMax, MicroRho charge) {
        BigInteger bound = BigInteger.valueOf(measure.bound());
        BigInteger numerator =
                bound.multiply(bound).multiply(BigInteger.valueOf(groupsMax)).multiply(MILLION);
        BigInteger twice = BigInteger.valueOf(charge.value()).shiftLeft(1);
        return twice.signum() > 0 && numerator.divide(twice).bitLength() <= 2 * SIGMA_BITS_MAX;
    }

    @Override
    public BigDecimal sigma() {
        return sigma(MathContext.DECIMAL128).setScale(2, RoundingMode.CEILING);
    }

    @Override
    public BigInteger halfWidth95() {
        return Tail.halfWidth95(this);
    }

    /** sigma in the given precision. */
    BigDecimal sigma(MathContext precision) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), precision)
                .sqrt(precision);
    }
}
