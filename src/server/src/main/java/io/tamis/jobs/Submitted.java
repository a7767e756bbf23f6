package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import java.util.Optional;

/** What became of a submission. */
sealed interface Submitted {
    /** Taken in, now or by an earlier request of the same name and body. */
    record Accepted(JobId job) implements Submitted {}

    /** Refused, with the entry that says so. */
    record Refused(Code code, Optional<JobId> job, Optional<EventId> event) implements Submitted {}
}
