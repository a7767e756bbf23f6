package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import io.tamis.privacy.Release;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The life of a job under encryption after its work: charged, waiting for shares, opened, released. A {@link SealedJobType}
 * calls it within its own transactions.
 *
 * <p>The budget is spent when the sealed state is stored, because from then on key holders may open it. What comes later
 * charges nothing more and gives nothing back:
 *
 * <ul>
 *   <li>A crash before {@link #charge} commits leaves the job RUNNING, and it fails, charged, as one lost in a scan.
 *   <li>A crash after it leaves the job AWAITING_SHARES with its sealed state; nothing ends it but {@link #opened},
 *       {@link #refused}, {@link #failed}, a cancellation or its deadline.
 *   <li>A crash before the transaction of {@link #opened} commits leaves it waiting, with the shares that were stored before:
 *       its type opens it again, to the same numbers. After it, answer, state and entries are there.
 * </ul>
 */
@Singleton
public final class SealedJobs {
    /** How long a job waits for shares. */
    static final Duration PATIENCE = Duration.ofDays(3);

    private final JobRows rows;
    private final ApprovalRows approvals;
    private final Settlement settlement;
    private final Planning planning;
    private final Questions questions;
    private final InstantSource clock;

    SealedJobs(
            JobRows rows,
            ApprovalRows approvals,
            Settlement settlement,
            Planning planning,
            Questions questions,
            InstantSource clock) {
        this.rows = rows;
        this.approvals = approvals;
        this.settlement = settlement;
        this.planning = planning;
        this.questions = questions;
        this.clock = clock;
    }

    /** RUNNING to AWAITING_SHARES, charged; or to REFUSED, charged, when the policy or the agreement no longer allow it. */
    void charge(Handle tx, JobId id, Prepared prepared, Sealed sealed) {
        JobRow job = rows.locked(tx, id).orElseThrow();
        if (job.state() != JobState.RUNNING) {
            return;
        }
        BudgetBook.Spent spent = settlement.spend(tx, job, prepared);
        Optional<Code> refused = settlement.standsAgainst(tx, job, prepared, planning.decide(job, prepared));
        if (refused.isPresent()) {
            settlement.end(tx, job, JobState.REFUSED, refused.get());
            return;
        }
        Instant deadline = clock.instant().plus(PATIENCE);
        EventId submitted = job.submitted().orElseThrow();
        sealed.store(
                tx,
                new ChargedJob(
                        id,
                        job.actor(),
                        job.request().collaboration(),
                        prepared.asked().region(),
                        prepared.plan(),
                        job.request().datasets(),
                        prepared.asked().contents(),
                        questions.of(job),
                        job.bundleHash(),
                        submitted,
                        spent.event(),
                        spent.rows(),
                        approvals.counting(tx, job),
                        deadline));
        Optional<Release> known = sealed.known();
        if (known.isPresent()) {
            settlement.publish(tx, job, prepared, known.get());
        } else {
            rows.await(tx, id, JobState.AWAITING_SHARES, deadline);
        }
    }

    /** True when the job waits for shares. It is locked until the transaction ends, so that this stays true. */
    public boolean awaits(Handle tx, JobId id) {
        return awaiting(tx, id).isPresent();
    }

    /**
     * Key holders have opened the job: the release check, and its answer. SUCCEEDED, or REFUSED when policy, agreement or
     * witnesses no longer allow it; charged either way, and charged before. Does nothing to a job that no longer waits.
     *
     * @param release as noised by the key holders and by this service
     */
    public void opened(Handle tx, JobId id, Release release) {
        Optional<JobRow> waiting = awaiting(tx, id);
        if (waiting.isEmpty()) {
            return;
        }
        JobRow job = waiting.get();
        Optional<Prepared> prepared = planning.again(tx, job);
        if (prepared.isEmpty()) {
            rows.move(tx, id, JobState.RELEASE_CHECK, Optional.empty());
            settlement.end(tx, job, JobState.REFUSED, Code.RELEASE_DENIED);
            return;
        }
        settlement.publish(tx, job, prepared.get(), release);
    }

    /** Key holders will not open the job. Does nothing to one that no longer waits. */
    public void refused(Handle tx, JobId id) {
        awaiting(tx, id).ifPresent(job -> settlement.end(tx, job, JobState.REFUSED, Code.HOLDER_REFUSED));
    }

    /** The job cannot be opened. Does nothing to one that no longer waits. */
    public void failed(Handle tx, JobId id) {
        awaiting(tx, id).ifPresent(job -> settlement.end(tx, job, JobState.FAILED, Code.JOB_FAILED));
    }

    private Optional<JobRow> awaiting(Handle tx, JobId id) {
        return rows.locked(tx, id).filter(job -> job.state() == JobState.AWAITING_SHARES);
    }
}
