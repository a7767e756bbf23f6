package io.tamis.cli.soak;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.audit.Finding;
import io.tamis.cli.bench.SoakReport;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Cases against the whole log, in which the server is killed and starts on what the administrator has made of it. */
final class TamperWhole {
    private static final int TAIL = 60;

    private final SoakReport report;
    private final AnchoredLog target;
    private final SplittableRandom random;

    TamperWhole(SoakReport report, AnchoredLog target, SplittableRandom random) {
        this.report = report;
        this.target = target;
        this.random = random;
    }

    void play(WholeTampering kind) {
        target.add(TAIL);
        long known = target.published();
        target.stopServer();
        // Gone before the start: a leftover PostgreSQL is stopped there, and waits for whoever is connected.
        try (var administrator = target.administrator()) {
            tamper(kind, administrator);
        }
        switch (target.startServer()) {
            case READY -> audited(kind, known);
            // A server that says so has seen it; of the one change nobody can see it must know nothing.
            case ALARMED ->
                report.require(kind != WholeTampering.WINDOW, kind + ": the server refuses what it cannot know");
            case SILENT -> report.require(false, kind + ": the server neither starts nor says why");
        }
    }

    private void audited(WholeTampering kind, long known) {
        switch (kind) {
            case WINDOW -> window(known);
            case ROLL_BACK, FORK, REORDER, HEAD, CHECKPOINT, KEY ->
                report.require(seen(target.audit(0)), kind + " was not seen");
        }
    }

    private void tamper(WholeTampering kind, Administrator administrator) {
        long anchored = target.anchored();
        switch (kind) {
            case ROLL_BACK -> {
                administrator.replace(administrator.rows(anchored / 2, Long.MAX_VALUE), List.of());
                administrator.makeConsistent();
            }
            case FORK -> {
                var change = RowTampering.FORGE.drawn(administrator, anchored, random);
                administrator.replace(change.before(), change.after());
                administrator.makeConsistent();
            }
            case REORDER -> {
                var change = RowTampering.EXCHANGE.drawn(administrator, anchored, random);
                administrator.replace(change.before(), change.after());
                administrator.makeConsistent();
            }
            case HEAD -> administrator.update("UPDATE ledger_head SET root = sha256(root)");
            case CHECKPOINT ->
                administrator.update("UPDATE ledger_checkpoint SET note = replace(note, E'\\n\\n', E'1\\n\\n')"
                        + " WHERE size = (SELECT max(size) FROM ledger_checkpoint)");
            case KEY -> administrator.update("UPDATE ledger_key SET wrapped = NULL, destroyed_at = now()");
            case WINDOW -> {
                long from = target.anchoredNow();
                var tail = administrator.rows(from, Long.MAX_VALUE);
                administrator.replace(tail, tail.subList(0, tail.size() / 2));
                administrator.makeConsistent();
            }
        }
    }

    /** Against an export of a rolled-back log the chain may only say that it knows of more: that is an answer too. */
    private static boolean seen(Optional<AuditReport> audit) {
        return audit.isEmpty()
                || audit.get().verdict() == AuditReport.Verdict.INVALID
                || audit.get().findings().stream().anyMatch(finding -> finding.kind() == Finding.Kind.LOG_BEHIND_CHAIN);
    }

    /** Nobody who has only chain and key sees it; who has kept a later checkpoint does. */
    private void window(long known) {
        report.require(!seen(target.audit(0)), "the un-anchored window was not rewritten as it should have been");
        boolean shorter = target.published() < known;
        report.require(!shorter || seen(target.audit(known)), "a kept checkpoint does not show what is missing");
        report.fact("window_rewritten_unseen", 1);
    }
}
