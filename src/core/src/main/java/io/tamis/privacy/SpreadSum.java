package io.tamis.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * The distribution of a sum of independent draws of one spread: what is on a number to which several parties each added the
 * full noise, because none of them trusts that the others did.
 *
 * <p>The privacy of such a number is that of {@code each}, however many honest parties there are beyond one; only its
 * exactness suffers, by the root of their number.
 *
 * @param each what one party draws
 * @param draws how many parties, 1 to {@link #DRAWS_MAX}
 */
public record SpreadSum(Spread each, int draws) implements Spread {
    /** Greatest number of draws. */
    public static final int DRAWS_MAX = 8;

    public SpreadSum {
        Objects.requireNonNull(each);
        PrivacyException.require(!(each instanceof SpreadSum) && draws >= 1 && draws <= DRAWS_MAX);
    }

    @Override
    public BigDecimal sigma() {
        if (draws == 1) {
            return each.sigma();
        }
        BigDecimal least = BigDecimal.ONE.movePointLeft(2);
        return variance()
                .sqrt(MathContext.DECIMAL128)
                .setScale(2, RoundingMode.CEILING)
                .max(least);
    }

    /** As of one draw; of several, the smallest such number or, for Laplace noise of a great scale, up to {@code draws} more. */
    @Override
    public BigInteger halfWidth95() {
        return draws == 1 ? each.halfWidth95() : SumTail.halfWidth95(this);
    }

    /** The variance: variances of independent draws add up. */
    BigDecimal variance() {
        return Tail.variance(each).multiply(BigDecimal.valueOf(draws));
    }
}
