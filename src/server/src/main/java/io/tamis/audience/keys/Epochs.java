package io.tamis.audience.keys;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.Boards;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.ceremony.Stage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Shows key epochs and ends them. */
@Singleton
class Epochs {
    private final Jdbi jdbi;
    private final EpochRows rows;
    private final Boards boards;
    private final KeyMinutes minutes;

    Epochs(Jdbi jdbi, EpochRows rows, Boards boards, KeyMinutes minutes) {
        this.jdbi = jdbi;
        this.rows = rows;
        this.boards = boards;
        this.minutes = minutes;
    }

    /** Keys whose epochs are below this number, newest first. */
    Json.Obj page(long below, int max) {
        List<KeyStanding> keys = jdbi.inTransaction(tx -> rows.page(tx, below, max));
        var json = Json.object()
                .put(
                        "items",
                        Json.array(
                                keys.stream().map(key -> summary(key).build()).toList()));
        if (keys.size() == max) {
            json.put("next", Long.toString(keys.getLast().epoch().number()));
        }
        return json.build();
    }

    /** The key with its roster, and what each holder signed about it: a reader needs not trust this server for it. */
    Json.Obj whole(KeyEpoch epoch) {
        return jdbi.inTransaction(tx -> {
            KeyStanding key = found(tx, epoch);
            return summary(key)
                    .put("roster", key.roster().toJson())
                    .put(
                            "statements",
                            Json.array(boards.messages(tx, key.ceremony()).stream()
                                    .filter(signed -> signed.message().type().equals(Stage.DONE.type()))
                                    .map(SignedMessage::toJson)
                                    .toList()))
                    .build();
        });
    }

    /** The bytes of its public part. */
    byte[] publicKey(KeyEpoch epoch) {
        return rows.publicKey(jdbi.inTransaction(tx -> found(tx, epoch)));
    }

    /**
     * Puts a key out of use. A retired one can still be found compromised, a compromised one is so for ever: STATE_CONFLICT.
     *
     * @return the entry; empty when it was so already
     */
    Optional<EventId> end(Actor officer, KeyEpoch epoch, KeyStanding.State state, String reason) {
        return minutes.recording(
                officer,
                () -> jdbi.inTransaction(tx -> {
                    KeyStanding key = rows.alone(tx, epoch).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
                    if (key.state() == state) {
                        return Optional.empty();
                    }
                    if (key.state() == KeyStanding.State.COMPROMISED) {
                        throw new BoardException(Code.STATE_CONFLICT);
                    }
                    EventId event = minutes.ended(tx, officer, key, state);
                    rows.end(tx, epoch, state, reason, event, minutes.now());
                    return Optional.of(event);
                }));
    }

    private KeyStanding found(Handle tx, KeyEpoch epoch) {
        return rows.find(tx, epoch).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    private static Json.Builder summary(KeyStanding key) {
        var json = Json.object()
                .put("keyEpoch", key.epoch().number())
                .put("state", key.state().name())
                .put("ceremony", key.ceremony().value())
                .put("profile", key.roster().profile().value())
                .put("rosterHash", key.roster().hash().hex())
                .put("publicKey", key.publicKey().hex())
                .put("transcript", key.transcript().hex())
                .put(
                        "openings",
                        Json.object()
                                .put("used", key.openings().used())
                                .put("max", key.openings().max())
                                .build())
                .put("createdAt", key.createdAt().toString());
        key.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        key.reason().ifPresent(reason -> json.put("reason", reason));
        return json;
    }
}
