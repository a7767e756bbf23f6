package io.tamis.privacy;

import io.tamis.data.MicroRho;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a charge over the measures of a release and prices a release from its noise. zCDP adds up over measures and
 * releases (Bun and Steinke 2016, lemma 1.7); all amounts are whole micro-rho, so sums are exact.
 */
public final class ZcdpAccountant {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private ZcdpAccountant() {}

    /** Even shares that add up to {@code charge} exactly, the remainder to the first; one micro-rho each at least. */
    public static List<MicroRho> split(MicroRho charge, int measures) {
        PrivacyException.require(measures >= 1 && charge.value() >= measures);
        var shares = new ArrayList<MicroRho>(measures);
        long even = charge.value() / measures;
        shares.add(new MicroRho(even + charge.value() % measures));
        for (int i = 1; i < measures; i++) {
            shares.add(new MicroRho(even));
        }
        return List.copyOf(shares);
    }

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
