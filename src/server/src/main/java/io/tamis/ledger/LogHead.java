package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where the log stands in the database, and who may move it: the holder of the newest epoch. */
record LogHead(short log, Origin origin, TreeHead tree, long epoch) {
    private static final String COLUMNS = "log_id, origin, size, root, epoch";
    private static final String NEWEST =
            "SELECT " + COLUMNS + " FROM ledger_head WHERE log_id = (SELECT max(log_id) FROM ledger_head)";

    LogHead {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(tree);
    }

    /** Opens the log of this number and name, held by this epoch, unless there is one already. */
    static void create(Handle tx, short log, Origin origin, long epoch) {
        tx.createUpdate("""
                INSERT INTO ledger_head (log_id, origin, size, root, epoch) VALUES (:log, :origin, 0, :root, :epoch)
                ON CONFLICT (log_id) DO NOTHING""")
                .bind("log", log)
                .bind("origin", origin.value())
                .bind("root", TreeHead.EMPTY.root().bytes())
                .bind("epoch", epoch)
                .execute();
    }

    /** The open log's head. */
    static Optional<LogHead> read(Handle handle) {
        return handle.createQuery(NEWEST).map((row, context) -> of(row)).findOne();
    }

    /** How many entries this log has. */
    static long size(Handle handle, short log) {
        return handle.createQuery("SELECT size FROM ledger_head WHERE log_id = :log")
                .bind("log", log)
                .mapTo(Long.class)
                .one();
    }

    /** The heads of all logs, oldest first. */
    static List<LogHead> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM ledger_head ORDER BY log_id")
                .map((row, context) -> of(row))
                .list();
    }

    /** Reads the open log's head and keeps everybody else from moving it until the transaction ends. */
    static LogHead lock(Handle tx) {
        return tx.createQuery(NEWEST + " FOR UPDATE")
                .map((row, context) -> of(row))
                .one();
    }

    /** Fences whoever held the lease before, and returns the open log's head with the new epoch. */
    static LogHead claim(Handle handle) {
        return handle.createQuery("UPDATE ledger_head SET epoch = epoch + 1"
                        + " WHERE log_id = (SELECT max(log_id) FROM ledger_head) RETURNING " + COLUMNS)
                .map((row, context) -> of(row))
                .one();
    }

    /** Moves the head on; false when it is no longer this one. */
    boolean advance(Handle tx, TreeHead next) {
        return tx.createUpdate("""
                UPDATE ledger_head SET size = :size, root = :root
                WHERE log_id = :log AND size = :before AND epoch = :epoch""")
                        .bind("size", next.size())
                        .bind("root", next.root().bytes())
                        .bind("log", log)
                        .bind("before", tree.size())
                        .bind("epoch", epoch)
                        .execute()
                == 1;
    }

    /** Stores a checkpoint; sizes are a key, so two of one size cannot both be published. */
    void insertCheckpoint(Handle tx, TreeHead head, SignedNote note) {
        tx.createUpdate("INSERT INTO ledger_checkpoint (log_id, size, root, note) VALUES (:log, :size, :root, :note)")
                .bind("log", log)
                .bind("size", head.size())
                .bind("root", head.root().bytes())
                .bind("note", note.encoded())
                .execute();
    }

    /** The checkpoint of a log's largest size. */
    static Optional<SignedNote> latestCheckpoint(Handle handle, short log) {
        return handle.createQuery("SELECT note FROM ledger_checkpoint WHERE log_id = :log ORDER BY size DESC LIMIT 1")
                .bind("log", log)
                .mapTo(String.class)
                .findOne()
                .map(note -> SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
    }

    /** The checkpoint of this size. */
    static Optional<SignedNote> checkpointAt(Handle handle, short log, long size) {
        return handle.createQuery("SELECT note FROM ledger_checkpoint WHERE log_id = :log AND size = :size")
                .bind("log", log)
                .bind("size", size)
                .mapTo(String.class)
                .findOne()
                .map(note -> SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
    }

    private static LogHead of(ResultSet row) throws SQLException {
        return new LogHead(
                row.getShort("log_id"),
                new Origin(row.getString("origin")),
                new TreeHead(row.getLong("size"), Hash.of(row.getBytes("root"))),
                row.getLong("epoch"));
    }
}
