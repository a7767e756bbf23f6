package io.tamis.audience.tags;

import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.BoardRequests;
import io.tamis.audience.board.Boards;
import io.tamis.audience.keys.KeyEpochs;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tags.RoundRows.Row;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.RoundStanding;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Rounds as callers find and read them. */
@Singleton
class RoundViews {
    private static final String AFTER_ALL = "tr_~";

    private final Jdbi jdbi;
    private final Boards boards;
    private final BlobShelf blobs;
    private final KeyEpochs epochs;
    private final Rounds rounds;
    private final TagMinutes minutes;

    RoundViews(Jdbi jdbi, Boards boards, BlobShelf blobs, KeyEpochs epochs, Rounds rounds, TagMinutes minutes) {
        this.jdbi = jdbi;
        this.boards = boards;
        this.blobs = blobs;
        this.epochs = epochs;
        this.rounds = rounds;
        this.minutes = minutes;
    }

    /** A version under a key epoch; without one, under the newest that is active. */
    record Place(DatasetId dataset, int version, Optional<KeyEpoch> epoch) {
        static Place of(DatasetId dataset, int version, String epoch) {
            return new Place(
                    dataset,
                    version,
                    epoch.isEmpty() ? Optional.empty() : Optional.of(new KeyEpoch(BoardRequests.number(epoch))));
        }
    }

    <T> T recording(Actor actor, DatasetId dataset, Supplier<T> request) {
        return minutes.recording(actor, dataset, request);
    }

    /** The round of this attempt, brought up to date; NOT_FOUND when this caller may not see it. */
    Row find(Actor caller, Place place, int attempt) {
        BoardId id = jdbi.inTransaction(tx -> all(tx, place).stream()
                .filter(row -> row.context().attempt() == attempt)
                .map(Row::id)
                .findFirst()
                .orElseThrow(() -> new BoardException(Code.NOT_FOUND)));
        return rounds.find(caller, id);
    }

    /** The round that has passed; SLOT_REFUSED when there is none. */
    Row passed(Actor caller, Place place) {
        Row standing = jdbi.inTransaction(tx -> all(tx, place).stream()
                .filter(row -> row.context().platform().equals(caller.party()))
                .filter(row -> row.state() == RoundRows.State.PASSED)
                .findFirst()
                .orElseThrow(() -> new BoardException(Code.SLOT_REFUSED)));
        return standing;
    }

    /** The rounds of a version, by attempt. */
    Json.Obj list(Actor caller, Place place) {
        List<Row> rows = jdbi.inTransaction(tx -> all(tx, place));
        return Json.object()
                .put(
                        "items",
                        Json.array(rows.stream()
                                .map(row ->
                                        summary(rounds.find(caller, row.id())).build())
                                .toList()))
                .build();
    }

    /** The rounds that stand under active keys, newest first: an officer's all, a holder's those of its rosters. */
    Json.Obj standing(Actor caller, String limit, String cursor) {
        int max = BoardRequests.limit(limit);
        String before = cursor.isEmpty() ? AFTER_ALL : new BoardId(cursor).value();
        Optional<PartyId> holder =
                caller.role() == Role.COMPLIANCE_OFFICER ? Optional.empty() : Optional.of(caller.party());
        List<Row> rows = jdbi.inTransaction(tx -> RoundRows.standing(tx, before, holder, max));
        var json = Json.object()
                .put(
                        "items",
                        Json.array(
                                rows.stream().map(row -> summary(row).build()).toList()));
        if (rows.size() == max) {
            json.put("next", rows.getLast().id().value());
        }
        return json.build();
    }

    /** A round with the list of its messages. */
    Json.Obj whole(Row row) {
        return jdbi.inTransaction(tx -> {
            var json = summary(row)
                    .put(
                            "tags",
                            Json.array(RoundRows.tags(tx, row.id()).stream()
                                    .map(TagSpec::json)
                                    .toList()));
            if (rounds.read(tx, row).standing() instanceof RoundStanding.Open open) {
                KeyStanding key = epochs.find(tx, row.context().keyEpoch()).orElseThrow();
                json.put("missing", parties(open.missing()))
                        .put(
                                "stepEndsAt",
                                Rounds.endsAt(row, open, key.roster()).toString());
            }
            return json.put(
                            "messages",
                            Json.array(boards.list(tx, row.id()).stream()
                                    .map(Boards.Posted::json)
                                    .toList()))
                    .build();
        });
    }

    /** A message as it was signed. */
    Optional<String> message(BoardId board, Hash hash) {
        return jdbi.inTransaction(tx -> boards.message(tx, board, hash));
    }

    /** A large part. */
    byte[] blob(BoardId board, Hash hash) {
        return blobs.find(board, hash).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    private List<Row> all(Handle tx, Place place) {
        return place.epoch()
                .or(() -> epochs.newest(tx).map(KeyStanding::epoch))
                .map(epoch -> RoundRows.of(tx, epoch, place.dataset(), place.version()))
                .orElse(List.of());
    }

    /** What holders rebuild the round from: which steps are over and whose accusation was refuted are the server's word. */
    private static Json.Builder summary(Row row) {
        var json = Json.object()
                .put("id", row.id().value())
                .put("keyEpoch", row.context().keyEpoch().number())
                .put("dataset", row.context().dataset().value())
                .put("version", row.context().version())
                .put("platform", row.context().platform().value())
                .put("try", row.context().attempt())
                .put("rosterHash", row.context().roster().hex())
                .put("state", row.state().name())
                .put("orderHash", row.extent().orderHash().hex())
                .put("blocks", row.extent().blocks())
                .put("slots", row.extent().slots())
                .put(
                        "closed",
                        Json.strings(
                                row.closed().stream().map(Enum::name).sorted().toList()))
                .put("refuted", parties(List.copyOf(new TreeSet<>(row.refuted()))))
                .put("openedAt", row.openedAt().toString())
                .put("eventId", row.event().toString());
        if (!row.fault().isEmpty()) {
            json.put("fault", row.fault());
        }
        return json;
    }

    private static Json parties(List<PartyId> parties) {
        return Json.strings(parties.stream().map(PartyId::value).toList());
    }
}
