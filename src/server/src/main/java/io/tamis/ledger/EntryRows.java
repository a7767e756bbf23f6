package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** The log's rows: written once, in a batch, never changed. */
final class EntryRows {
    /** The first log. */
    static final short LOG_ID = 1;

    private static final int LEAVES_PER_FETCH = 10_000;

    private static final String COLUMNS = "log_id, seq, event_id, commitment, body, key_id";
    private static final String COPY =
            "COPY ledger_event (log_id, seq, event_id, key_id, commitment, body) FROM STDIN (FORMAT BINARY)";

    /** What a row has beside its body, generously. */
    private static final int ROW_BYTES = 160;

    private EntryRows() {}

    /** A row and its place in the log it is in. */
    record Row(long index, SealedEvent event) {}

    /** Writes these events at {@code first} and following of the log they are sealed for. */
    static void insertAll(Handle tx, long first, List<SealedEvent> events) {
        var rows = new CopyRows(events.stream().mapToInt(SealedEvent::length).sum() + ROW_BYTES * (events.size() + 1));
        long index = first;
        for (var event : events) {
            rows.row(6)
                    .smallint(event.log())
                    .bigint(index++)
                    .uuid(event.id().value())
                    .uuid(event.keyId())
                    .hash(event.commitment())
                    .bytes(event.sealed());
        }
        try {
            rows.send(tx.getConnection(), COPY);
        } catch (SQLException failed) {
            throw new ConnectionException(failed);
        }
    }

    /** Those of these ids that are in the log. */
    static Map<EventId, Row> find(Handle handle, Collection<EventId> ids) {
        var found = new HashMap<EventId, Row>();
        Connection connection = handle.getConnection();
        try (var select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM ledger_event WHERE event_id = ANY(?)")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", ids.stream().map(EventId::value).toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var row = new Row(rows.getLong("seq"), Outbox.sealedEvent(rows));
                    found.put(row.event().id(), row);
                }
            }
        } catch (SQLException failed) {
            throw new ConnectionException(failed);
        }
        return found;
    }

    static Optional<Row> byId(Handle handle, EventId id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM ledger_event WHERE event_id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Row(row.getLong("seq"), Outbox.sealedEvent(row)))
                .findOne();
    }

    /** Rows of a log from {@code first} on, at most {@code max}, in order. */
    static List<Row> page(Handle handle, short log, long first, int max) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM ledger_event WHERE log_id = :log AND seq >= :first ORDER BY seq LIMIT :max")
                .bind("log", log)
                .bind("first", first)
                .bind("max", max)
                .map((row, context) -> new Row(row.getLong("seq"), Outbox.sealedEvent(row)))
                .list();
    }

    /** Hands over a log's leaves of [first, end) in order. A gap ends the walk early, and the caller's root will not fit. */
    static void leaves(Handle handle, short log, long first, long end, Consumer<Hash> reader) {
        for (long from = first; from < end; from += LEAVES_PER_FETCH) {
            long to = Math.min(end, from + LEAVES_PER_FETCH);
            var leaves = handle.createQuery("""
                    SELECT event_id, commitment FROM ledger_event
                    WHERE log_id = :log AND seq >= :from AND seq < :to ORDER BY seq""")
                    .bind("log", log)
                    .bind("from", from)
                    .bind("to", to)
                    .map((row, context) -> Outbox.entry(row).leaf())
                    .list();
            leaves.forEach(reader);
            if (leaves.size() < to - from) {
                return;
            }
        }
    }
}
