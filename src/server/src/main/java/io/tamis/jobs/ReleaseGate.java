package io.tamis.jobs;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.Level;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import io.tamis.privacy.Mechanism;
import io.tamis.privacy.Presented;
import io.tamis.privacy.Release;
import io.tamis.privacy.Suppression;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The only door through which numbers leave. It stores the answer, moves the job to SUCCEEDED and writes the ledger
 * entries, all in the caller's transaction, in which the caller also spends the budget: a crash before its commit shows
 * nothing and charges nothing here, a crash after it leaves answer, charge and entry together.
 */
@Singleton
class ReleaseGate {
    private final JobRows rows;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;
    private final Tick tick;

    ReleaseGate(JobRows rows, Ledger ledger, Events events, InstantSource clock, Tick tick) {
        this.rows = rows;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
        this.tick = tick;
    }

    /**
     * What is to be published.
     *
     * @param levelIn greatest level read, after treatment
     * @param bundleHash the bundle that decided last
     * @param source the earlier job this release is taken from; that one paid for it
     */
    record Publication(Prepared prepared, Release release, Level levelIn, Hash bundleHash, Optional<JobRow> source) {
        Plan plan() {
            return prepared.plan();
        }

        /** In millionths of the mechanism's unit. */
        long price() {
            return source.isPresent() ? 0 : plan().release().loss().micro();
        }
    }

    /** Publishes within the transaction. The job becomes visible as succeeded on the tick after a checkpoint covers it. */
    void publish(Handle tx, JobRow job, Publication publication) {
        Json.Obj envelope = envelope(job.id(), publication);
        Hash resultHash = Hash.sha256(envelope.canonicalBytes());
        var event = Journal.about(
                        events.bySystem(EventType.RELEASE_PUBLISHED, job.actor().party()), job)
                .at(tick.after(clock.instant()))
                .bundleHash(publication.bundleHash())
                .resultHash(resultHash);
        publication.source().flatMap(JobRow::outcome).ifPresent(earlier -> event.of(earlier.event()));
        EventId published = ledger.append(tx, event.build());
        rows.answer(
                tx,
                job.id(),
                new JobRow.Outcome(
                        publication.release().toJson().canonical(),
                        envelope.canonical(),
                        resultHash,
                        published,
                        clock.instant().plus(job.request().output().ttl())),
                publication.source().map(JobRow::id));
        rows.move(tx, job.id(), JobState.SUCCEEDED, Optional.empty());
        ledger.append(
                tx,
                events.bySystem(EventType.JOB_FINISHED, job.actor().party())
                        .at(tick.after(clock.instant()))
                        .job(job.id())
                        .state(JobState.SUCCEEDED.name())
                        .build());
    }

    /** The answer without receipt and remaining budget; its canonical form is what {@code resultHash} names. */
    private static Json.Obj envelope(JobId id, Publication publication) {
        var spec = publication.plan().release();
        Mechanism mechanism = spec.loss().mechanism();
        Suppression suppression = Presented.of(spec, publication.release()).suppression();
        return Json.object()
                .put("jobId", id.toString())
                .put("state", JobState.SUCCEEDED.name())
                .put("cached", publication.source().isPresent())
                .put(
                        "policy",
                        Json.object()
                                .put("bundleHash", publication.bundleHash().hex())
                                .put("levelIn", publication.levelIn().name())
                                .put("levelOut", Level.L2.name())
                                .build())
                .put(
                        "privacy",
                        Json.object()
                                .put("mechanism", mechanism.name())
                                .put(mechanism.amount(), publication.price())
                                .put("deltaSel", "0")
                                .put("minUsers", spec.minUsers())
                                .build())
                .put("result", publication.prepared().type().present(publication.plan(), publication.release()))
                .put("suppression", suppression.toJson())
                .build();
    }
}
