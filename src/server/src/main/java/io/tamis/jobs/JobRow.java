package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.policy.Region;
import io.tamis.privacy.Release;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as stored.
 *
 * @param request as asked; of a refused job without parameters and reason, which may hold what was refused
 * @param requestHash keyed hash of the whole request: the same job asked again is recognised by it
 * @param event the entry that recorded a refusal
 * @param cacheKey what the answer is an answer to
 * @param answeredBy the earlier job whose release this one was given
 * @param witnessed the decision that witnesses must cover before anything is read; of a job that reads levels 4 or 5 only
 * @param region where the policy was told the answer goes, when it came in
 * @param submitted the entry that took it in; empty for jobs of before
 * @param deadline until when it waits for approvals or shares
 * @param approvalsNeeded how many owners' approvals it needs in all
 * @param approvals how many count under its bundle
 */
record JobRow(
        JobId id,
        Actor actor,
        JobRequest request,
        Hash requestHash,
        Hash bundleHash,
        JobState state,
        Optional<Code> cause,
        Optional<EventId> event,
        Hash cacheKey,
        Optional<JobId> answeredBy,
        Instant createdAt,
        Optional<Outcome> outcome,
        Optional<EventId> witnessed,
        Region region,
        Optional<EventId> submitted,
        Optional<Instant> deadline,
        int approvalsNeeded,
        int approvals) {
    /**
     * What a job that succeeded has to show.
     *
     * @param release the released table in canonical form, for later jobs that ask the same
     * @param envelope the answer without receipt and remaining budget, in canonical form
     * @param event the entry that published it
     */
    record Outcome(String release, String envelope, Hash resultHash, EventId event, Instant expiresAt) {
        Release released() {
            return Release.fromJson(Json.parse(release));
        }
    }

    /** One step of a job's history. */
    record Step(JobState state, Optional<Code> cause, Instant at) {}
}
