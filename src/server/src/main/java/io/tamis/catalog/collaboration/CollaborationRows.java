package io.tamis.catalog.collaboration;

import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.Semantic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rows of collaborations and their members. Every method takes part in the caller's transaction. */
final class CollaborationRows {
    private CollaborationRows() {}

    /** A collaboration with what others than jobs want to know of it. */
    record Row(
            Collaboration collaboration,
            EventId event,
            Instant createdAt,
            Optional<Instant> closedAt,
            List<AttachmentRow> attachments) {}

    /** An attachment with what others than jobs want to know of it. */
    record AttachmentRow(Attachment attachment, PartyId owner, EventId event, Instant attachedAt) {}

    /** How a row is held until the transaction ends. */
    enum Hold {
        /** As it was when read. */
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
        return tx.createQuery("SELECT * FROM collaboration WHERE collaboration = :id" + hold.clause)
                .bind("id", id.value())
                .map((row, context) -> Head.of(row))
                .findOne()
                .map(head -> head.with(members(tx, id), attachments(tx, id)));
    }

    private record Head(
            CollaborationId id,
            Collaboration.State state,
            Terms terms,
            Hash agreementHash,
            int keyEpoch,
            EventId event,
            Instant createdAt,
            Optional<Instant> closedAt) {
        static Head of(ResultSet row) throws SQLException {
            return new Head(
                    new CollaborationId(row.getString("collaboration")),
                    Collaboration.State.valueOf(row.getString("state")),
                    Terms.parseSigned(row.getString("terms")),
                    Hash.of(row.getBytes("agreement_hash")),
                    row.getInt("key_epoch"),
                    new EventId(row.getObject("event_id", UUID.class)),
                    time(row, "created_at").orElseThrow(),
                    time(row, "closed_at"));
        }

        Row with(List<Signature> signatures, List<AttachmentRow> attachments) {
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
                    attachments.stream().map(AttachmentRow::attachment).toList());
            return new Row(collaboration, event, createdAt, closedAt, attachments);
        }
    }

    private record Signature(PartyId party, Optional<Instant> signedAt, Optional<Instant> withdrawnAt) {}

    private static List<Signature> members(Handle tx, CollaborationId id) {
        return tx.createQuery("SELECT party, signed_at, withdrawn_at FROM collaboration_member"
                        + " WHERE collaboration = :id ORDER BY party COLLATE \"C\"")
                .bind("id", id.value())
                .map((row, context) -> new Signature(
                        new PartyId(row.getString("party")), time(row, "signed_at"), time(row, "withdrawn_at")))
                .list();
    }

    private static List<AttachmentRow> attachments(Handle tx, CollaborationId id) {
        return tx.createQuery("SELECT * FROM collaboration_attachment"
                        + " WHERE collaboration = :id AND detached_at IS NULL"
                        + " ORDER BY dataset COLLATE \"C\", version, key_epoch")
                .bind("id", id.value())
                .map((row, context) -> attachment(row))
                .list();
    }

    private static AttachmentRow attachment(ResultSet row) throws SQLException {
        return new AttachmentRow(
                new Attachment(
                        new DatasetId(row.getString("dataset")),
                        row.getInt("version"),
                        row.getInt("key_epoch"),
                        new Semantic(row.getString("semantic")),
                        Hash.of(row.getBytes("content_hash")),
                        row.getLong("units")),
                new PartyId(row.getString("owner")),
                new EventId(row.getObject("event_id", UUID.class)),
                time(row, "attached_at").orElseThrow());
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
