package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.privacy.DryRun;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes jobs in: everything up to QUEUED, or AWAITING_APPROVAL, happens here, inside the request, in the caller's one transaction. All of it is
 * static, so that refusing costs nobody anything and tells nothing about rows.
 *
 * <p>Crash story: before the commit there is no job, no reservation and no entry, and the caller, who has no answer,
 * repeats the request; after it all three are there, and the repeated request is recognised by its jobRequestId.
 */
@Singleton
class Jobs {
    private final JobRows rows;
    private final Journal journal;
    private final Planning planning;
    private final Reservations reservations;
    private final ReleaseGate gate;
    private final WitnessGate witnesses;

    Jobs(
            JobRows rows,
            Journal journal,
            Planning planning,
            Reservations reservations,
            ReleaseGate gate,
            WitnessGate witnesses) {
        this.rows = rows;
        this.journal = journal;
        this.planning = planning;
        this.reservations = reservations;
        this.gate = gate;
        this.witnesses = witnesses;
    }

    /** Admits the job, or finds it admitted, or refuses it. */
    Submitted submit(Handle tx, Actor actor, JobRequest request, int runningMax) {
        rows.lockRequest(tx, actor.party(), request);
        Optional<JobRow> earlier = rows.byRequest(tx, actor.party(), request);
        if (earlier.isPresent()) {
            return again(earlier.get(), journal.requestHash(request));
        }
        return switch (planning.look(tx, actor, request)) {
            case Sight.Hidden(Code code) -> refusedUnnamed(tx, actor, request, code);
            case Sight.Seen(Asked asked) -> seen(tx, actor, request, asked, runningMax);
        };
    }

    private Submitted seen(Handle tx, Actor actor, JobRequest request, Asked asked, int runningMax) {
        rows.lockParty(tx, actor.party());
        if (rows.running(tx, actor.party(), planning.shown()) >= runningMax) {
            return new Submitted.Refused(Code.RATE_LIMITED, Optional.empty(), Optional.empty());
        }
        return admit(tx, actor, request, asked);
    }

    /** The same name with the same body is the same job, refused ones too; with another body it is a mistake. */
    private static Submitted again(JobRow earlier, Hash request) {
        if (!earlier.requestHash().equals(request)) {
            return new Submitted.Refused(Code.JOB_REQUEST_REUSED, Optional.empty(), Optional.empty());
        }
        if (earlier.state() == JobState.REFUSED && earlier.event().isPresent()) {
            return new Submitted.Refused(earlier.cause().orElseThrow(), Optional.of(earlier.id()), earlier.event());
        }
        return new Submitted.Accepted(earlier.id());
    }

    private Submitted refusedUnnamed(Handle tx, Actor actor, JobRequest request, Code code) {
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        return new Submitted.Refused(code, Optional.empty(), Optional.of(journal.malformed(tx, actor, body, code)));
    }

    private Submitted admit(Handle tx, Actor actor, JobRequest request, Asked asked) {
        Hash bundleHash = planning.catalog().policy().contentHash();
        Hash requestHash = journal.requestHash(request);
        return switch (planning.plan(actor, request, asked)) {
            case Planning.Outcome.Refused(Code code) -> {
                // Nothing was planned, so there is nothing to cache under; the request names the row.
                var key = new Prepared.Key(requestHash, bundleHash, requestHash, asked.region());
                JobRow job = rows.insert(tx, actor, request, key);
                rows.submittedBy(tx, job, journal.submitted(tx, job));
                yield refuse(tx, job, code);
            }
            case Planning.Outcome.Ready(Prepared prepared) -> {
                JobRow job = rows.insert(
                        tx,
                        actor,
                        request,
                        new Prepared.Key(requestHash, bundleHash, prepared.cacheKey(), asked.region()));
                rows.submittedBy(tx, job, journal.submitted(tx, job));
                yield decide(tx, job, prepared);
            }
        };
    }

    private Submitted decide(Handle tx, JobRow job, Prepared prepared) {
        Admission.Verdict verdict = planning.decide(job, prepared);
        Optional<Approvers> approvers = planning.approvers(job.actor(), prepared);
        boolean permitted = verdict.refused().isEmpty();
        // What only lacks approvals is decided, and that recorded, when they are there.
        Optional<EventId> decision = permitted || approvers.isEmpty()
                ? journal.decided(tx, job, verdict, job.bundleHash())
                : Optional.empty();
        if (!permitted && approvers.isEmpty()) {
            return refuse(tx, job, verdict.refused().get());
        }
        if (planning.touchesIdentifying(prepared)) {
            if (!witnesses.attainable()) {
                return refuse(tx, job, Code.WITNESS_UNAVAILABLE);
            }
            decision.ifPresent(event -> rows.witnessedBy(tx, job, event));
        }
        if (!job.request().acceptLowUtility()
                && DryRun.predict(prepared.plan().release(), job.request().assumedUsers())
                        .belowUtilityFloor()) {
            return refuse(tx, job, Code.BELOW_UTILITY_FLOOR);
        }
        Optional<JobRow> answered = rows.answer(tx, job.actor().party(), job.cacheKey());
        if (permitted && answered.isPresent()) {
            rows.keepQuestion(tx, job);
            publishAgain(tx, job, prepared, verdict, answered.get());
            return new Submitted.Accepted(job.id());
        }
        return reservations
                .admit(tx, job, prepared, approvers)
                .map(code -> refuse(tx, job, code))
                .orElseGet(() -> new Submitted.Accepted(job.id()));
    }

    /** The answer given before, under this job's own names: the same noise, hence nothing to charge. */
    private void publishAgain(Handle tx, JobRow job, Prepared prepared, Admission.Verdict verdict, JobRow answered) {
        gate.publish(
                tx,
                job,
                new ReleaseGate.Publication(
                        prepared,
                        answered.outcome().orElseThrow().released(),
                        verdict.levelIn(),
                        job.bundleHash(),
                        Optional.of(answered)));
    }

    private Submitted refuse(Handle tx, JobRow job, Code code) {
        var event = journal.refused(tx, job, code);
        rows.move(tx, job.id(), JobState.REFUSED, Optional.of(code));
        rows.refusedBy(tx, job, event);
        return new Submitted.Refused(code, Optional.of(job.id()), Optional.of(event));
    }
}
