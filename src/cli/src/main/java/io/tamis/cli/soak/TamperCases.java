package io.tamis.cli.soak;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.bench.SoakReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Cases against rows of a log that goes on: tamper, audit, put back. */
final class TamperCases {
    /** After so many cases the untouched log is audited: it must raise no alarm. */
    private static final int CLEAN_EVERY = 20;

    private static final List<RowTampering> KINDS = List.of(RowTampering.values());

    private final SoakReport report;
    private final AnchoredLog target;
    private final SplittableRandom random;
    private final Map<RowTampering, Integer> counts;
    private int clean;

    TamperCases(SoakReport report, AnchoredLog target, SplittableRandom random, Map<RowTampering, Integer> counts) {
        this.report = report;
        this.target = target;
        this.random = random;
        this.counts = counts;
    }

    /** One case. */
    void rows(int number) {
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        counts.merge(kind, 1, Integer::sum);
        try (var administrator = target.administrator()) {
            var change = kind.drawn(administrator, target.anchored(), random);
            administrator.replace(change.before(), change.after());
            Optional<AuditReport> audit = target.audit(0);
            report.require(
                    audit.filter(said -> said.verdict() != AuditReport.Verdict.INVALID)
                            .isEmpty(),
                    "case " + number + ": " + kind + " was not seen");
            administrator.replace(change.after(), change.before());
        }
        if (number % CLEAN_EVERY == 0) {
            Optional<AuditReport> audit = target.audit(target.anchored());
            report.require(
                    audit.filter(said -> said.verdict() != AuditReport.Verdict.INVALID)
                            .isPresent(),
                    "case " + number + ": a false alarm after " + kind + " was put back");
            clean++;
        }
    }

    /** How many audits of the untouched log there were. */
    int clean() {
        return clean;
    }
}
