package io.tamis.audience.tickets;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketId;
import io.tamis.privacy.NoisedUsers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rows of tickets and their answers. Every method takes part in the caller's transaction. */
final class TicketRows {
    private static final String SELECT =
            "SELECT ticket_id, job_id, key_epoch, state, draft, issue_event, signed, terms, users, segments,"
                    + " opened_max, evidence FROM audience_ticket";

    /** Of counts nobody measured users. */
    private static final Json NO_USERS = Json.array(List.of());

    private TicketRows() {}

    /**
     * What one holder of the active set has answered.
     *
     * @param share SHA-256 of its share message; empty while it has not posted one
     */
    record Answer(PartyId party, Optional<Hash> share, Optional<String> refusal) {
        boolean given() {
            return share.isPresent() || refusal.isPresent();
        }
    }

    static void insert(Handle tx, TicketRow row, Instant now) {
        tx.createUpdate(
                        "INSERT INTO audience_ticket (ticket_id, job_id, key_epoch, state, draft, terms, users, segments,"
                                + " opened_max, evidence, created_at) VALUES (:id, :job, :epoch, 'WAITING', :draft, :terms, :users,"
                                + " :segments, :max, :evidence, :at)")
                .bind("id", row.id().value())
                .bind("job", row.job().value())
                .bind("epoch", row.epoch().number())
                .bind("draft", row.draft().toJson().canonical())
                .bind("terms", row.terms().toJson().canonical())
                .bind(
                        "users",
                        row.users().map(NoisedUsers::toJson).orElse(NO_USERS).canonical())
                .bind(
                        "segments",
                        Json.array(row.segments().stream()
                                        .map(SealedSegment::toJson)
                                        .toList())
                                .canonical())
                .bind("max", row.openedMax().magnitude())
                .bindArray(
                        "evidence",
                        UUID.class,
                        row.evidence().stream().map(EventId::value).toArray(Object[]::new))
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static Optional<TicketRow> find(Handle tx, TicketId id) {
        return tx.createQuery(SELECT + " WHERE ticket_id = :id")
                .bind("id", id.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    static Optional<TicketRow> ofJob(Handle tx, JobId job) {
        return tx.createQuery(SELECT + " WHERE job_id = :job")
                .bind("job", job.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    /** The ticket, locked; its job is locked before. */
    static Optional<TicketRow> locked(Handle tx, TicketId id) {
        return tx.createQuery(SELECT + " WHERE ticket_id = :id FOR UPDATE")
                .bind("id", id.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    /** Of at most so many tickets that wait for holders, or for the proof of what was written of them, the oldest first. */
    static List<TicketId> waiting(Handle tx, int max) {
        return tx.createQuery("SELECT ticket_id FROM audience_ticket WHERE state IN ('WAITING', 'ISSUING')"
                        + " ORDER BY created_at LIMIT :max")
                .bind("max", max)
                .map((row, context) -> new TicketId(row.getObject(1, UUID.class)))
                .list();
    }

    /** At most so many open tickets that this holder has not answered, the oldest first. */
    static List<TicketRow> unanswered(Handle tx, PartyId holder, int max) {
        return tx.createQuery(SELECT + " JOIN audience_answer USING (ticket_id) WHERE state = 'OPEN' AND party = :party"
                        + " AND share IS NULL AND refusal IS NULL ORDER BY created_at LIMIT :max")
                .bind("party", holder.value())
                .bind("max", max)
                .map((row, context) -> row(row))
                .list();
    }

    /** Names the active set for good: nobody else is asked to open this ticket. */
    static void choose(Handle tx, TicketId id, List<PartyId> active, EventId issue) {
        tx.createUpdate("UPDATE audience_ticket SET state = 'ISSUING', issue_event = :issue WHERE ticket_id = :id")
                .bind("issue", issue.value())
                .bind("id", id.value())
                .execute();
        for (PartyId party : active) {
            tx.createUpdate("INSERT INTO audience_answer (ticket_id, party) VALUES (:id, :party)")
                    .bind("id", id.value())
                    .bind("party", party.value())
                    .execute();
        }
    }

    static void issue(Handle tx, SignedTicket signed, Instant now) {
        tx.createUpdate(
                        "UPDATE audience_ticket SET state = 'OPEN', signed = :signed, issued_at = :at WHERE ticket_id = :id")
                .bind("id", signed.ticket().id().value())
                .bind("signed", signed.toJson().canonical())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static void move(Handle tx, TicketId id, TicketState state) {
        tx.createUpdate("UPDATE audience_ticket SET state = :state WHERE ticket_id = :id")
                .bind("state", state.name())
                .bind("id", id.value())
                .execute();
    }

    /** What the active set has answered, in its order. */
    static List<Answer> answers(Handle tx, TicketId id) {
        return tx.createQuery("SELECT party, share, refusal FROM audience_answer WHERE ticket_id = :id ORDER BY party")
                .bind("id", id.value())
                .map((row, context) -> new Answer(
                        new PartyId(row.getString(1)),
                        Optional.ofNullable(row.getBytes(2)).map(Hash::of),
                        Optional.ofNullable(row.getString(3))))
                .list();
    }

    static Optional<Answer> answer(Handle tx, TicketId id, PartyId holder) {
        return answers(tx, id).stream()
                .filter(answer -> answer.party().equals(holder))
                .findFirst();
    }

    static void share(Handle tx, TicketId id, PartyId holder, Hash share, Instant now) {
        tx.createUpdate("UPDATE audience_answer SET share = :share, answered_at = :at"
                        + " WHERE ticket_id = :id AND party = :party")
                .bind("share", share.bytes())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("id", id.value())
                .bind("party", holder.value())
                .execute();
    }

    static void refusal(Handle tx, TicketId id, PartyId holder, String refusal, Instant now) {
        tx.createUpdate("UPDATE audience_answer SET refusal = :refusal, answered_at = :at"
                        + " WHERE ticket_id = :id AND party = :party")
                .bind("refusal", refusal)
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("id", id.value())
                .bind("party", holder.value())
                .execute();
    }

    private static TicketRow row(ResultSet row) throws SQLException {
        var draft = DecryptionTicket.fromJson(Json.parse(row.getString("draft")));
        SealedTerms terms = SealedTerms.fromJson(Json.parse(row.getString("terms")));
        return new TicketRow(
                new TicketId(row.getObject("ticket_id", UUID.class)),
                new JobId(row.getObject("job_id", UUID.class)),
                new KeyEpoch(row.getLong("key_epoch")),
                TicketState.valueOf(row.getString("state")),
                draft,
                Optional.ofNullable(row.getObject("issue_event", UUID.class)).map(EventId::new),
                Optional.ofNullable(row.getString("signed")).map(text -> SignedTicket.fromJson(Json.parse(text))),
                terms,
                terms.counts()
                        ? Optional.empty()
                        : Optional.of(NoisedUsers.fromJson(Json.parse(row.getString("users")))),
                segments(Json.parse(row.getString("segments")), draft),
                new OpenedMax(row.getLong("opened_max")),
                Arrays.stream((UUID[]) row.getArray("evidence").getArray())
                        .map(EventId::new)
                        .toList());
    }

    private static List<SealedSegment> segments(Json json, DecryptionTicket draft) {
        var wrapped = new JsonFields(Json.object().put("segments", json).build());
        List<Json> items = wrapped.list("segments", SealedTerms.GROUPS_MAX, item -> item);
        var segments = new ArrayList<SealedSegment>();
        for (int at = 0; at < items.size(); at++) {
            segments.add(SealedSegment.fromJson(items.get(at), draft.segments().get(at)));
        }
        return segments;
    }
}
