package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.privacy.PartialSums;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A job type that works under encryption: this service cannot read what it computes, and key holders open the result later.
 * Such a job is sealed instead of scanned, is charged when it is sealed, waits as AWAITING_SHARES, and is released by
 * {@link SealedJobs} when its type says that it is opened.
 *
 * <p>Lock order: the job's row first ({@link SealedJobs#awaits}), then the type's own rows.
 */
public interface SealedJobType extends JobType {
    /**
     * What stands against the job beside plan and policy (no tags, no active key, parties under one control), from tables
     * alone. Asked within the transactions that admit the job, reserve its budget and start it; until then a refusal costs
     * nothing.
     */
    Optional<Code> obstacle(Handle tx, PartyId submitter, Plan plan, List<Snapshot> inputs);

    /**
     * The work under encryption, in no transaction, on the worker's thread, within the limits. What it returns lives in memory
     * only: a crash before it is stored loses it, and the job fails, charged, as one lost in a scan. Its exceptions say nothing
     * of what was read, as those of {@link JobType#scan}.
     */
    Sealed seal(Plan plan, ScanInputs inputs);

    /** How far the job has come while it is AWAITING_SHARES; within a reader's transaction. */
    Shares shares(Handle tx, JobId job);

    /**
     * The job ended while it was AWAITING_SHARES, by a cancellation or for lack of shares: nothing of it may be opened any more.
     * Within the transaction that ends it, which holds the job.
     */
    void ended(Handle tx, JobId job);

    /**
     * The bytes behind a cell that only the merchant reads ({@link io.tamis.privacy.Cell.Sealed}), of a release of this type; INTERNAL when they
     * are not there. Who may have them is decided before.
     */
    default byte[] sealedResult(Hash hash) {
        throw new JobsException(Code.INTERNAL);
    }

    /** Never called: a sealed job is not scanned. */
    @Override
    default PartialSums scan(Plan plan, ScanInputs inputs) {
        throw new JobsException(Code.JOB_FAILED);
    }
}
