package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A job as its owner sees it now: each step shows on its tick, success only once a checkpoint covers the release.
 *
 * @param held true when nothing but cosignatures of witnesses is missing before success shows
 * @param shares how far key holders are, while the job waits for them
 */
record JobView(JobRow job, List<Shown> history, boolean held, Optional<Shares> shares) {
    /** A step that shows. */
    record Shown(JobState state, Optional<Code> cause, Instant at) {
        Json.Obj toJson() {
            return Json.object()
                    .put("state", state.name())
                    .put("at", text(at))
                    .putIfPresent("cause", cause.map(Code::name))
                    .build();
        }
    }

    static JobView of(
            JobRow job, List<JobRow.Step> steps, Tick tick, InstantSource clock, WitnessGate.Showing showing) {
        Instant now = clock.instant();
        var due = steps.stream().filter(step -> tick.shows(step.at(), now)).toList();
        boolean held = showing == WitnessGate.Showing.HELD
                && due.stream().anyMatch(step -> step.state() == JobState.SUCCEEDED);
        var shown = due.stream()
                .filter(step -> step.state() != JobState.SUCCEEDED || showing == WitnessGate.Showing.YES)
                .map(step -> new Shown(step.state(), step.cause(), tick.after(step.at())))
                .toList();
        // The submitter was told of the first steps by the answer to the POST, whatever the tick says.
        return new JobView(
                job, shown.isEmpty() ? List.of(first(steps.getFirst(), tick)) : shown, held, Optional.empty());
    }

    /** With what key holders have done. It shows while the state does that waits for them, not before and not after. */
    JobView with(Shares progress) {
        return state() == JobState.AWAITING_SHARES ? new JobView(job, history, held, Optional.of(progress)) : this;
    }

    private static Shown first(JobRow.Step step, Tick tick) {
        return new Shown(step.state(), step.cause(), tick.after(step.at()));
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    JobState state() {
        return history.getLast().state();
    }

    Json.Obj toJson() {
        var json = Json.object()
                .put("jobId", job.id().toString())
                .put("type", job.request().type())
                .put("state", state().name())
                .putIfPresent("cause", history.getLast().cause().map(Code::name))
                .put(
                        "stateHistory",
                        Json.array(history.stream().map(Shown::toJson).toList()));
        if (job.approvalsNeeded() > 0) {
            json.put(
                    "approvals",
                    Json.object()
                            .put("needed", job.approvalsNeeded())
                            .put("given", job.approvals())
                            .build());
        }
        if (state() == JobState.AWAITING_APPROVAL || state() == JobState.AWAITING_SHARES) {
            json.putIfPresent("deadline", job.deadline().map(JobView::text));
        }
        shares.ifPresent(progress -> json.put("shares", progress.toJson()));
        return json.build();
    }
}
