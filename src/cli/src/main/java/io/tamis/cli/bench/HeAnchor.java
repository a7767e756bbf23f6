package io.tamis.cli.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody else's figures for the same operations, by our metric names, to which a bench's own are compared.
 *
 * <p>The stored ones were measured once, on another machine (2-vCPU AMD EPYC, Zen 4): a ratio to them says as much as the
 * two machines are alike. SEAL encrypts over one (n = 4096) or two (8192) primes more than we do.
 *
 * @param suffix of the metric that holds the ratio
 * @param figures microseconds
 */
record HeAnchor(String suffix, Map<String, BigDecimal> figures) {
    /** Microsoft SEAL 4.4.3, -O3, without and with Intel HEXL 1.2.6 (AVX512-IFMA): one sitting, best of 8. */
    static final List<HeAnchor> STORED = List.of(
            new HeAnchor(
                    "per_seal",
                    Map.of(
                            "ntt_4096_us", new BigDecimal("48.9"),
                            "ntt_8192_us", new BigDecimal("103"),
                            "encrypt_pk_4096_us", new BigDecimal("918"),
                            "encrypt_pk_8192_us", new BigDecimal("2751"))),
            new HeAnchor(
                    "per_hexl",
                    Map.of(
                            "ntt_4096_us", new BigDecimal("7.2"),
                            "ntt_8192_us", new BigDecimal("12.9"),
                            "encrypt_pk_4096_us", new BigDecimal("467"),
                            "encrypt_pk_8192_us", new BigDecimal("1137"))));

    HeAnchor {
        figures = Map.copyOf(figures);
    }

    /** Their time divided by ours: above 1 we are faster. */
    void compare(BenchReport report, String metric, BigDecimal ours) {
        BigDecimal theirs = figures.get(metric);
        if (theirs != null && ours.signum() > 0) {
            String name = metric.replaceFirst("_us$", "_" + suffix);
            report.add(name, theirs.divide(ours, 2, RoundingMode.HALF_UP), "x", Optional.empty());
        }
    }
}
