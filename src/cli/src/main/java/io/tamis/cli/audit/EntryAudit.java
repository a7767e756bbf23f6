package io.tamis.cli.audit;

import io.tamis.data.Charge;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import io.tamis.policy.load.Problem;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what the entries say against each other and against the policy bundles they name, in order, over all logs of an
 * audit. What it knows is a function of the entries of the types in {@link #TYPES}: whoever keeps those can go on later.
 */
final class EntryAudit {
    /** The types that have to agree with others; the rest stands for itself. */
    static final Set<EventType> TYPES = Collections.unmodifiableSet(EnumSet.of(
            EventType.ACCESS_DECIDED,
            EventType.BUDGET_RESERVED,
            EventType.BUDGET_SCANNING,
            EventType.BUDGET_CHARGED,
            EventType.BUDGET_RETURNED,
            EventType.BUDGET_CAP_SET,
            EventType.POLICY_ACTIVATED,
            EventType.RELEASE_PUBLISHED,
            EventType.RELEASE_DELIVERED,
            EventType.KEY_CREATED,
            EventType.KEY_DESTROYED,
            EventType.JOB_SUBMITTED,
            EventType.APPROVAL_GIVEN,
            EventType.TICKET_ISSUED,
            EventType.KEY_SHARE_USED,
            EventType.CATALOG_CHANGED));

    private final Findings findings;
    private final Map<Hash, PolicyBundle> bundles = new HashMap<>();
    private final Jobs jobs = new Jobs();
    private final Erasures erasures = new Erasures();
    private final ApprovalAudit approvals;
    private final TicketAudit tickets;
    private final DecisionAudit decisions;
    private final BudgetAudit budget;
    private final ReleaseAudit releases;
    private final CollaborationAudit collaborations;

    EntryAudit(Findings findings) {
        this.findings = findings;
        var known = Collections.unmodifiableMap(bundles);
        this.approvals = new ApprovalAudit(findings);
        this.tickets = new TicketAudit(approvals, findings);
        this.decisions = new DecisionAudit(known, jobs, approvals, findings);
        this.budget = new BudgetAudit(known, jobs, findings);
        this.releases = new ReleaseAudit(jobs, budget, approvals, findings);
        this.collaborations = new CollaborationAudit(findings);
    }

    /** Bundles of an export, of which those count that are what they are named after. */
    void bundles(String log, Map<Hash, Map<String, byte[]>> named) {
        named.forEach((hash, files) -> {
            String where = log + "bundles/" + hash;
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
    }

    /** An entry of one of {@link #TYPES}. */
    void read(Seen entry) {
        EventType type = entry.event().type().orElseThrow();
        try {
            read(entry, type);
        } catch (DataException malformed) {
            findings.wrong(entry.where(), Finding.Kind.ENTRY_MALFORMED, "is no " + type.wire());
        }
    }

    private void read(Seen entry, EventType type) {
        switch (type) {
            case ACCESS_DECIDED -> decisions.decided(entry);
            case BUDGET_RESERVED -> {
                collaborations.use(entry, "reserves");
                budget.moved(entry, type);
            }
            case BUDGET_CHARGED -> {
                tickets.charged(entry);
                budget.moved(entry, type);
            }
            case BUDGET_SCANNING, BUDGET_RETURNED -> budget.moved(entry, type);
            case BUDGET_CAP_SET -> budget.capSet(entry);
            case POLICY_ACTIVATED -> decisions.activated(entry);
            case RELEASE_PUBLISHED -> {
                collaborations.released(entry);
                releases.published(entry);
            }
            case KEY_CREATED -> collaborations.keyCreated(entry);
            case KEY_DESTROYED -> {
                erasures.destroyed(entry);
                collaborations.keyDestroyed(entry);
            }
            case JOB_SUBMITTED -> approvals.submitted(entry);
            case TICKET_ISSUED -> tickets.issued(entry);
            case KEY_SHARE_USED -> tickets.shared(entry);
            case APPROVAL_GIVEN -> {
                if (entry.jobIfAny().isPresent()) {
                    approvals.given(entry);
                } else {
                    collaborations.approved(entry);
                }
            }
            case CATALOG_CHANGED -> collaborations.changed(entry);
            case RELEASE_DELIVERED -> releases.delivered(entry);
            default -> {}
        }
    }

    /** All erasures. */
    Erasures erasures() {
        return erasures;
    }

    /**
     * After the last entry.
     *
     * @param last the order of the last entry of any type
     */
    void end(long last) {
        decisions.end();
        budget.end();
        releases.end();
        tickets.end();
        collaborations.end(last);
    }

    /** How much was looked at, of a log of so many entries. */
    AuditReport.Counts counts(long size, long unknown) {
        List<Spent> spent = budget.rows().entrySet().stream()
                .map(row -> new Spent(
                        row.getKey().collaboration(),
                        with(row.getKey().row(), row.getValue().spent())))
                .sorted(Comparator.comparing(row -> row.toJson().canonical()))
                .toList();
        return new AuditReport.Counts(
                size,
                erasures.entries(),
                unknown,
                bundles.size(),
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
