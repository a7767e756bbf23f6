package io.tamis.privacy;

import io.tamis.data.MicroRho;
import java.math.BigInteger;

/** Prices noise in zCDP: the inverse of {@link GaussianVariance#of}. */
public final class ZcdpAccountant {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private ZcdpAccountant() {}

    /** What one measure with this noise costs: B^2 * L0 / (2 * sigma^2) in micro-rho, rounded up. */
    public static MicroRho charge(Measure measure, int groupsMax, GaussianVariance variance) {
        PrivacyException.require(groupsMax >= 1);
        BigInteger bound = BigInteger.valueOf(measure.bound());
        BigInteger numerator = bound.multiply(bound)
                .multiply(BigInteger.valueOf(groupsMax))
                .multiply(MILLION)
                .multiply(variance.denominator());
        BigInteger[] division =
                numerator.divideAndRemainder(variance.numerator().shiftLeft(1));
        BigInteger charge = division[1].signum() == 0 ? division[0] : division[0].add(BigInteger.ONE);
        PrivacyException.require(charge.compareTo(BigInteger.valueOf(MicroRho.VALUE_MAX)) <= 0);
        return new MicroRho(charge.longValueExact());
    }
}
