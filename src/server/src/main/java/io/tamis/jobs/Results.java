package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.Role;
import io.tamis.ledger.Ledger;
import io.tamis.ledger.Receipt;
import io.tamis.privacy.Cell;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Hands results over. The delivery is in the log before the first byte leaves: when it cannot be written, or the log is
 * silent, nothing is shown.
 */
@Singleton
class Results {
    private final Jdbi jdbi;
    private final JobReader reader;
    private final Journal journal;
    private final Ledger ledger;
    private final BudgetReader budgets;
    private final WitnessGate witnesses;
    private final Planning planning;

    Results(
            Jdbi jdbi,
            JobReader reader,
            Journal journal,
            Ledger ledger,
            BudgetReader budgets,
            WitnessGate witnesses,
            Planning planning) {
        this.jdbi = jdbi;
        this.reader = reader;
        this.journal = journal;
        this.ledger = ledger;
        this.budgets = budgets;
        this.witnesses = witnesses;
        this.planning = planning;
    }

    /** A result as handed over, and the entry that says so. */
    record Delivery(JobRow job, Json.Obj envelope, EventId event) {}

    Delivery deliver(Actor actor, JobId id) {
        JobView view = reader.received(actor, id);
        JobRow job = view.job();
        if (actor.role() == Role.COMPLIANCE_OFFICER) {
            throw new JobsException(Code.ROLE_REQUIRED);
        }
        if (view.state() != JobState.SUCCEEDED) {
            throw new JobsException(view.held() ? Code.WITNESS_UNAVAILABLE : Code.STATE_CONFLICT);
        }
        JobRow.Outcome outcome = job.outcome().orElseThrow();
        if (reader.expired(outcome)) {
            throw new JobsException(Code.RESULT_EXPIRED);
        }
        Receipt receipt = ledger.receipt(outcome.event()).orElseThrow(() -> new JobsException(Code.LEDGER_UNAVAILABLE));
        EventId delivered = jdbi.inTransaction(tx -> journal.delivered(tx, actor, job, outcome));
        return new Delivery(job, whole(actor, job, outcome, receipt), delivered);
    }

    /**
     * The bytes behind a sealed cell of a result, to the party that asked the job alone: who else may receive the result gets the
     * reference, and could not read what is behind it.
     */
    byte[] sealed(Actor actor, JobId id, Hash hash) {
        JobView view = reader.view(actor, id);
        JobRow job = view.job();
        if (!actor.party().equals(job.actor().party())) {
            throw new JobsException(Code.NOT_FOUND);
        }
        if (view.state() != JobState.SUCCEEDED) {
            throw new JobsException(view.held() ? Code.WITNESS_UNAVAILABLE : Code.STATE_CONFLICT);
        }
        JobRow.Outcome outcome = job.outcome().orElseThrow();
        boolean named = outcome.released().rows().stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell ->
                        cell instanceof Cell.Sealed sealed && sealed.bytes().equals(hash));
        if (!named) {
            throw new JobsException(Code.NOT_FOUND);
        }
        if (reader.expired(outcome)) {
            throw new JobsException(Code.RESULT_EXPIRED);
        }
        byte[] bytes = planning.sealedType(job).sealedResult(hash);
        jdbi.useTransaction(tx -> journal.delivered(tx, actor, job, outcome));
        return bytes;
    }

    /** What is left is the submitter's own affair: another receiver gets none of it. */
    private Json.Obj whole(Actor receiver, JobRow job, JobRow.Outcome outcome, Receipt receipt) {
        var envelope = (Json.Obj) Json.parse(outcome.envelope());
        var privacy = (Json.Obj) envelope.member("privacy").orElseThrow();
        return envelope.with("privacy", privacy.with("remaining", remaining(receiver, job)))
                .with("receipt", witnesses.cosigned(receipt).toJson());
    }

    private Json.Arr remaining(Actor receiver, JobRow job) {
        if (!receiver.party().equals(job.actor().party())) {
            return Json.array(List.of());
        }
        var datasets = job.request().datasets().stream().map(DatasetRef::id).toList();
        return budgets.remaining(
                receiver.party(), datasets, job.request().loss().mechanism(), 0);
    }
}
