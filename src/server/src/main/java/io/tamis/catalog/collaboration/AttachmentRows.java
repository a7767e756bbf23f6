package io.tamis.catalog.collaboration;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.Semantic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows of attachments. Every method takes part in the caller's transaction. */
final class AttachmentRows {
    private AttachmentRows() {}

    /** Names one attachment, and the folder of its link files. */
    record Place(CollaborationId collaboration, DatasetId dataset, int version, int keyEpoch) {}

    /** An attachment with what others than jobs want to know of it. */
    record Row(
            CollaborationId collaboration,
            Attachment attachment,
            PartyId owner,
            EventId event,
            UUID keyId,
            Instant attachedAt) {
        Place place() {
            return new Place(collaboration, attachment.dataset(), attachment.version(), attachment.keyEpoch());
        }
    }

    /** A version that was attached, somewhere, in some epoch, since a moment. */
    record Recent(int version, Hash contentHash, long units, boolean attachedSince) {}

    /** What is attached to each of these collaborations. */
    static Map<String, List<Row>> attached(Handle tx, List<String> collaborations) {
        return tx
                .createQuery("SELECT * FROM collaboration_attachment"
                        + " WHERE collaboration IN (<ids>) AND detached_at IS NULL"
                        + " ORDER BY dataset COLLATE \"C\", version, key_epoch")
                .bindList("ids", collaborations)
                .map((row, context) -> row(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(row -> row.collaboration().value()));
    }

    /** Adds a row; its folder lies in its place. */
    static void insert(Handle tx, Row row, WrappedKey linkKey) {
        Attachment attachment = row.attachment();
        tx.createUpdate(
                        "INSERT INTO collaboration_attachment VALUES (:event, :collaboration, :dataset, :version, :epoch,"
                                + " :owner, :semantic, :content, :units, :key, :generation, :wrapped, :at, NULL)")
                .bind("event", row.event().value())
                .bind("collaboration", row.collaboration().value())
                .bind("dataset", attachment.dataset().value())
                .bind("version", attachment.version())
                .bind("epoch", attachment.keyEpoch())
                .bind("owner", row.owner().value())
                .bind("semantic", attachment.semantic().value())
                .bind("content", attachment.contentHash().bytes())
                .bind("units", attachment.units())
                .bind("key", row.keyId())
                .bind("generation", linkKey.generation())
                .bind("wrapped", linkKey.blob())
                .bind("at", row.attachedAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** Detaches, and destroys the link key. */
    static void detach(Handle tx, Row row, Instant at) {
        tx.createUpdate("UPDATE collaboration_attachment SET wrapped = NULL, detached_at = :at"
                        + " WHERE event_id = :event AND detached_at IS NULL")
                .bind("event", row.event().value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** The wrapped link key of what is attached there. */
    static Optional<Keyed> linkKey(Handle tx, Place place) {
        return tx.createQuery("SELECT key_id, kek_generation, wrapped FROM collaboration_attachment"
                        + " WHERE collaboration = :collaboration AND dataset = :dataset AND version = :version"
                        + " AND key_epoch = :epoch AND detached_at IS NULL")
                .bindMap(named(place))
                .map((row, context) -> new Keyed(
                        row.getObject("key_id", UUID.class),
                        new WrappedKey(KeyName.PSEUDONYM_KEK, row.getInt("kek_generation"), row.getBytes("wrapped"))))
                .findOne();
    }

    /** A wrapped key and its name. */
    record Keyed(UUID keyId, WrappedKey wrapped) {}

    /** What the rows say of a folder of link files. */
    enum Standing {
        ATTACHED,
        DETACHED,
        UNKNOWN
    }

    static Standing standing(Handle tx, Place place) {
        return tx.createQuery("SELECT bool_or(detached_at IS NULL) FROM collaboration_attachment"
                        + " WHERE collaboration = :collaboration AND dataset = :dataset AND version = :version"
                        + " AND key_epoch = :epoch")
                .bindMap(named(place))
                .map((row, context) -> Optional.ofNullable(row.getObject(1, Boolean.class)))
                .one()
                .map(attached -> attached ? Standing.ATTACHED : Standing.DETACHED)
                .orElse(Standing.UNKNOWN);
    }

    /** Holds off every other attachment of this family, in any collaboration, until the transaction ends. */
    static void lock(Handle tx, DatasetId dataset) {
        tx.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "tamis-attachments/" + dataset)
                .mapTo(Integer.class)
                .one();
    }

    /** The versions of a family that are attached to any collaboration, or were since this moment; by version. */
    static List<Recent> recent(Handle tx, DatasetId dataset, Instant since) {
        return tx.createQuery(
                        "SELECT version, content_hash, max(units) AS units, bool_or(attached_at > :since) AS today"
                                + " FROM collaboration_attachment WHERE dataset = :dataset"
                                + " AND (detached_at IS NULL OR detached_at > :since)"
                                + " GROUP BY version, content_hash ORDER BY version")
                .bind("dataset", dataset.value())
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Recent(
                        row.getInt("version"),
                        Hash.of(row.getBytes("content_hash")),
                        row.getLong("units"),
                        row.getBoolean("today")))
                .list();
    }

    private static Map<String, Object> named(Place place) {
        return Map.of(
                "collaboration", place.collaboration().value(),
                "dataset", place.dataset().value(),
                "version", place.version(),
                "epoch", place.keyEpoch());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new CollaborationId(row.getString("collaboration")),
                new Attachment(
                        new DatasetId(row.getString("dataset")),
                        row.getInt("version"),
                        row.getInt("key_epoch"),
                        new Semantic(row.getString("semantic")),
                        Hash.of(row.getBytes("content_hash")),
                        row.getLong("units")),
                new PartyId(row.getString("owner")),
                new EventId(row.getObject("event_id", UUID.class)),
                row.getObject("key_id", UUID.class),
                CollaborationRows.time(row, "attached_at").orElseThrow());
    }
}
