package io.tamis.jobs;

import io.tamis.catalog.ScanFile;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.JobId;
import io.tamis.privacy.Release;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How a job that was admitted ends: budget, state and entries move together in the caller's transaction. Every method
 * locks the job first and does nothing when somebody else (a cancellation, a recovery) has moved it on.
 */
@Singleton
class Settlement {
    private final JobRows rows;
    private final Journal journal;
    private final Planning planning;
    private final BudgetBook budget;
    private final ReleaseGate gate;
    private final WitnessGate witnesses;

    Settlement(
            JobRows rows,
            Journal journal,
            Planning planning,
            BudgetBook budget,
            ReleaseGate gate,
            WitnessGate witnesses) {
        this.rows = rows;
        this.journal = journal;
        this.planning = planning;
        this.budget = budget;
        this.gate = gate;
        this.witnesses = witnesses;
    }

    /** QUEUED to RUNNING; the job is locked. */
    void start(Handle tx, JobRow job) {
        if (!budget.start(tx, job.id(), job.actor().party())) {
            throw new IllegalStateException("a queued job without a reservation");
        }
        rows.move(tx, job.id(), JobState.RUNNING, Optional.empty());
    }

    /** A queued job that another one answered meanwhile pays nothing; the job is locked. */
    void answerAgain(Handle tx, JobRow job, Prepared prepared, JobRow answered) {
        Admission.Verdict verdict = planning.decide(job, prepared);
        if (verdict.refused().isPresent()) {
            refund(tx, job, JobState.REFUSED, Code.RELEASE_DENIED);
            return;
        }
        budget.refund(tx, job.id(), job.actor().party());
        gate.publish(
                tx,
                job,
                new ReleaseGate.Publication(
                        prepared,
                        answered.outcome().orElseThrow().released(),
                        verdict.levelIn(),
                        planning.catalog().policy().contentHash(),
                        Optional.of(answered)));
    }

    /** RUNNING to SUCCEEDED, or to REFUSED when the bundle now in force says so; charged either way. */
    void release(Handle tx, JobId id, Prepared prepared, Release release) {
        JobRow job = rows.locked(tx, id).orElseThrow();
        if (job.state() != JobState.RUNNING) {
            return;
        }
        spend(tx, job, prepared);
        publish(tx, job, prepared, release);
    }

    /** The scan is over and paid for; the job is locked. */
    BudgetBook.Spent spend(Handle tx, JobRow job, Prepared prepared) {
        journal.scanned(tx, job, rows(prepared));
        // Rolls back: nothing is shown that is not paid for.
        return budget.charge(tx, job.id(), job.actor().party())
                .orElseThrow(() -> new IllegalStateException("a running job without a charge"));
    }

    /** RELEASE_CHECK, and SUCCEEDED or REFUSED; the job is paid for and locked. */
    void publish(Handle tx, JobRow job, Prepared prepared, Release release) {
        rows.move(tx, job.id(), JobState.RELEASE_CHECK, Optional.empty());
        Admission.Verdict verdict = planning.decide(job, prepared);
        Optional<Code> against = standsAgainst(tx, job, prepared, verdict);
        if (against.isPresent()) {
            end(tx, job, JobState.REFUSED, against.get());
            return;
        }
        var bundleHash = planning.catalog().policy().contentHash();
        gate.publish(
                tx,
                job,
                new ReleaseGate.Publication(prepared, release, verdict.levelIn(), bundleHash, Optional.empty()));
    }

    /** What now stands against a release; another decision than the one it was admitted by is recorded. */
    Optional<Code> standsAgainst(Handle tx, JobRow job, Prepared prepared, Admission.Verdict verdict) {
        var bundleHash = planning.catalog().policy().contentHash();
        if (!bundleHash.equals(job.bundleHash()) || verdict.refused().isPresent()) {
            journal.decided(tx, job, verdict, bundleHash);
        }
        if (verdict.refused().isPresent() || !stands(tx, job, prepared)) {
            return Optional.of(Code.RELEASE_DENIED);
        }
        return witnessed(job, prepared) ? Optional.empty() : Optional.of(Code.WITNESS_UNAVAILABLE);
    }

    /** What identifies people is read and released only under a decision that witnesses have seen. */
    boolean witnessed(JobRow job, Prepared prepared) {
        return !planning.touchesIdentifying(prepared) || witnesses.allows(job);
    }

    private static long rows(Prepared prepared) {
        return prepared.asked().snapshots().stream()
                .flatMap(snapshot -> snapshot.files().stream())
                .mapToLong(ScanFile::rows)
                .sum();
    }

    /** An agreement that was left, closed or changed during the scan covers no release any more. */
    private boolean stands(Handle tx, JobRow job, Prepared prepared) {
        return prepared.asked().collaboration().isEmpty()
                || (planning.look(tx, job.actor(), job.request()) instanceof Sight.Seen(Asked now)
                        && now.sources().equals(prepared.asked().sources()));
    }

    /** RUNNING to FAILED or TIMED_OUT; charged, because the scan had begun. */
    void fail(Handle tx, JobId id, Code cause) {
        JobRow job = rows.locked(tx, id).orElseThrow();
        if (job.state() != JobState.RUNNING && job.state() != JobState.RELEASE_CHECK) {
            return;
        }
        budget.spend(tx, id, job.actor().party());
        end(tx, job, cause == Code.TIMED_OUT ? JobState.TIMED_OUT : JobState.FAILED, cause);
    }

    /** Cancels a job that has not ended; false when it has. Charged when its scan had begun; who did it is recorded. */
    boolean cancel(Handle tx, Actor actor, JobId id) {
        JobRow job = rows.locked(tx, id).orElseThrow();
        switch (job.state()) {
            case SUBMITTED, POLICY_CHECK, AWAITING_APPROVAL -> {}
            case QUEUED -> budget.refund(tx, id, job.actor().party());
            case RUNNING, RELEASE_CHECK -> budget.spend(tx, id, job.actor().party());
            // Paid for when it was sealed.
            case AWAITING_SHARES -> planning.sealedType(job).ended(tx, id);
            case SUCCEEDED, REFUSED, FAILED, TIMED_OUT, CANCELLED -> {
                return false;
            }
        }
        journal.cancelled(tx, actor, job);
        rows.move(tx, id, JobState.CANCELLED, Optional.of(Code.CANCELLED));
        return true;
    }

    /** Ends a job that has waited too long for people: for nothing before its work, charged already after it. */
    void expire(Handle tx, JobId id, Instant now) {
        JobRow job = rows.locked(tx, id).orElseThrow();
        if (job.deadline().filter(deadline -> !deadline.isAfter(now)).isEmpty()) {
            return;
        }
        if (job.state() == JobState.AWAITING_APPROVAL) {
            end(tx, job, JobState.CANCELLED, Code.APPROVAL_EXPIRED);
        } else if (job.state() == JobState.AWAITING_SHARES) {
            planning.sealedType(job).ended(tx, id);
            end(tx, job, JobState.TIMED_OUT, Code.TIMED_OUT);
        }
    }

    /** Ends a job whose scan has not begun: its reservation goes back; the job is locked. */
    void refund(Handle tx, JobRow job, JobState state, Code cause) {
        budget.refund(tx, job.id(), job.actor().party());
        end(tx, job, state, cause);
    }

    /** The budget is settled; the job is locked. */
    void end(Handle tx, JobRow job, JobState state, Code cause) {
        journal.finished(tx, job, state, cause);
        rows.move(tx, job.id(), state, Optional.of(cause));
    }
}
