package io.tamis.audience.keys;

import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Roster;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Key epochs on their rows. */
@Singleton
class EpochRows implements KeyEpochs {
    private static final String SELECT =
            "SELECT e.*, c.roster FROM audience_key_epoch e JOIN audience_ceremony c USING (ceremony)";

    private final BlobShelf blobs;

    EpochRows(BlobShelf blobs) {
        this.blobs = blobs;
    }

    @Override
    public List<KeyStanding> active(Handle tx) {
        return tx.createQuery(SELECT + " WHERE e.state = 'ACTIVE' ORDER BY e.key_epoch DESC LIMIT " + ACTIVE_MAX)
                .map((row, context) -> key(row))
                .list();
    }

    @Override
    public Optional<KeyStanding> find(Handle tx, KeyEpoch epoch) {
        return tx.createQuery(SELECT + " WHERE e.key_epoch = :epoch")
                .bind("epoch", epoch.number())
                .map((row, context) -> key(row))
                .findOne();
    }

    @Override
    public KeyStanding hold(Handle tx, KeyEpoch epoch) {
        return held(tx, epoch, "SHARE")
                .filter(KeyStanding::active)
                .orElseThrow(() -> new BoardException(Code.KEY_EPOCH_MISSING));
    }

    @Override
    public void open(Handle tx, KeyEpoch epoch, int openings) {
        if (openings < 1) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        KeyStanding key = held(tx, epoch, "UPDATE")
                .filter(KeyStanding::active)
                .orElseThrow(() -> new BoardException(Code.KEY_EPOCH_MISSING));
        if (key.openings().left() < openings) {
            throw new BoardException(Code.STATE_CONFLICT);
        }
        tx.createUpdate("UPDATE audience_key_epoch SET openings_used = openings_used + :more WHERE key_epoch = :epoch")
                .bind("more", openings)
                .bind("epoch", epoch.number())
                .execute();
    }

    @Override
    public byte[] publicKey(KeyStanding key) {
        return blobs.find(key.ceremony(), key.publicKey()).orElseThrow(() -> new BoardException(Code.INTERNAL));
    }

    /** The key of this epoch, alone in the caller's hands until the transaction ends. */
    Optional<KeyStanding> alone(Handle tx, KeyEpoch epoch) {
        return held(tx, epoch, "UPDATE");
    }

    /** At most {@code max} keys whose epochs are below this number, newest first. */
    List<KeyStanding> page(Handle tx, long below, int max) {
        return tx.createQuery(SELECT + " WHERE e.key_epoch < :below ORDER BY e.key_epoch DESC LIMIT :max")
                .bind("below", below)
                .bind("max", max)
                .map((row, context) -> key(row))
                .list();
    }

    void insert(Handle tx, KeyStanding key, EventId event) {
        tx.createUpdate("INSERT INTO audience_key_epoch VALUES"
                        + " (:epoch, :ceremony, :state, :key, :transcript, :used, :max, :event, :at, NULL, NULL)")
                .bind("epoch", key.epoch().number())
                .bind("ceremony", key.ceremony().value())
                .bind("state", key.state().name())
                .bind("key", key.publicKey().bytes())
                .bind("transcript", key.transcript().bytes())
                .bind("used", key.openings().used())
                .bind("max", key.openings().max())
                .bind("event", event.value())
                .bind("at", key.createdAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    void end(Handle tx, KeyEpoch epoch, KeyStanding.State state, String reason, EventId event, Instant now) {
        tx.createUpdate("UPDATE audience_key_epoch SET state = :state, reason = :reason, event_id = :event,"
                        + " ended_at = :at WHERE key_epoch = :epoch")
                .bind("state", state.name())
                .bind("reason", reason)
                .bind("event", event.value())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("epoch", epoch.number())
                .execute();
    }

    private static Optional<KeyStanding> held(Handle tx, KeyEpoch epoch, String lock) {
        return tx.createQuery(SELECT + " WHERE e.key_epoch = :epoch FOR " + lock + " OF e")
                .bind("epoch", epoch.number())
                .map((row, context) -> key(row))
                .findOne();
    }

    private static KeyStanding key(ResultSet row) throws SQLException {
        return new KeyStanding(
                new KeyEpoch(row.getLong("key_epoch")),
                new BoardId(row.getString("ceremony")),
                Roster.fromJson(Json.parse(row.getString("roster"))),
                KeyStanding.State.valueOf(row.getString("state")),
                Hash.of(row.getBytes("public_key")),
                Hash.of(row.getBytes("transcript")),
                new Openings(row.getInt("openings_used"), row.getInt("openings_max")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString("reason")));
    }
}
