package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.privacy.PartialSums;

/**
 * A kind of question. Implementations are found by CDI and live in the features above. They decide what is read and how
 * it is summed; they never add noise, release, charge or write to the ledger: the gate does that for all of them.
 */
public interface JobType {
    /** The name in a job's {@code type}. */
    String name();

    /** Makes the plan from declarations and parameters alone; touches no data, so it can say why it refuses. */
    Planned plan(PlanRequest request);

    /**
     * Reads the snapshot and adds up bounded contributions, exactly. Runs on a bounded platform thread and ends within the
     * limits. Whatever goes wrong, its exception says nothing of what was read; the job ends as JOB_FAILED, charged.
     */
    PartialSums scan(Plan plan, Snapshot snapshot, ScanLimits limits);
}
