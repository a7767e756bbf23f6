package io.tamis.cli.audit;

import io.tamis.data.Charge;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.LogExport;
import io.tamis.log.VerifierKey;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import io.tamis.policy.load.Problem;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Verifies an exported log: first its bytes against the log's key, then what the entries say against each other and
 * against the policy bundles they name.
 *
 * <p>NOT promised: that what the entries say happened. A log can only be held to itself, to its signature and to its
 * policy; what was never logged is not in it.
 */
public final class AuditVerification {
    private final ExportResult.Verified export;
    private final LongConsumer progress;
    private final Findings findings;
    private final Jobs jobs = new Jobs();
    private final DecisionAudit decisions;
    private final BudgetAudit budget;
    private final ReleaseAudit releases;
    private final CollaborationAudit collaborations;
    private long unknown;

    private AuditVerification(ExportResult.Verified export, LongConsumer progress) {
        this.export = export;
        this.progress = progress;
        this.findings = new Findings(!export.erasedKeys().isEmpty());
        Map<Hash, PolicyBundle> bundles = bundles();
        this.decisions = new DecisionAudit(bundles, jobs, findings);
        this.budget = new BudgetAudit(bundles, jobs, findings);
        this.releases = new ReleaseAudit(jobs, budget, findings);
        this.collaborations = new CollaborationAudit(findings);
    }

    /**
     * Verifies the export in this folder; {@code progress} hears how many entries are done. An older export of the same
     * log verifies too: who knows of a checkpoint gives its size as {@code atLeast}, who knows of none gives 0.
     */
    public static AuditReport verify(Path folder, VerifierKey key, long atLeast, LongConsumer progress) {
        return switch (LogExport.read(folder, key)) {
            case ExportResult.Broken(String where, ExportResult.Problem problem) ->
                new AuditReport(
                        AuditReport.Verdict.INVALID,
                        Optional.empty(),
                        AuditReport.Counts.NONE,
                        List.of(new Finding(where, Finding.Kind.EXPORT_BROKEN, problem.name())));
            case ExportResult.Verified export -> new AuditVerification(export, progress).report(atLeast);
        };
    }

    private AuditReport report(long atLeast) {
        long size = export.checkpoint().head().size();
        if (size < atLeast) {
            findings.wrong(
                    "checkpoint",
                    Finding.Kind.LOG_TOO_SHORT,
                    "is of %d entries, and %d were known".formatted(size, atLeast));
        }
        export.entries().forEach(this::entry);
        decisions.end();
        budget.end();
        releases.end();
        collaborations.end();
        return new AuditReport(findings.verdict(), Optional.of(export.checkpoint()), counts(), findings.list());
    }

    private void entry(ExportEntry entry) {
        progress.accept(entry.index() + 1);
        switch (entry) {
            case ExportEntry.Erased erased -> erased("entry " + erased.index(), erased.keyId());
            case ExportEntry.Present present -> read(new Seen(present.index(), present.event()));
        }
    }

    /** A line without content proves nothing: only an entry that can be read says that a key was destroyed. */
    private void erased(String where, UUID key) {
        if (export.erasedKeys().contains(key)) {
            findings.erased(where);
        } else {
            findings.wrong(
                    where, Finding.Kind.ERASED_WITHOUT_RECORD, "no entry says that key " + key + " was destroyed");
        }
    }

    private void read(Seen entry) {
        Optional<EventType> type = entry.event().type();
        if (type.isEmpty()) {
            unknown++;
            return;
        }
        try {
            read(entry, type.get());
        } catch (DataException malformed) {
            findings.wrong(
                    entry.where(),
                    Finding.Kind.ENTRY_MALFORMED,
                    "is no " + type.get().wire());
        }
    }

    /** The types that have to agree with others; the rest stands for itself. */
    private void read(Seen entry, EventType type) {
        collaborations.passed(entry);
        switch (type) {
            case ACCESS_DECIDED -> decisions.decided(entry);
            case BUDGET_RESERVED -> {
                collaborations.use(entry, "reserves");
                budget.moved(entry, type);
            }
            case BUDGET_SCANNING, BUDGET_CHARGED, BUDGET_RETURNED -> budget.moved(entry, type);
            case BUDGET_CAP_SET -> budget.capSet(entry);
            case POLICY_ACTIVATED -> decisions.activated(entry);
            case RELEASE_PUBLISHED -> {
                collaborations.released(entry);
                releases.published(entry);
            }
            case KEY_CREATED -> collaborations.keyCreated(entry);
            case KEY_DESTROYED -> collaborations.keyDestroyed(entry);
            case APPROVAL_GIVEN -> collaborations.approved(entry);
            case CATALOG_CHANGED -> collaborations.changed(entry);
            case RELEASE_DELIVERED -> releases.delivered(entry);
            default -> {}
        }
    }

    /** Bundles that are what they are named after. */
    private Map<Hash, PolicyBundle> bundles() {
        var bundles = new HashMap<Hash, PolicyBundle>();
        export.bundles().forEach((hash, files) -> {
            String where = "bundles/" + hash;
            switch (PolicyLoader.load(files)) {
                case LoadResult.Rejected(List<Problem> problems) ->
                    findings.wrong(
                            where,
                            Finding.Kind.BUNDLE_INVALID,
                            problems.getFirst().toString());
                case LoadResult.Loaded(PolicyBundle bundle) -> {
                    if (bundle.contentHash().equals(hash)) {
                        bundles.put(hash, bundle);
                    } else {
                        findings.wrong(where, Finding.Kind.BUNDLE_INVALID, "is " + bundle.contentHash());
                    }
                }
            }
        });
        return bundles;
    }

    private AuditReport.Counts counts() {
        List<Spent> spent = budget.rows().entrySet().stream()
                .map(row -> new Spent(
                        row.getKey().collaboration(),
                        with(row.getKey().row(), row.getValue().spent())))
                .sorted(Comparator.comparing(row -> row.toJson().canonical()))
                .toList();
        return new AuditReport.Counts(
                export.checkpoint().head().size(),
                export.erased(),
                unknown,
                export.bundles().size(),
                decisions.entries(),
                decisions.columns(),
                budget.charges(),
                releases.releases(),
                releases.deliveries(),
                spent);
    }

    private static BudgetRow with(BudgetRow row, Charge amount) {
        return new BudgetRow(row.dataset(), row.merchant(), row.period(), amount);
    }
}
