package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How a job that the policy permits gets into the queue: at once, or by way of its approvals. Budget is reserved last, in the
 * transaction that queues it: a job that waits for people holds nobody's budget.
 */
@Singleton
class Reservations {
    private final JobRows rows;
    private final ApprovalRows approvals;
    private final Journal journal;
    private final Planning planning;
    private final BudgetBook budget;
    private final Settlement settlement;
    private final InstantSource clock;

    Reservations(
            JobRows rows,
            ApprovalRows approvals,
            Journal journal,
            Planning planning,
            BudgetBook budget,
            Settlement settlement,
            InstantSource clock) {
        this.rows = rows;
        this.approvals = approvals;
        this.journal = journal;
        this.planning = planning;
        this.budget = budget;
        this.settlement = settlement;
        this.clock = clock;
    }

    /** POLICY_CHECK to QUEUED or AWAITING_APPROVAL; or what stands against it. */
    Optional<Code> admit(Handle tx, JobRow job, Prepared prepared, Optional<Approvers> approvers) {
        if (approvers.isEmpty()) {
            Optional<Code> against = reserve(tx, job, prepared);
            if (against.isEmpty()) {
                rows.keepQuestion(tx, job);
            }
            return against;
        }
        Optional<Code> obstacle = planning.obstacle(tx, job.actor(), prepared);
        if (obstacle.isEmpty()) {
            rows.keepQuestion(tx, job);
            approvals.ask(tx, job.id(), approvers.get().parties());
            rows.needs(tx, job.id(), approvers.get().needed());
            rows.await(tx, job.id(), JobState.AWAITING_APPROVAL, clock.instant().plus(Approvals.PATIENCE));
        }
        return obstacle;
    }

    /** AWAITING_APPROVAL to QUEUED, or to its end: everything is asked again, now that the last approval is there. */
    void approved(Handle tx, JobRow job, Prepared prepared) {
        Admission.Verdict verdict = planning.decide(job, prepared);
        Optional<EventId> decision = journal.decided(tx, job, verdict, job.bundleHash());
        if (verdict.refused().isPresent()) {
            settlement.end(tx, job, JobState.REFUSED, verdict.refused().get());
            return;
        }
        if (planning.touchesIdentifying(prepared)) {
            decision.ifPresent(event -> rows.witnessedBy(tx, job, event));
        }
        Optional<JobRow> answered = rows.answer(tx, job.actor().party(), job.cacheKey());
        if (answered.isPresent()) {
            settlement.answerAgain(tx, job, prepared, answered.get());
            return;
        }
        reserve(tx, job, prepared).ifPresent(code -> settlement.end(tx, job, JobState.REFUSED, code));
    }

    private Optional<Code> reserve(Handle tx, JobRow job, Prepared prepared) {
        Optional<Code> obstacle = planning.obstacle(tx, job.actor(), prepared);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        if (!budget.reserve(tx, prepared.bill(job), planning.catalog().policy().budgets())) {
            return Optional.of(Code.BUDGET_EXHAUSTED);
        }
        JobId id = job.id();
        rows.move(tx, id, JobState.QUEUED, Optional.empty());
        return Optional.empty();
    }
}
