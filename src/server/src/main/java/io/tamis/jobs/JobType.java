package io.tamis.jobs;

import io.tamis.data.Json;
import io.tamis.privacy.PartialSums;
import io.tamis.privacy.Presented;
import io.tamis.privacy.Release;

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
     * Reads the inputs and adds up bounded contributions, exactly. Runs on a bounded platform thread and ends within the
     * limits. Whatever goes wrong, its exception says nothing of what was read; the job ends as JOB_FAILED, charged, or with
     * one of the few that a scan may tell (TIMED_OUT, LIST_TOO_SMALL).
     */
    PartialSums scan(Plan plan, ScanInputs inputs);

    /**
     * The {@code result} of the envelope, made of released numbers only: what this adds is post-processing and costs
     * nothing. It has {@code columns}, {@code rows} and {@code notes} as {@link Presented} makes them, and may have more.
     */
    default Json.Obj present(Plan plan, Release release) {
        return Presented.of(plan.release(), release).result();
    }
}
