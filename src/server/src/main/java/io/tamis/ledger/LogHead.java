package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where the log stands in the database, and who may move it: the holder of the newest epoch. */
record LogHead(Origin origin, TreeHead tree, long epoch) {
    private static final String SELECT = "SELECT origin, size, root, epoch FROM ledger_head WHERE log_id = :log";

    LogHead {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(tree);
    }

    /** Opens the log under this name unless there is one already; true when it was opened now. */
    static boolean create(Handle tx, Origin origin) {
        return tx.createUpdate("""
                INSERT INTO ledger_head (log_id, origin, size, root, epoch) VALUES (:log, :origin, 0, :root, 0)
                ON CONFLICT (log_id) DO NOTHING""")
                        .bind("log", EntryRows.LOG_ID)
                        .bind("origin", origin.value())
                        .bind("root", TreeHead.EMPTY.root().bytes())
                        .execute()
                == 1;
    }

    static Optional<LogHead> read(Handle handle) {
        return handle.createQuery(SELECT)
                .bind("log", EntryRows.LOG_ID)
                .map((row, context) -> of(row))
                .findOne();
    }

    /** Reads the head and keeps everybody else from moving it until the transaction ends. */
    static LogHead lock(Handle tx) {
        return tx.createQuery(SELECT + " FOR UPDATE")
                .bind("log", EntryRows.LOG_ID)
                .map((row, context) -> of(row))
                .one();
    }

    /** Fences whoever held the lease before, and returns the head with the new epoch. */
    static LogHead claim(Handle handle) {
        return handle.createQuery("""
                UPDATE ledger_head SET epoch = epoch + 1 WHERE log_id = :log
                RETURNING origin, size, root, epoch""")
                .bind("log", EntryRows.LOG_ID)
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
                        .bind("log", EntryRows.LOG_ID)
                        .bind("before", tree.size())
                        .bind("epoch", epoch)
                        .execute()
                == 1;
    }

    /** Stores a checkpoint; sizes are a key, so two of one size cannot both be published. */
    static void insertCheckpoint(Handle tx, TreeHead head, SignedNote note) {
        tx.createUpdate("INSERT INTO ledger_checkpoint (log_id, size, root, note) VALUES (:log, :size, :root, :note)")
                .bind("log", EntryRows.LOG_ID)
                .bind("size", head.size())
                .bind("root", head.root().bytes())
                .bind("note", note.encoded())
                .execute();
    }

    /** The checkpoint of the largest size. */
    static Optional<SignedNote> latestCheckpoint(Handle handle) {
        return handle.createQuery("SELECT note FROM ledger_checkpoint WHERE log_id = :log ORDER BY size DESC LIMIT 1")
                .bind("log", EntryRows.LOG_ID)
                .mapTo(String.class)
                .findOne()
                .map(note -> SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
    }

    /** The checkpoint of this size. */
    static Optional<SignedNote> checkpointAt(Handle handle, long size) {
        return handle.createQuery("SELECT note FROM ledger_checkpoint WHERE log_id = :log AND size = :size")
                .bind("log", EntryRows.LOG_ID)
                .bind("size", size)
                .mapTo(String.class)
                .findOne()
                .map(note -> SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
    }

    private static LogHead of(ResultSet row) throws SQLException {
        return new LogHead(
                new Origin(row.getString("origin")),
                new TreeHead(row.getLong("size"), Hash.of(row.getBytes("root"))),
                row.getLong("epoch"));
    }
}
