package io.tamis.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A distribution of noise on the whole numbers, symmetric about 0, by its exact parameter. */
public sealed interface Spread permits GaussianVariance, LaplaceScale, SpreadSum {
    /** The standard deviation, rounded up to two digits after the point. */
    BigDecimal sigma();

    /** The smallest h with P[|X| > h] at most 5 %: a released whole number plus and minus h is its 95 % interval. */
    BigInteger halfWidth95();
}
