package io.tamis.cli.soak;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.LogEntry;
import io.tamis.log.MerkleTree;
import io.tamis.log.TreeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The database's administrator: reads and writes every table of a live database, and has no key. What they know of the
 * format everybody knows, so they can compute roots and tiles as well as we can.
 */
final class Administrator implements AutoCloseable {
    private static final int PORT_LINE = 3;
    private static final int TILE = 256;
    private static final String COLUMNS = "seq, event_id, recorded_at, key_id, commitment, body";

    private final Connection connection;

    private Administrator(Connection connection) {
        this.connection = connection;
    }

    /** A row of the log as it is in the table; the body in hexadecimal digits. */
    record Row(long seq, UUID eventId, Object recordedAt, UUID keyId, Hash commitment, String body) {
        Row at(long place) {
            return new Row(place, eventId, recordedAt, keyId, commitment, body);
        }

        Hash leaf() {
            return new LogEntry(new EventId(eventId), commitment).leaf();
        }
    }

    /** Logs in to the database that a server runs on this data directory. */
    static Administrator of(Path data) {
        try {
            String port = Files.readAllLines(data.resolve("pg").resolve("postmaster.pid"))
                    .get(PORT_LINE)
                    .strip();
            return new Administrator(DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SQLException refused) {
            throw new IllegalStateException("no connection to the database", refused);
        }
    }

    /** How many rows the log has. */
    long size() {
        return query("SELECT count(*) FROM ledger_event");
    }

    /** Rows [first, end), in order. */
    List<Row> rows(long first, long end) {
        try (var select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM ledger_event WHERE seq >= ? AND seq < ? ORDER BY seq")) {
            select.setLong(1, first);
            select.setLong(2, end);
            var rows = new ArrayList<Row>();
            try (var found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(
                            found.getLong(1),
                            found.getObject(2, UUID.class),
                            found.getObject(3),
                            found.getObject(4, UUID.class),
                            Hash.of(found.getBytes(5)),
                            HexFormat.of().formatHex(found.getBytes(6))));
                }
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Puts these rows where those were, at once. */
    void replace(List<Row> those, List<Row> these) {
        atOnce(() -> {
            delete(those);
            insert(these);
        });
    }

    private void delete(List<Row> rows) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM ledger_event WHERE seq = ?")) {
            for (Row row : rows) {
                delete.setLong(1, row.seq());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private void insert(List<Row> rows) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO ledger_event (log_id, " + COLUMNS + ") VALUES (1, ?, ?, ?, ?, ?, ?)")) {
            for (Row row : rows) {
                insert.setLong(1, row.seq());
                insert.setObject(2, row.eventId());
                insert.setObject(3, row.recordedAt());
                insert.setObject(4, row.keyId());
                insert.setBytes(5, row.commitment().bytes());
                insert.setBytes(6, HexFormat.of().parseHex(row.body()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Makes everything else fit the rows that are there now: head, tiles, and no checkpoint of a larger size or of another
     * tree. A server that starts on this sees nothing wrong.
     */
    TreeHead makeConsistent() {
        var tree = new MerkleTree();
        List<Row> rows = rows(0, Long.MAX_VALUE);
        rows.forEach(row -> tree.append(row.leaf()));
        TreeHead head = tree.head();
        atOnce(() -> {
            update("DELETE FROM ledger_checkpoint");
            update("DELETE FROM ledger_tile");
            try (var insert = connection.prepareStatement("INSERT INTO ledger_tile VALUES (1, 0, ?, ?)")) {
                for (int tile = 0; tile < rows.size() / TILE; tile++) {
                    insert.setLong(1, tile);
                    insert.setBytes(2, hashes(rows.subList(tile * TILE, (tile + 1) * TILE)));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (var move = connection.prepareStatement("UPDATE ledger_head SET size = ?, root = ?")) {
                move.setLong(1, head.size());
                move.setBytes(2, head.root().bytes());
                move.executeUpdate();
            }
        });
        return head;
    }

    private static byte[] hashes(List<Row> rows) {
        var data = ByteBuffer.allocate(rows.size() * Hash.LENGTH);
        rows.forEach(row -> data.put(row.leaf().bytes()));
        return data.array();
    }

    /** Runs one statement; returns how many rows it touched. */
    int update(String sql) {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private long query(String sql) {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private interface Change {
        void run() throws SQLException;
    }

    private void atOnce(Change change) {
        try {
            connection.setAutoCommit(false);
            change.run();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
