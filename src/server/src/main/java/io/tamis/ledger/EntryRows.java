package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.LogEntry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** The log's rows: written once, in a batch, never changed. */
final class EntryRows {
    /** The one log there is so far; a log for each year comes with the ledger issue. */
    static final short LOG_ID = 1;

    private static final int LEAVES_PER_FETCH = 10_000;

    private static final String COLUMNS = "seq, event_id, commitment, body, key_id";

    private EntryRows() {}

    /** A row and its place. */
    record Row(long index, SealedEvent event) {}

    /** Writes these events at {@code first} and following: one statement however many, and a parse-free one for bodies. */
    static void insertAll(Handle tx, long first, List<SealedEvent> events) {
        try (var insert = tx.getConnection().prepareStatement("""
                INSERT INTO ledger_event (log_id, seq, event_id, key_id, commitment, leaf, body)
                SELECT ?, ? + n - 1, event_id, key_id, commitment, leaf, body
                FROM unnest(?::uuid[], ?::uuid[], ?::bytea[], ?::bytea[], ?::bytea[])
                     WITH ORDINALITY AS row (event_id, key_id, commitment, leaf, body, n)""")) {
            Connection connection = tx.getConnection();
            insert.setShort(1, LOG_ID);
            insert.setLong(2, first);
            insert.setArray(
                    3,
                    uuids(
                            connection,
                            events.stream().map(event -> event.id().value()).toList()));
            insert.setArray(
                    4, uuids(connection, events.stream().map(SealedEvent::keyId).toList()));
            insert.setArray(
                    5,
                    bytes(
                            connection,
                            events.stream()
                                    .map(event -> event.commitment().bytes())
                                    .toList()));
            insert.setArray(
                    6,
                    bytes(
                            connection,
                            events.stream()
                                    .map(event -> event.entry().leaf().bytes())
                                    .toList()));
            insert.setArray(
                    7,
                    bytes(connection, events.stream().map(SealedEvent::sealed).toList()));
            insert.executeUpdate();
        } catch (SQLException failed) {
            throw new ConnectionException(failed);
        }
    }

    /** Those of these ids that are in the log. */
    static Map<EventId, SealedEvent> find(Handle tx, List<SealedEvent> events) {
        var found = new HashMap<EventId, SealedEvent>();
        try (var select = tx.getConnection()
                .prepareStatement("SELECT " + COLUMNS + " FROM ledger_event WHERE event_id = ANY(?)")) {
            var ids = events.stream().map(event -> event.id().value()).toList();
            select.setArray(1, uuids(tx.getConnection(), ids));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var event = Outbox.sealedEvent(rows);
                    found.put(event.id(), event);
                }
            }
        } catch (SQLException failed) {
            throw new ConnectionException(failed);
        }
        return found;
    }

    static Optional<Row> byId(Handle handle, EventId id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM ledger_event WHERE event_id = :id AND log_id = :log")
                .bind("id", id.value())
                .bind("log", LOG_ID)
                .map((row, context) -> new Row(row.getLong("seq"), Outbox.sealedEvent(row)))
                .findOne();
    }

    /** Rows from {@code first} on, at most {@code max}, in order. */
    static List<Row> page(Handle handle, long first, int max) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM ledger_event WHERE log_id = :log AND seq >= :first ORDER BY seq LIMIT :max")
                .bind("log", LOG_ID)
                .bind("first", first)
                .bind("max", max)
                .map((row, context) -> new Row(row.getLong("seq"), Outbox.sealedEvent(row)))
                .list();
    }

    /**
     * Hands over the leaves of [first, end) in order. They are computed from id and commitment; a row whose stored leaf says
     * something else, or a gap, ends the walk early, and the caller's root will not fit.
     */
    static void leaves(Handle handle, long first, long end, Consumer<Hash> reader) {
        for (long from = first; from < end; from += LEAVES_PER_FETCH) {
            long to = Math.min(end, from + LEAVES_PER_FETCH);
            var leaves = handle.createQuery("""
                    SELECT seq, event_id, commitment, leaf FROM ledger_event
                    WHERE log_id = :log AND seq >= :from AND seq < :to ORDER BY seq""")
                    .bind("log", LOG_ID)
                    .bind("from", from)
                    .bind("to", to)
                    .map((row, context) -> {
                        var entry = new LogEntry(
                                new EventId(row.getObject("event_id", UUID.class)),
                                Hash.of(row.getBytes("commitment")));
                        var stored = Hash.of(row.getBytes("leaf"));
                        return stored.equals(entry.leaf()) ? Optional.of(stored) : Optional.<Hash>empty();
                    })
                    .list();
            for (var leaf : leaves) {
                if (leaf.isEmpty()) {
                    return;
                }
                reader.accept(leaf.get());
            }
            if (leaves.size() < to - from) {
                return;
            }
        }
    }

    private static Array uuids(Connection connection, List<UUID> values) throws SQLException {
        return connection.createArrayOf("uuid", values.toArray());
    }

    private static Array bytes(Connection connection, List<byte[]> values) throws SQLException {
        return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
    }
}
