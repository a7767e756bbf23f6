package io.tamis.catalog.collaboration;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows of collaborations and their members. Every method takes part in the caller's transaction. */
final class CollaborationRows {
    private CollaborationRows() {}

    /**
     * A collaboration with what others than jobs want to know of it.
     *
     * @param event the entry of its newest change
     * @param closureReason what the member who closed it wrote
     */
    record Row(
            Collaboration collaboration,
            EventId event,
            Instant createdAt,
            Optional<Instant> closedAt,
            Optional<String> closureReason,
            List<AttachmentRows.Row> attachments) {
        CollaborationId id() {
            return collaboration.id();
        }

        /** Refuses whoever is no member, as if there were nothing, and members' people in another role. */
        Row requireMember(Actor actor) {
            Member member =
                    collaboration.member(actor.party()).orElseThrow(() -> new CollaborationException(Code.NOT_FOUND));
            if (!member.roles().contains(actor.role())) {
                throw new CollaborationException(Code.ROLE_REQUIRED);
            }
            return this;
        }

        /** Refuses what needs all members' agreement, and that it still holds. */
        Row requireActive() {
            if (collaboration.state() != Collaboration.State.ACTIVE) {
                throw new CollaborationException(Code.STATE_CONFLICT);
            }
            return this;
        }
    }

    /** How a row is held until the transaction ends. */
    enum Hold {
        /** Not at all. */
        NONE(""),
        /** Nobody changes it. */
        SHARED(" FOR SHARE"),
        /** Nobody else changes it or holds it. */
        ALONE(" FOR UPDATE");

        private final String clause;

        Hold(String clause) {
            this.clause = clause;
        }
    }

    static Optional<Row> find(Handle tx, CollaborationId id, Hold hold) {
        // Members and attachments are read after the row is held: they change under its lock only.
        return tx
                .createQuery("SELECT * FROM collaboration WHERE collaboration = :id" + hold.clause)
                .bind("id", id.value())
                .map((row, context) -> Head.of(row))
                .list()
                .stream()
                .findFirst()
                .map(head -> whole(tx, List.of(head)).getFirst());
    }

    /** The caller's collaboration, held alone; NOT_FOUND for everybody who is no member. */
    static Row held(Handle tx, CollaborationId id, Actor actor) {
        return find(tx, id, Hold.ALONE)
                .orElseThrow(() -> new CollaborationException(Code.NOT_FOUND))
                .requireMember(actor);
    }

    /** At most {@code max} collaborations before {@code before}, newest first; of one party, or of all. */
    static List<Row> page(Handle tx, Optional<PartyId> party, Optional<CollaborationId> before, int max) {
        var heads = tx.createQuery("SELECT * FROM collaboration WHERE (:before = '' OR collaboration < :before)"
                        + " AND (:party = '' OR EXISTS (SELECT 1 FROM collaboration_member member"
                        + " WHERE member.collaboration = collaboration.collaboration AND member.party = :party"
                        + " AND member.withdrawn_at IS NULL))"
                        + " ORDER BY collaboration DESC LIMIT :max")
                .bind("before", before.map(CollaborationId::value).orElse(""))
                .bind("party", party.map(PartyId::value).orElse(""))
                .bind("max", max)
                .map((row, context) -> Head.of(row))
                .list();
        return heads.isEmpty() ? List.of() : whole(tx, heads);
    }

