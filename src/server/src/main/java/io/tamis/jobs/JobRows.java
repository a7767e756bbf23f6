package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.IdSource;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.policy.Region;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The tables {@code job} and {@code job_state}. Every method works within the caller's transaction. */
@Singleton
class JobRows {
    private static final String NO_COLLABORATION = "none";

    private final IdSource ids;
    private final InstantSource clock;

    JobRows(IdSource ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    private static final String ALL =
            "select job_id, party, person, department, role, body, request_hash, bundle_hash, state, cause, event_id, cache_key,"
                    + " answered_by, release, result, result_hash, release_event, created_at, expires_at, witnessed_event,"
                    + " region, submitted_event, deadline, approvals_needed, (select count(*) from job_approval a where a.job_id = job.job_id"
                    + " and a.bundle_hash = job.bundle_hash and a.verdict = 'APPROVED') as approvals from job";

    /** Two requests of one name wait for each other, so that the second finds what the first made. */
    void lockRequest(Handle tx, PartyId party, JobRequest request) {
        tx.createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 7))")
                .bind(
                        "name",
                        "job/" + party + "/" + collaboration(request) + "/"
                                + request.id().value())
                .mapTo(Integer.class)
                .one();
    }

    /** Jobs of one party are admitted one after another, so that two do not both take the last place. */
    void lockParty(Handle tx, PartyId party) {
        tx.createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 7))")
                .bind("name", "jobs of " + party)
                .mapTo(Integer.class)
                .one();
    }

    Optional<JobRow> byRequest(Handle tx, PartyId party, JobRequest request) {
        return tx.createQuery(ALL + " where party = :party and collaboration = :collaboration and job_request_id = :id")
                .bind("party", party.value())
                .bind("collaboration", collaboration(request))
                .bind("id", request.id().value())
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<JobRow> byId(Handle tx, JobId id) {
        return tx.createQuery(ALL + " where job_id = :id")
                .bind("id", id.value())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The row, locked until the transaction ends: whoever moves a job does it alone. */
    Optional<JobRow> locked(Handle tx, JobId id) {
        return tx.createQuery(ALL + " where job_id = :id for update")
                .bind("id", id.value())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The party's jobs after the cursor, newest first; of every party when none is given. */
    List<JobRow> page(Handle tx, Optional<PartyId> party, Optional<JobId> before, int limit) {
        return tx.createQuery(
                        ALL + " where (:party::text is null or party = :party)"
                                + " and (cast(:before as uuid) is null or job_id < cast(:before as uuid)) order by job_id desc limit :limit")
                .bind("party", party.map(PartyId::value).orElse(null))
                .bind("before", before.map(JobId::value).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    /** The oldest answer of this party to the same question. */
    Optional<JobRow> answer(Handle tx, PartyId party, Hash cacheKey) {
        return tx.createQuery(ALL + " where party = :party and cache_key = :key and state = 'SUCCEEDED'"
                        + " and answered_by is null order by job_id limit 1")
                .bind("party", party.value())
                .bind("key", cacheKey.bytes())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** How many of the party's jobs have not ended, as far as shows at {@code shown}: an end shows on its tick only. */
    int running(Handle tx, PartyId party, Instant shown) {
        return tx.createQuery("select count(*) from job where party = :party and (state in"
                        + " ('AWAITING_APPROVAL', 'QUEUED', 'RUNNING', 'AWAITING_SHARES', 'RELEASE_CHECK') or exists (select 1 from job_state s"
                        + " where s.job_id = job.job_id and s.at > :shown and s.state in"
                        + " ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'CANCELLED')))")
                .bind("party", party.value())
                .bind("shown", shown)
                .mapTo(Integer.class)
                .one();
    }

    /** The oldest queued job that no other worker holds, locked. */
    Optional<JobRow> nextQueued(Handle tx) {
        return tx.createQuery(
                        ALL + " where state = 'QUEUED' order by created_at, job_id limit 1" + " for update skip locked")
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Jobs whose worker is gone. */
    List<JobRow> interrupted(Handle tx) {
        return tx.createQuery(ALL + " where state in ('RUNNING', 'RELEASE_CHECK') order by job_id for update")
                .map((row, context) -> read(row))
                .list();
    }

    /** Jobs that hold a reservation though they have ended. */
    List<JobRow> endedButReserved(Handle tx) {
        return tx.createQuery(ALL + " where state not in ('QUEUED', 'RUNNING', 'RELEASE_CHECK') and exists (select 1"
                        + " from privacy_charge c where c.job_id = job.job_id and c.state = 'RESERVED')"
                        + " order by job_id for update")
                .map((row, context) -> read(row))
                .list();
    }

    /** A new job in its first state; what it asks is not kept yet ({@link #keepQuestion}). */
    JobRow insert(Handle tx, Actor actor, JobRequest request, Prepared.Key key) {
        var row = new JobRow(
                new JobId(ids.next()),
                actor,
                request,
                key.requestHash(),
                key.bundleHash(),
                JobState.SUBMITTED,
                Optional.empty(),
                Optional.empty(),
                key.cacheKey(),
                Optional.empty(),
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                key.region(),
                Optional.empty(),
                Optional.empty(),
                0,
                0);
        tx.createUpdate("insert into job (job_id, party, person, department, role, collaboration, job_request_id,"
                        + " request_hash, type, body, bundle_hash, state, cache_key, region, created_at)"
                        + " values (:id, :party, :person, :department, :role, :collaboration, :request, :requestHash,"
                        + " :type, :body, :bundle, :state, :key, :region, :at)")
                .bind("id", row.id().value())
                .bind("party", actor.party().value())
                .bind("person", actor.person().value())
                .bind("department", actor.department().value())
                .bind("role", actor.role().token())
                .bind("collaboration", collaboration(request))
                .bind("request", request.id().value())
                .bind("requestHash", row.requestHash().bytes())
                .bind("type", request.type())
                .bind("body", request.withoutQuestion())
                .bind("bundle", row.bundleHash().hex())
                .bind("state", row.state().name())
                .bind("key", row.cacheKey().bytes())
                .bind("region", row.region().name())
                .bind("at", row.createdAt())
                .execute();
        step(tx, row.id(), row.state(), Optional.empty(), row.createdAt());
        move(tx, row.id(), JobState.POLICY_CHECK, Optional.empty());
        return row;
    }

    /** Moves the job on. */
    void move(Handle tx, JobId id, JobState state, Optional<Code> cause) {
        tx.createUpdate("update job set state = :state, cause = :cause where job_id = :id")
                .bind("state", state.name())
                .bind("cause", cause.map(Code::name).orElse(null))
                .bind("id", id.value())
                .execute();
        step(tx, id, state, cause, clock.instant());
    }

    /**
     * Keeps what is asked, once it is admitted. Not before: what is written and taken back stays in the database's files and
     * its log of writes, and the reason for a refusal may be somebody's identifier in it.
     */
    void keepQuestion(Handle tx, JobRow job) {
        tx.createUpdate("update job set body = :body where job_id = :id")
                .bind("body", job.request().body())
                .bind("id", job.id().value())
                .execute();
    }

    /** Names the decision that witnesses must cover before anything is read. */
    void witnessedBy(Handle tx, JobRow job, EventId decision) {
        tx.createUpdate("update job set witnessed_event = :event where job_id = :id")
                .bind("event", decision.value())
                .bind("id", job.id().value())
                .execute();
    }

    /** Moves the job on to a state in which it waits for people, until the deadline. */
    void await(Handle tx, JobId id, JobState state, Instant deadline) {
        tx.createUpdate("update job set deadline = :deadline where job_id = :id")
                .bind("deadline", deadline)
                .bind("id", id.value())
                .execute();
        move(tx, id, state, Optional.empty());
    }

    /** Jobs whose waiting is over, the longest overdue first. */
    List<JobId> overdue(Handle tx, Instant now, int limit) {
        return tx.createQuery("select job_id from job where state in ('AWAITING_APPROVAL', 'AWAITING_SHARES')"
                        + " and deadline <= :now order by deadline limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new JobId(row.getObject("job_id", UUID.class)))
                .list();
    }

    /** Jobs that wait for this person's verdict, newest first; for anybody's when none is given. */
    List<JobRow> awaitingApproval(
            Handle tx, Optional<Actor> approver, Hash bundle, Instant now, Optional<JobId> before, int limit) {
        return tx.createQuery(ALL + " where state = 'AWAITING_APPROVAL' and deadline > :now"
                        + " and (:party::text is null or (exists (select 1 from job_approver p"
                        + " where p.job_id = job.job_id and p.party = :party) and not exists (select 1 from job_approval g"
                        + " where g.job_id = job.job_id and g.bundle_hash = :bundle and g.party = :party"
                        + " and g.person = :person)))"
                        + " and (cast(:before as uuid) is null or job_id < cast(:before as uuid))"
                        + " order by job_id desc limit :limit")
                .bind("now", now)
                .bind("party", approver.map(actor -> actor.party().value()).orElse(null))
                .bind("person", approver.map(actor -> actor.person().value()).orElse(null))
                .bind("bundle", bundle.hex())
                .bind("before", before.map(JobId::value).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    /** The job is now decided under another bundle; what was approved under the old one no longer counts. */
    void underBundle(Handle tx, JobId id, Hash bundle) {
        tx.createUpdate("update job set bundle_hash = :bundle where job_id = :id")
                .bind("bundle", bundle.hex())
                .bind("id", id.value())
                .execute();
    }

    /** How many approvals the job needs in all. */
    void needs(Handle tx, JobId id, int approvals) {
        tx.createUpdate("update job set approvals_needed = :needed where job_id = :id")
                .bind("needed", approvals)
                .bind("id", id.value())
                .execute();
    }

    /** Names the entry that took the job in. */
    void submittedBy(Handle tx, JobRow job, EventId event) {
        tx.createUpdate("update job set submitted_event = :event where job_id = :id")
                .bind("event", event.value())
                .bind("id", job.id().value())
                .execute();
    }

    /** Names the entry that recorded the refusal. */
    void refusedBy(Handle tx, JobRow job, EventId event) {
        tx.createUpdate("update job set event_id = :event where job_id = :id")
                .bind("event", event.value())
                .bind("id", job.id().value())
                .execute();
    }

    /** Stores what the job has to show. */
    void answer(Handle tx, JobId id, JobRow.Outcome outcome, Optional<JobId> answeredBy) {
        tx.createUpdate(
                        "update job set release = :release, result = :envelope, result_hash = :hash,"
                                + " release_event = :event, expires_at = :expires, answered_by = cast(:by as uuid) where job_id = :id")
                .bind("release", outcome.release())
                .bind("envelope", outcome.envelope())
                .bind("hash", outcome.resultHash().hex())
                .bind("event", outcome.event().value())
                .bind("expires", outcome.expiresAt())
                .bind("by", answeredBy.map(JobId::value).orElse(null))
                .bind("id", id.value())
                .execute();
    }

    List<JobRow.Step> history(Handle tx, JobId id) {
        return tx.createQuery("select state, cause, at from job_state where job_id = :id order by seq")
                .bind("id", id.value())
                .map((row, context) -> new JobRow.Step(
                        JobState.valueOf(row.getString("state")), code(row.getString("cause")), instant(row, "at")))
                .list();
    }

    private static String collaboration(JobRequest request) {
        return request.collaboration().map(CollaborationId::value).orElse(NO_COLLABORATION);
    }

    private static void step(Handle tx, JobId id, JobState state, Optional<Code> cause, Instant at) {
        tx.createUpdate("insert into job_state (job_id, seq, state, cause, at) values (:id,"
                        + " (select count(*) from job_state where job_id = :id), :state, :cause, :at)")
                .bind("id", id.value())
                .bind("state", state.name())
                .bind("cause", cause.map(Code::name).orElse(null))
                .bind("at", at)
                .execute();
    }

    private static JobRow read(ResultSet row) throws SQLException {
        return new JobRow(
                new JobId(row.getObject("job_id", UUID.class)),
                new Actor(
                        new PartyId(row.getString("party")),
                        new PersonId(row.getString("person")),
                        Role.fromToken(row.getString("role")).orElseThrow(),
                        new DepartmentId(row.getString("department"))),
                JobRequest.parse(Json.parse(row.getString("body"))),
                Hash.of(row.getBytes("request_hash")),
                Hash.parse(row.getString("bundle_hash")),
                JobState.valueOf(row.getString("state")),
                code(row.getString("cause")),
                Optional.ofNullable(row.getObject("event_id", UUID.class)).map(EventId::new),
                Hash.of(row.getBytes("cache_key")),
                Optional.ofNullable(row.getObject("answered_by", UUID.class)).map(JobId::new),
                instant(row, "created_at"),
                outcome(row),
                Optional.ofNullable(row.getObject("witnessed_event", UUID.class))
                        .map(EventId::new),
                Region.valueOf(row.getString("region")),
                Optional.ofNullable(row.getObject("submitted_event", UUID.class))
                        .map(EventId::new),
                Optional.ofNullable(row.getObject("deadline", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getInt("approvals_needed"),
                row.getInt("approvals"));
    }

    private static Optional<JobRow.Outcome> outcome(ResultSet row) throws SQLException {
        if (row.getString("result") == null) {
            return Optional.empty();
        }
        return Optional.of(new JobRow.Outcome(
                row.getString("release"),
                row.getString("result"),
                Hash.parse(row.getString("result_hash")),
                new EventId(row.getObject("release_event", UUID.class)),
                instant(row, "expires_at")));
    }

    private static Optional<Code> code(String name) {
        return Optional.ofNullable(name).map(Code::valueOf);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
