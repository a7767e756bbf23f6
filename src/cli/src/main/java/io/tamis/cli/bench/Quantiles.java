package io.tamis.cli.bench;

import java.math.BigDecimal;
import java.util.List;

/** Quantiles of measured times by the nearest rank: every answer is a time that was measured. */
record Quantiles(List<Long> sortedNanos) {
    Quantiles {
        sortedNanos = sortedNanos.stream().sorted().toList();
        if (sortedNanos.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** The least time that at least this many percent do not exceed, in milliseconds. */
    BigDecimal millis(int percent) {
        int rank = Math.max(1, Math.ceilDiv(percent * sortedNanos.size(), 100));
        return BigDecimal.valueOf(sortedNanos.get(rank - 1) / 10_000, 2);
    }

    /** The middle one of values measured, the lower of two. */
    static BigDecimal median(List<BigDecimal> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }
}
