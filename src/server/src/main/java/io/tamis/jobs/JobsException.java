package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.util.Optional;

/** A request about jobs that cannot be answered as asked; names the job and the ledger entry where there is one. */
public final class JobsException extends TamisException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<JobId> job;
    private final transient Optional<EventId> event;

    JobsException(Code code) {
        this(code, Optional.empty(), Optional.empty());
    }

    JobsException(Code code, Optional<JobId> job, Optional<EventId> event) {
        super(code);
        this.job = job;
        this.event = event;
    }

    @Override
    public Json.Obj members() {
        return Json.object()
                .putIfPresent("jobId", job.map(JobId::toString))
                .putIfPresent("eventId", event.map(EventId::toString))
                .build();
    }
}