    /** Holds off every other creation by this party, on any replica, until the transaction ends. */
    static void lockCreator(Handle tx, PartyId creator) {
        tx.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "tamis-collaborations/" + creator)
                .mapTo(Integer.class)
                .one();
    }

    /** How many collaborations of this party's making are not closed. */
    static int open(Handle tx, PartyId creator) {
        return tx.createQuery("SELECT count(*) FROM collaboration WHERE creator = :party AND state <> 'CLOSED'")
                .bind("party", creator.value())
                .mapTo(Integer.class)
                .one();
    }

    static void insert(Handle tx, CollaborationId id, PartyId creator, Terms terms, EventId event, Instant at) {
        Json.Obj signed = terms.toJson(id);
        tx.createUpdate("INSERT INTO collaboration"
                        + " (collaboration, creator, state, terms, agreement_hash, key_epoch, event_id, created_at)"
                        + " VALUES (:id, :creator, 'DRAFT', :terms, :hash, 0, :event, :at)")
                .bind("id", id.value())
                .bind("creator", creator.value())
                .bind("terms", signed.canonical())
                .bind("hash", Terms.agreementHash(signed).bytes())
                .bind("event", event.value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
        for (PartyId party : terms.members().keySet()) {
            tx.createUpdate("INSERT INTO collaboration_member (collaboration, party) VALUES (:id, :party)")
                    .bind("id", id.value())
                    .bind("party", party.value())
                    .execute();
        }
    }

    static void sign(Handle tx, CollaborationId id, PartyId party, Instant at) {
        tx.createUpdate("UPDATE collaboration_member SET signed_at = :at"
                        + " WHERE collaboration = :id AND party = :party AND signed_at IS NULL")
                .bind("id", id.value())
                .bind("party", party.value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static void withdraw(Handle tx, CollaborationId id, PartyId party, Instant at) {
        tx.createUpdate("UPDATE collaboration_member SET withdrawn_at = :at"
                        + " WHERE collaboration = :id AND party = :party AND withdrawn_at IS NULL")
                .bind("id", id.value())
                .bind("party", party.value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** Names the entry of the newest change. */
    static void changed(Handle tx, CollaborationId id, EventId event) {
        tx.createUpdate("UPDATE collaboration SET event_id = :event WHERE collaboration = :id")
                .bind("id", id.value())
                .bind("event", event.value())
                .execute();
    }

    /** Active in this key epoch. */
    static void activate(Handle tx, CollaborationId id, int keyEpoch, EventId event) {
        tx.createUpdate("UPDATE collaboration SET state = 'ACTIVE', key_epoch = :epoch, event_id = :event"
                        + " WHERE collaboration = :id AND state <> 'CLOSED'")
                .bind("id", id.value())
                .bind("epoch", keyEpoch)
                .bind("event", event.value())
                .execute();
    }

    static void close(Handle tx, CollaborationId id, Optional<String> reason, EventId event, Instant at) {
        tx.createUpdate("UPDATE collaboration SET state = 'CLOSED', closed_at = :at, event_id = :event,"
                        + " closure_reason = nullif(:reason, '') WHERE collaboration = :id AND state <> 'CLOSED'")
                .bind("id", id.value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("reason", reason.orElse(""))
                .bind("event", event.value())
                .execute();
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private record Head(
            CollaborationId id,
            Collaboration.State state,
            Terms terms,
            Hash agreementHash,
            int keyEpoch,
            EventId event,
            Instant createdAt,
            Optional<Instant> closedAt,
            Optional<String> closureReason) {
        static Head of(ResultSet row) throws SQLException {
            return new Head(
                    new CollaborationId(row.getString("collaboration")),
                    Collaboration.State.valueOf(row.getString("state")),
                    Terms.parseSigned(row.getString("terms")),
                    Hash.of(row.getBytes("agreement_hash")),
                    row.getInt("key_epoch"),
                    new EventId(row.getObject("event_id", UUID.class)),
                    time(row, "created_at").orElseThrow(),
                    time(row, "closed_at"),
                    Optional.ofNullable(row.getString("closure_reason")));
        }

        /**
         * Whoever reads without holding the row may read it just before, and its attachments just after, a change of
         * state: they then see the state before, in which nothing was attached.
         */
        Row with(List<Signature> signatures, List<AttachmentRows.Row> found) {
            var attachments = state == Collaboration.State.ACTIVE ? found : List.<AttachmentRows.Row>of();
            var members = signatures.stream()
                    .map(signature -> new Member(
                            signature.party(),
                            terms.members().get(signature.party()),
                            signature.signedAt(),
                            signature.withdrawnAt()))
                    .toList();
            var collaboration = new Collaboration(
                    id,
                    state,
                    members,
                    terms.legalRelation(),
                    terms.purposes(),
                    terms.region(),
                    keyEpoch,
                    agreementHash,
                    attachments.stream().map(AttachmentRows.Row::attachment).toList());
            return new Row(collaboration, event, createdAt, closedAt, closureReason, attachments);
        }
    }

    private record Signature(
            String collaboration, PartyId party, Optional<Instant> signedAt, Optional<Instant> withdrawnAt) {}

    private static List<Row> whole(Handle tx, List<Head> heads) {
        List<String> ids = heads.stream().map(head -> head.id().value()).toList();
        Map<String, List<Signature>> members = members(tx, ids);
        Map<String, List<AttachmentRows.Row>> attachments = AttachmentRows.attached(tx, ids);
        return heads.stream()
                .map(head -> head.with(
                        members.get(head.id().value()),
                        attachments.getOrDefault(head.id().value(), List.of())))
                .toList();
    }

    private static Map<String, List<Signature>> members(Handle tx, List<String> ids) {
        return tx
                .createQuery("SELECT collaboration, party, signed_at, withdrawn_at FROM collaboration_member"
                        + " WHERE collaboration IN (<ids>) ORDER BY party COLLATE \"C\"")
                .bindList("ids", ids)
                .map((row, context) -> new Signature(
                        row.getString("collaboration"),
                        new PartyId(row.getString("party")),
                        time(row, "signed_at"),
                        time(row, "withdrawn_at")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Signature::collaboration));
    }
}
