package io.tamis.catalog;

import io.tamis.catalog.load.CsvImport;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rows of versions and of the folders they stand on. Every method takes part in the caller's transaction. */
final class Versions {
    private static final byte[] COMMITMENT = "tamis-content-v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private Versions() {}

    /** A version that was loaded. */
    record Row(
            DatasetId dataset,
            int version,
            Hash contentHash,
            Hash uploadMac,
            Hash commitmentSalt,
            EventId eventId,
            Instant createdAt) {
        /** What the ledger and other parties hold instead of the content hash. */
        Hash commitment() {
            return commitment(commitmentSalt, contentHash);
        }

        /** SHA-256 over domain, salt, hash: hides the hash while the 32 random bytes of salt are secret. */
        static Hash commitment(Hash salt, Hash contentHash) {
            return Hash.sha256(COMMITMENT, salt.bytes(), contentHash.bytes());
        }
    }

    /** Holds off every other writer of this family, on any replica, until the transaction ends. */
    static void lock(Handle tx, DatasetId dataset) {
        tx.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "tamis-catalog/" + dataset)
                .mapTo(Integer.class)
                .one();
    }

    static Optional<Row> find(Handle tx, DatasetId dataset, int version) {
        return tx.createQuery("SELECT * FROM catalog_version WHERE dataset = :dataset AND version = :version")
                .bind("dataset", dataset.value())
                .bind("version", version)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** At most {@code max} versions of a family, newest number first. */
    static List<Row> newest(Handle tx, DatasetId dataset, int max) {
        return tx.createQuery("SELECT * FROM catalog_version WHERE dataset = :dataset ORDER BY version DESC LIMIT :max")
                .bind("dataset", dataset.value())
                .bind("max", max)
                .map((row, context) -> row(row))
                .list();
    }

    static void insert(Handle tx, Row row) {
        tx.createUpdate("INSERT INTO catalog_version VALUES"
                        + " (:dataset, :version, :content, :upload, :salt, :event, :at)")
                .bind("dataset", row.dataset().value())
                .bind("version", row.version())
                .bind("content", row.contentHash().bytes())
                .bind("upload", row.uploadMac().bytes())
                .bind("salt", row.commitmentSalt().bytes())
                .bind("event", row.eventId().value())
                .bind("at", row.createdAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** The wrapped data key of a folder; empty when there is no such folder. */
    static Optional<WrappedKey> dataKey(Handle tx, DatasetId dataset, Hash contentHash) {
        return tx.createQuery("SELECT kek, kek_generation, wrapped_key FROM catalog_content"
                        + " WHERE dataset = :dataset AND content_hash = :content")
                .bind("dataset", dataset.value())
                .bind("content", contentHash.bytes())
                .map((row, context) -> new WrappedKey(new KeyName(row.getString(1)), row.getInt(2), row.getBytes(3)))
                .findOne();
    }

    /** Adds the row of a folder that lies in its place. */
    static void insertContent(Handle tx, DatasetId dataset, CsvImport.Imported imported) {
        WrappedKey key = imported.dataKey();
        tx.createUpdate("INSERT INTO catalog_content" + " VALUES (:dataset, :content, :kek, :generation, :wrapped)")
                .bind("dataset", dataset.value())
                .bind("content", imported.contentHash().bytes())
                .bind("kek", key.kek().value())
                .bind("generation", key.generation())
                .bind("wrapped", key.blob())
                .execute();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new DatasetId(row.getString("dataset")),
                row.getInt("version"),
                Hash.of(row.getBytes("content_hash")),
                Hash.of(row.getBytes("upload_mac")),
                Hash.of(row.getBytes("commitment_salt")),
                new EventId(row.getObject("event_id", UUID.class)),
                row.getObject("created_at", java.time.OffsetDateTime.class).toInstant());
    }
}
