package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The door for requests about jobs: rate, form, then the transaction. What is not of the documented form is recorded too,
 * by the keyed hash of its bytes.
 */
@Singleton
class Intake {
    private final Jdbi jdbi;
    private final Jobs jobs;
    private final Settlement settlement;
    private final Journal journal;
    private final JobLimits limits;

    Intake(Jdbi jdbi, Jobs jobs, Settlement settlement, Journal journal, JobLimits limits) {
        this.jdbi = jdbi;
        this.jobs = jobs;
        this.settlement = settlement;
        this.journal = journal;
        this.limits = limits;
    }

    /** Reads a job request, or records that it is none. */
    JobRequest parse(Actor actor, byte[] body) {
        try {
            return JobRequest.parse(Json.parse(body));
        } catch (TamisException malformed) {
            throw recorded(actor, body, malformed.code());
        }
    }

    /** Submits; a refusal is a value until here, where it becomes the answer. */
    JobId submit(Actor actor, JobRequest request, byte[] body) {
        Submitted submitted;
        try {
            submitted = jdbi.inTransaction(tx -> jobs.submit(tx, actor, request, limits.runningMax()));
        } catch (TamisException invalid) {
            // A job type reads its own parameters, within the transaction that is now rolled back.
            if (invalid.code() != Code.INVALID_REQUEST
                    && invalid.code() != Code.UNKNOWN_FIELD
                    && invalid.code() != Code.TOO_LARGE) {
                throw invalid;
            }
            throw recorded(actor, body, invalid.code());
        }
        return switch (submitted) {
            case Submitted.Accepted(JobId id) -> id;
            case Submitted.Refused(Code code, Optional<JobId> job, Optional<EventId> event) ->
                throw new JobsException(code, job, event);
        };
    }

    /**
     * Cancels a job that has not ended. One whose end does not show yet is answered like one that runs: the answer would
     * tell the time of the end else. Its end shows on the tick.
     */
    void cancel(Actor actor, JobId id) {
        jdbi.useTransaction(tx -> settlement.cancel(tx, actor, id));
    }

    private JobsException recorded(Actor actor, byte[] body, Code code) {
        EventId event = jdbi.inTransaction(tx -> journal.malformed(tx, actor, body, code));
        return new JobsException(code, Optional.empty(), Optional.of(event));
    }
}
