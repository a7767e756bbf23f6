package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.LogEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Events between their writer's commit and the sequencer's. There is no watermark: a row whose writer commits late is found
 * like any other, since the sequencer asks for what is there and not for what is new.
 */
final class Outbox {
    /** Longest sealed body, as the table has it. */
    static final int SEALED_MAX = 8300;

    private Outbox() {}

    /** False when the id is known already, here or in the log. Waits for a writer of the same id who has not committed. */
    static boolean insert(Handle tx, SealedEvent event) {
        return tx.createUpdate("""
                INSERT INTO ledger_outbox (event_id, commitment, sealed, key_id, log_id)
                SELECT :id, :commitment, :sealed, :key, :log
                WHERE NOT EXISTS (SELECT 1 FROM ledger_event WHERE event_id = :id)
                ON CONFLICT (event_id) DO NOTHING""")
                        .bind("id", event.id().value())
                        .bind("commitment", event.commitment().bytes())
                        .bind("sealed", event.sealed())
                        .bind("key", event.keyId())
                        .bind("log", event.log())
                        .execute()
                == 1;
    }

    static Optional<SealedEvent> find(Handle handle, EventId id) {
        return handle.createQuery(
                        "SELECT log_id, event_id, commitment, sealed AS body, key_id FROM ledger_outbox WHERE event_id = :id")
                .bind("id", id.value())
                .map((row, context) -> sealedEvent(row))
                .findOne();
    }

    /** Takes out the oldest rows that nobody else is taking; they are back when the transaction does not commit. */
    static List<SealedEvent> take(Handle tx, int max) {
        return tx.createQuery("""
                WITH oldest AS MATERIALIZED (
                    SELECT event_id FROM ledger_outbox ORDER BY created_at, event_id LIMIT :max FOR UPDATE SKIP LOCKED),
                taken AS (
                    DELETE FROM ledger_outbox USING oldest WHERE ledger_outbox.event_id = oldest.event_id
                    RETURNING ledger_outbox.event_id, commitment, sealed, key_id, log_id, created_at)
                SELECT log_id, event_id, commitment, sealed AS body, key_id FROM taken ORDER BY created_at, event_id""")
                .bind("max", max)
                .map((row, context) -> sealedEvent(row))
                .list();
    }

    static boolean isEmpty(Handle handle) {
        return handle.createQuery("SELECT NOT EXISTS (SELECT 1 FROM ledger_outbox)")
                .mapTo(Boolean.class)
                .one();
    }

    /** How long the oldest row has been waiting, by the database's clock; empty when none does. */
    static Optional<Duration> oldestAge(Handle handle) {
        return handle.createQuery("""
                SELECT (extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint
                FROM ledger_outbox ORDER BY created_at LIMIT 1""").mapTo(Long.class).findOne().map(Duration::ofMillis);
    }

    static LogEntry entry(ResultSet row) throws SQLException {
        return new LogEntry(new EventId(row.getObject("event_id", UUID.class)), Hash.of(row.getBytes("commitment")));
    }

    static SealedEvent sealedEvent(ResultSet row) throws SQLException {
        return new SealedEvent(
                row.getShort("log_id"), entry(row), row.getObject("key_id", UUID.class), row.getBytes("body"));
    }
}
