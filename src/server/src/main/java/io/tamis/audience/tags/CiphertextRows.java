package io.tamis.audience.tags;

import io.tamis.audience.board.BoardId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.he.KeyEpoch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rows of ciphertexts. Every method takes part in the caller's transaction. */
final class CiphertextRows {
    private CiphertextRows() {}

    /** What is in a slot. */
    record Row(int slot, Hash hash, EventId event) {}

    /** Holds off every other upload into this slot until the transaction ends. */
    static void lock(Handle tx, BoardId round, int slot) {
        tx.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "tamis-audience/slot/" + round + "/" + slot)
                .mapTo(Integer.class)
                .one();
    }

    static Optional<Row> find(Handle tx, BoardId round, int slot) {
        return tx.createQuery(
                        "SELECT slot, hash, event_id FROM audience_ciphertext WHERE round = :round AND slot = :slot")
                .bind("round", round.value())
                .bind("slot", slot)
                .map((row, context) -> row(row))
                .findOne();
    }

    /** True when a body like this was uploaded under this key, into whichever slot. */
    static boolean hasBody(Handle tx, KeyEpoch epoch, Hash body) {
        return tx.createQuery("SELECT count(*) FROM audience_ciphertext WHERE key_epoch = :epoch AND body_hash = :body")
                        .bind("epoch", epoch.number())
                        .bind("body", body.bytes())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static void insert(Handle tx, BoardId round, KeyEpoch epoch, Row row, Hash body, Instant now) {
        tx.createUpdate("INSERT INTO audience_ciphertext VALUES (:round, :slot, :epoch, :hash, :body, :event, :at)")
                .bind("round", round.value())
                .bind("slot", row.slot())
                .bind("epoch", epoch.number())
                .bind("hash", row.hash().bytes())
                .bind("body", body.bytes())
                .bind("event", row.event().value())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** At most {@code max} slots from this one on, ascending. */
    static List<Row> page(Handle tx, BoardId round, int from, int max) {
        return tx.createQuery("SELECT slot, hash, event_id FROM audience_ciphertext"
                        + " WHERE round = :round AND slot >= :from ORDER BY slot LIMIT :max")
                .bind("round", round.value())
                .bind("from", from)
                .bind("max", max)
                .map((row, context) -> row(row))
                .list();
    }

    static int count(Handle tx, BoardId round) {
        return tx.createQuery("SELECT count(*) FROM audience_ciphertext WHERE round = :round")
                .bind("round", round.value())
                .mapTo(Integer.class)
                .one();
    }

    /** Those of these names that have rows. */
    static Set<Hash> known(Handle tx, Set<Hash> names) {
        return new HashSet<>(tx.createQuery("SELECT hash FROM audience_ciphertext"
                        + " WHERE hash IN (SELECT decode(name, 'hex') FROM unnest(:names) AS name)")
                .bindArray("names", String.class, names.stream().map(Hash::hex).toList())
                .map((row, context) -> Hash.of(row.getBytes(1)))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getInt("slot"), Hash.of(row.getBytes("hash")), new EventId(row.getObject("event_id", UUID.class)));
    }
}
