package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What callers may read of jobs. Another party's job is answered like one that does not exist. */
@Singleton
class JobReader {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Jdbi jdbi;
    private final JobRows rows;
    private final WitnessGate witnesses;
    private final Planning planning;
    private final Tick tick;
    private final InstantSource clock;
    private final Waiters waiters = new Waiters();

    JobReader(Jdbi jdbi, JobRows rows, WitnessGate witnesses, Planning planning, Tick tick, InstantSource clock) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.witnesses = witnesses;
        this.planning = planning;
        this.tick = tick;
        this.clock = clock;
    }

    JobView view(Actor actor, JobId id) {
        return jdbi.inTransaction(tx -> view(tx, visible(tx, actor, id)));
    }

    /**
     * The job as soon as it shows an end, or as it is when the time is over. Waiting is a preference (RFC 7240): who has
     * too many requests waiting is answered at once.
     */
    JobView await(Actor actor, JobId id, Duration longest) {
        if (longest.isZero() || !waiters.enter(actor.party())) {
            return view(actor, id);
        }
        try {
            return awaited(actor, id, longest);
        } finally {
            waiters.leave(actor.party());
        }
    }

    private JobView awaited(Actor actor, JobId id, Duration longest) {
        Instant deadline = clock.instant().plus(longest);
        JobView view = view(actor, id);
        while (!view.state().terminal() && clock.instant().isBefore(deadline)) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            view = view(actor, id);
        }
        return view;
    }

    /** One page, newest first: a merchant's and a platform's own jobs, an officer's all. */
    List<JobView> page(Actor actor, Optional<JobId> before, int limit) {
        Optional<PartyId> party =
                actor.role() == Role.COMPLIANCE_OFFICER ? Optional.empty() : Optional.of(actor.party());
        return jdbi.inTransaction(tx -> rows.page(tx, party, before, limit).stream()
                .map(job -> view(tx, job))
                .toList());
    }

    boolean expired(JobRow.Outcome outcome) {
        return !clock.instant().isBefore(outcome.expiresAt());
    }

    /** As for its owner, to whoever was named as a receiver of the result too. */
    JobView received(Actor actor, JobId id) {
        return jdbi.inTransaction(tx -> rows.byId(tx, id)
                .filter(job -> job.request().output().receivers().contains(actor.party()))
                .map(job -> view(tx, job))
                .orElseGet(() -> view(tx, visible(tx, actor, id))));
    }

    JobRow visible(Handle tx, Actor actor, JobId id) {
        return rows.byId(tx, id)
                .filter(job -> actor.role() == Role.COMPLIANCE_OFFICER
                        || job.actor().party().equals(actor.party()))
                .orElseThrow(() -> new JobsException(Code.NOT_FOUND));
    }

    private JobView view(Handle tx, JobRow job) {
        JobView view = JobView.of(job, rows.history(tx, job.id()), tick, clock, witnesses.showing(tx, job));
        return job.state() == JobState.AWAITING_SHARES
                ? view.with(planning.sealedType(job).shares(tx, job.id()))
                : view;
    }
}
