package io.tamis.privacy;

import java.math.BigDecimal;

/** A confidence interval, both ends included. */
public record Interval(BigDecimal low, BigDecimal high) {
    public Interval {
        PrivacyException.require(low.compareTo(high) <= 0);
        low = Cell.plain(low);
        high = Cell.plain(high);
    }
}
