package io.tamis.jobs;

import io.tamis.catalog.collaboration.Collaborations;
import io.tamis.data.Code;
import io.tamis.data.JobId;
import io.tamis.data.TamisException;
import io.tamis.privacy.Noise;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Release;
import io.tamis.privacy.Releaser;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs one queued job from QUEUED to its end. Three transactions with the scan between them:
 *
 * <p>What reads columns of level 4 or 5 waits first, in no transaction, until witnesses have cosigned a checkpoint that covers
 * its decision; without them it ends here, with its reservation back, because nothing has been read. After the scan there is
 * no way back: the result is stored, charged, and not shown before witnesses cover its release ({@link WitnessGate}).
 *
 * <ol>
 *   <li>RESERVED becomes SCANNING and the job RUNNING, committed before a file is opened. A crash after it is found at the
 *       next start, and charged: somebody may have watched how long the scan took.
 *   <li>The scan, then the noise, drawn once. No seed is kept: a release that did not commit is lost, and a new job draws
 *       new noise for a new charge.
 *   <li>RELEASE_CHECK under the bundle now in force, SCANNING becomes SPENT, the result is stored and the entries are
 *       written. When the outcome of this COMMIT is unknown the row is read again: it says SUCCEEDED or RUNNING, and only
 *       in the second case does the job fail.
 * </ol>
 *
 * <p>A job under encryption is sealed instead of scanned, and its third transaction leaves it AWAITING_SHARES
 * ({@link SealedJobs}).
 */
@Singleton
class Runner {
    private static final Logger LOG = Logger.getLogger(Runner.class);

    /** What a scan may say of its own end; LIST_TOO_SMALL judges the caller's own list only. */
    static final Set<Code> TOLD = Set.of(Code.TIMED_OUT, Code.LIST_TOO_SMALL);

    private final Jdbi jdbi;
    private final JobRows rows;
    private final Planning planning;
    private final Settlement settlement;
    private final SealedJobs sealedJobs;
    private final Approvals approvals;
    private final Collaborations collaborations;
    private final Noise noise;
    private final WitnessGate witnesses;

    Runner(
            Jdbi jdbi,
            JobRows rows,
            Planning planning,
            Settlement settlement,
            SealedJobs sealedJobs,
            Approvals approvals,
            Collaborations collaborations,
            Noise noise,
            WitnessGate witnesses) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.planning = planning;
        this.settlement = settlement;
        this.sealedJobs = sealedJobs;
        this.approvals = approvals;
        this.collaborations = collaborations;
        this.noise = noise;
        this.witnesses = witnesses;
    }

    /** Takes the oldest queued job and runs it; false when there is none. */
    boolean runNext(ScanLimits limits) {
        Optional<JobRow> oldest = jdbi.inTransaction(rows::nextQueued);
        oldest.ifPresent(witnesses::await);
        Optional<JobId> next = jdbi.inTransaction(tx -> begin(tx, oldest.map(JobRow::id)));
        next.ifPresent(id -> run(id, limits));
        return next.isPresent();
    }

    /**
     * Also ends jobs that need no scan: answered meanwhile, or no longer runnable. Their id is returned all the same. A job
     * that has come first since witnesses were waited for stays queued: its turn comes with its own wait.
     */
    Optional<JobId> begin(Handle tx, Optional<JobId> awaited) {
        Optional<JobRow> queued = rows.nextQueued(tx);
        queued.ifPresent(job -> {
            Optional<JobRow> answered = rows.answer(tx, job.actor().party(), job.cacheKey());
            Optional<Prepared> prepared = runnable(tx, job);
            if (prepared.isEmpty()) {
                settlement.refund(tx, job, JobState.FAILED, Code.STATE_CONFLICT);
            } else if (!approvals.covers(tx, job, prepared.get())) {
                // A new bundle: what was approved was another subject, and nothing has been read yet.
                settlement.refund(tx, job, JobState.REFUSED, Code.SUBJECT_CHANGED);
            } else if (!settlement.witnessed(job, prepared.get())) {
                if (awaited.equals(Optional.of(job.id()))) {
                    settlement.refund(tx, job, JobState.REFUSED, Code.WITNESS_UNAVAILABLE);
                }
            } else if (answered.isPresent()) {
                settlement.answerAgain(tx, job, prepared.get(), answered.get());
            } else {
                planning.obstacle(tx, job.actor(), prepared.get())
                        .ifPresentOrElse(
                                code -> settlement.refund(tx, job, JobState.REFUSED, code),
                                () -> settlement.start(tx, job));
            }
        });
        return queued.map(JobRow::id);
    }

    /** One job that cannot be prepared must end, or it would be taken again for ever and hold up everybody's. */
    private Optional<Prepared> runnable(Handle tx, JobRow job) {
        try {
            return planning.again(tx, job);
        } catch (RuntimeException damaged) {
            LOG.warnf(
                    "job %s cannot be prepared: %s",
                    job.id(), damaged.getClass().getName());
            return Optional.empty();
        }
    }

    private void run(JobId id, ScanLimits limits) {
        JobRow job = jdbi.inTransaction(tx -> rows.byId(tx, id)).orElseThrow();
        if (job.state() != JobState.RUNNING) {
            return;
        }
        try {
            Prepared prepared = jdbi.inTransaction(tx -> planning.again(tx, job))
                    .orElseThrow(() -> new JobsException(Code.JOB_FAILED));
            answer(id, prepared, inputs(prepared.asked(), limits));
        } catch (RuntimeException | OutOfMemoryError failed) {
            end(id, failed);
        }
    }

    private void answer(JobId id, Prepared prepared, ScanInputs inputs) {
        if (prepared.type() instanceof SealedJobType type) {
            Sealed sealed = type.seal(prepared.plan(), inputs);
            jdbi.useTransaction(tx -> sealedJobs.charge(tx, id, prepared, sealed));
            return;
        }
        PartialSums sums = prepared.type().scan(prepared.plan(), inputs);
        Release release = Releaser.release(prepared.plan().release(), sums, noise);
        jdbi.useTransaction(tx -> settlement.release(tx, id, prepared, release));
    }

    private ScanInputs inputs(Asked asked, ScanLimits limits) {
        ScanInputs.Links links = asked.collaboration()
                .<ScanInputs.Links>map(collaboration -> dataset -> collaborations.links(
                        collaboration.id(), asked.source(dataset).attachment().orElseThrow()))
                .orElse(ScanInputs.Links.NONE);
        return new ScanInputs(asked.snapshots(), links, limits);
    }

    private void end(JobId id, Throwable failed) {
        Code code =
                failed instanceof TamisException known && TOLD.contains(known.code()) ? known.code() : Code.JOB_FAILED;
        // The class alone: what a database or a scan says may quote rows.
        LOG.warnf("job %s ended in its scan: %s", id, failed.getClass().getName());
        jdbi.useTransaction(tx -> settlement.fail(tx, id, code));
    }
}
