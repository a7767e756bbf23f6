package io.tamis.cli.client;

import io.tamis.data.Code;
import io.tamis.data.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;

/** Follows a job to its end; the service holds each answer until the state changes, so nothing is polled in haste. */
public final class JobWatch {
    /** The states a job stays in (docs/api.md). */
    public static final Set<String> FINAL_STATES = Set.of("SUCCEEDED", "REFUSED", "FAILED", "TIMED_OUT", "CANCELLED");

    private static final Duration HOLD = Duration.ofSeconds(20);

    private final ApiClient client;
    private final InstantSource clock;

    /** Watches jobs that this client may see. */
    public JobWatch(ApiClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The job as it ended, each new state told on the way; {@link ClientException} when that takes too long. */
    public JsonView untilEnd(JobId id, Duration patience, Consumer<String> newState) {
        Instant last = clock.instant().plus(patience);
        String told = "";
        while (true) {
            JsonView job = client.getWaiting("/v1/jobs/" + id, HOLD).orRefused().view();
            String state = job.at("state").text();
            if (!state.equals(told)) {
                told = state;
                newState.accept(state);
            }
            if (FINAL_STATES.contains(state)) {
                return job;
            }
            if (clock.instant().isAfter(last)) {
                throw new ClientException(Code.TIMED_OUT, ExitCode.LATER, "the job has not ended yet: " + id);
            }
        }
    }
}
