package io.tamis.audience.keys;

import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.BoardRequests;
import io.tamis.audience.board.Boards;
import io.tamis.data.Actor;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.holder.ceremony.Standing;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Ceremonies as they stand in answers. */
@Singleton
class CeremonyViews {
    private static final String AFTER_ALL = "kc_~";

    private final Jdbi jdbi;
    private final Boards boards;
    private final Ceremonies ceremonies;
    private final KeyMinutes minutes;

    CeremonyViews(Jdbi jdbi, Boards boards, Ceremonies ceremonies, KeyMinutes minutes) {
        this.jdbi = jdbi;
        this.boards = boards;
        this.ceremonies = ceremonies;
        this.minutes = minutes;
    }

    <T> T recording(Actor actor, Supplier<T> request) {
        return minutes.recording(actor, request);
    }

    /** The ceremony with its roster and the list of its messages. */
    Json.Obj whole(CeremonyRows.Row row) {
        return jdbi.inTransaction(tx -> {
            var json = summary(row).put("roster", row.roster().toJson());
            if (row.open() && ceremonies.standing(tx, row) instanceof Standing.Open open) {
                json.put("stage", open.stage().name())
                        .put("missing", parties(open.missing()))
                        .put(
                                "stageEndsAt",
                                row.stageAt().plus(Ceremonies.STAGE_TIME).toString());
            }
            return json.put(
                            "messages",
                            Json.array(boards.list(tx, row.id()).stream()
                                    .map(Boards.Posted::json)
                                    .toList()))
                    .build();
        });
    }

    /** A page, newest first: an officer's of all, a holder's of those it is in. */
    Json.Obj page(Actor caller, String limit, String cursor) {
        int max = BoardRequests.limit(limit);
        String before = cursor.isEmpty() ? AFTER_ALL : new BoardId(cursor).value();
        Optional<PartyId> holder =
                caller.role() == Role.COMPLIANCE_OFFICER ? Optional.empty() : Optional.of(caller.party());
        List<CeremonyRows.Row> rows = jdbi.inTransaction(tx -> CeremonyRows.page(tx, before, holder, max));
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

    /** A message as it was signed. */
    Optional<String> message(BoardId board, Hash hash) {
        return jdbi.inTransaction(tx -> boards.message(tx, board, hash));
    }

    private static Json.Builder summary(CeremonyRows.Row row) {
        var json = Json.object()
                .put("id", row.id().value())
                .put("state", row.state().name())
                .put("keyEpoch", row.epoch().number())
                .put("rosterHash", row.roster().hash().hex())
                .put("openedAt", row.openedAt().toString())
                .put("eventId", row.event().toString());
        row.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        row.abortion()
                .ifPresent(abortion -> json.put("fault", abortion.fault()).put("faulty", parties(abortion.parties())));
        return json;
    }

    private static Json parties(List<PartyId> parties) {
        return Json.strings(parties.stream().map(PartyId::value).toList());
    }
}
