package io.tamis.privacy;

import io.tamis.data.MicroEpsilon;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The scale b of a discrete Laplace, P(x) proportional to exp(-|x|/b), as an exact fraction in lowest terms.
 *
 * @param numerator N of b = N/D, above 0
 * @param denominator D, above 0
 */
public record LaplaceScale(BigInteger numerator, BigInteger denominator) implements Spread {
    /**
     * b stays under 2^SCALE_BITS_MAX. A bounded sum stays under 2^62 and so leaves room for 256 b: a released number
     * does not fit a long with a chance under e^-256, and then the release fails instead of wrapping.
     */
    public static final int SCALE_BITS_MAX = 54;

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    public LaplaceScale {
        PrivacyException.require(numerator.signum() > 0 && denominator.signum() > 0);
        BigInteger common = numerator.gcd(denominator);
        numerator = numerator.divide(common);
        denominator = denominator.divide(common);
        PrivacyException.require(numerator.divide(denominator).bitLength() <= SCALE_BITS_MAX);
    }

    /**
     * The noise that makes one measure cost {@code charge}: b = B * L0 * 10^6 / e. A person changes at most L0 cells by at
     * most B each, so the L1 sensitivity is B*L0, and Laplace noise of scale b is (B*L0 / b)-differentially private
     * (Dwork, McSherry, Nissim and Smith 2006; on whole numbers: Ghosh, Roughgarden and Sundararajan 2009).
     */
    public static LaplaceScale of(Measure measure, int groupsMax, MicroEpsilon charge) {
        PrivacyException.require(charge.value() >= 1 && groupsMax >= 1);
        return new LaplaceScale(sensitivityMicro(measure, groupsMax), BigInteger.valueOf(charge.value()));
    }

    /** True when {@link #of} has an answer: the noise is small enough for a released number to fit. */
    public static boolean fits(Measure measure, int groupsMax, MicroEpsilon charge) {
        return charge.value() >= 1
                && sensitivityMicro(measure, groupsMax)
                                .divide(BigInteger.valueOf(charge.value()))
                                .bitLength()
                        <= SCALE_BITS_MAX;
    }

    private static BigInteger sensitivityMicro(Measure measure, int groupsMax) {
        return BigInteger.valueOf(measure.bound())
                .multiply(BigInteger.valueOf(groupsMax))
                .multiply(MILLION);
    }

    @Override
    public BigDecimal sigma() {
        BigDecimal least = BigDecimal.ONE.movePointLeft(2);
        return Tail.variance(this)
                .sqrt(MathContext.DECIMAL128)
                .setScale(2, RoundingMode.CEILING)
                .max(least);
    }

    @Override
    public BigInteger halfWidth95() {
        return Tail.halfWidth95(this);
    }

    /** b in the given precision. */
    BigDecimal scale(MathContext precision) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), precision);
    }
}
