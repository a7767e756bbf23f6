package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The tables {@code job_approver} and {@code job_approval}. Every method works within the caller's transaction. */
@Singleton
class ApprovalRows {
    private static final String ALL =
            "select party, person, department, event_id, verdict, reason, given_at from job_approval where job_id = :job"
                    + " and bundle_hash = :bundle";

    /** A verdict as it was given. */
    record Given(Approval approval, Judgement.Verdict verdict, String reason, Instant at) {}

    /** Asks these parties, and no others any more. */
    void ask(Handle tx, JobId job, List<PartyId> parties) {
        tx.createUpdate("delete from job_approver where job_id = :job")
                .bind("job", job.value())
                .execute();
        for (PartyId party : parties) {
            tx.createUpdate("insert into job_approver (job_id, party) values (:job, :party)")
                    .bind("job", job.value())
                    .bind("party", party.value())
                    .execute();
        }
    }

    /** True when the party's approval was asked for. */
    boolean asked(Handle tx, JobId job, PartyId party) {
        return tx.createQuery("select exists (select 1 from job_approver where job_id = :job and party = :party)")
                .bind("job", job.value())
                .bind("party", party.value())
                .mapTo(Boolean.class)
                .one();
    }

    /** Keeps a verdict; a person has one under each bundle. */
    void insert(Handle tx, Actor actor, JobRow job, Judgement judgement, EventId event, Instant at) {
        tx.createUpdate("insert into job_approval (event_id, job_id, party, person, department, verdict, reason,"
                        + " bundle_hash, given_at) values (:event, :job, :party, :person, :department, :verdict, :reason,"
                        + " :bundle, :at)")
                .bind("event", event.value())
                .bind("job", job.id().value())
                .bind("party", actor.party().value())
                .bind("person", actor.person().value())
                .bind("department", actor.department().value())
                .bind("verdict", judgement.verdict().name())
                .bind("reason", judgement.reason())
                .bind("bundle", job.bundleHash().hex())
                .bind("at", at)
                .execute();
    }

    /** What was said under this bundle, the oldest first. */
    List<Given> given(Handle tx, JobId job, Hash bundle) {
        return tx.createQuery(ALL + " order by given_at, event_id")
                .bind("job", job.value())
                .bind("bundle", bundle.hex())
                .map((row, context) -> read(row))
                .list();
    }

    /** What this person said under this bundle. */
    Optional<Given> given(Handle tx, JobId job, Hash bundle, Actor actor) {
        return tx.createQuery(ALL + " and party = :party and person = :person")
                .bind("job", job.value())
                .bind("bundle", bundle.hex())
                .bind("party", actor.party().value())
                .bind("person", actor.person().value())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The approvals that count: those under the bundle that the job is now decided by; the oldest first. */
    List<Approval> counting(Handle tx, JobRow job) {
        return given(tx, job.id(), job.bundleHash()).stream()
                .filter(given -> given.verdict() == Judgement.Verdict.APPROVED)
                .map(Given::approval)
                .toList();
    }

    private static Given read(ResultSet row) throws SQLException {
        return new Given(
                new Approval(
                        new PartyId(row.getString("party")),
                        new PersonId(row.getString("person")),
                        new DepartmentId(row.getString("department")),
                        new EventId(row.getObject("event_id", UUID.class))),
                Judgement.Verdict.valueOf(row.getString("verdict")),
                row.getString("reason"),
                row.getObject("given_at", OffsetDateTime.class).toInstant());
    }
}
