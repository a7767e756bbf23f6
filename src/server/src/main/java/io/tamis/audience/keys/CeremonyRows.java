package io.tamis.audience.keys;

import io.tamis.audience.board.BoardId;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Roster;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.holder.ceremony.CeremonyTerms;
import io.tamis.holder.ceremony.Fault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows of ceremonies. Every method takes part in the caller's transaction. */
final class CeremonyRows {
    private CeremonyRows() {}

    enum State {
        OPEN,
        FINISHED,
        ABORTED
    }

    /** How a ceremony came to nothing. */
    record Abortion(String fault, List<PartyId> parties) {
        Abortion {
            parties = List.copyOf(parties);
        }

        /** What the messages show. */
        static Abortion of(Fault fault, List<PartyId> parties) {
            return new Abortion(fault.name(), parties);
        }

        /** The officer's word. */
        static Abortion cancelled() {
            return new Abortion("CANCELLED", List.of());
        }
    }

    /** A ceremony; {@code stageAt} is since when its step is open. */
    record Row(
            BoardId id,
            KeyEpoch epoch,
            Roster roster,
            State state,
            Optional<Abortion> abortion,
            EventId event,
            Instant openedAt,
            Instant stageAt,
            Optional<Instant> endedAt) {
        CeremonyTerms terms() {
            return new CeremonyTerms(CeremonyId.parse(id.value()), epoch, roster);
        }

        boolean open() {
            return state == State.OPEN;
        }
    }

    static KeyEpoch nextEpoch(Handle tx) {
        return new KeyEpoch(tx.createQuery("SELECT nextval('audience_key_epoch_number')")
                .mapTo(Long.class)
                .one());
    }

    /** One ceremony is opened at a time, on any replica, until the transaction ends. */
    static void lock(Handle tx) {
        tx.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('tamis-audience/ceremony', 0))")
                .mapTo(Integer.class)
                .one();
    }

    /** The ceremony that is open, alone in the caller's hands. */
    static Optional<Row> findOpen(Handle tx) {
        return tx.createQuery("SELECT * FROM audience_ceremony WHERE state = 'OPEN' FOR UPDATE")
                .map((row, context) -> row(row))
                .findOne();
    }

    static Optional<Row> find(Handle tx, BoardId id) {
        return tx.createQuery("SELECT * FROM audience_ceremony WHERE ceremony = :id")
                .bind("id", id.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    /** The ceremony, alone in the caller's hands until the transaction ends. */
    static Optional<Row> alone(Handle tx, BoardId id) {
        return tx.createQuery("SELECT * FROM audience_ceremony WHERE ceremony = :id FOR UPDATE")
                .bind("id", id.value())
                .map((row, context) -> row(row))
                .findOne();
    }

    /** At most {@code max} ceremonies before this one, newest first; with a party, those it is a holder in. */
    static List<Row> page(Handle tx, String before, Optional<PartyId> holder, int max) {
        String holders = holder.map(party -> Json.array(List.of(
                                Json.object().put("party", party.value()).build()))
                        .canonical())
                .orElse("[]");
        return tx.createQuery(
                        "SELECT * FROM audience_ceremony WHERE ceremony < :before"
                                + " AND roster::jsonb -> 'holders' @> CAST(:holders AS jsonb) ORDER BY ceremony DESC LIMIT :max")
                .bind("before", before)
                .bind("holders", holders)
                .bind("max", max)
                .map((row, context) -> row(row))
                .list();
    }

    static void insert(Handle tx, CeremonyTerms terms, EventId event, Instant now) {
        tx.createUpdate("INSERT INTO audience_ceremony VALUES"
                        + " (:id, :epoch, :roster, :hash, 'OPEN', NULL, NULL, :event, :at, :at, NULL)")
                .bind("id", terms.id().toString())
                .bind("epoch", terms.epoch().number())
                .bind("roster", terms.roster().toJson().canonical())
                .bind("hash", terms.roster().hash().bytes())
                .bind("event", event.value())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static void nextStage(Handle tx, BoardId id, Instant now) {
        tx.createUpdate("UPDATE audience_ceremony SET stage_at = :at WHERE ceremony = :id")
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("id", id.value())
                .execute();
    }

    static void finish(Handle tx, BoardId id, EventId event, Instant now) {
        tx.createUpdate("UPDATE audience_ceremony SET state = 'FINISHED', event_id = :event, ended_at = :at"
                        + " WHERE ceremony = :id AND state = 'OPEN'")
                .bind("event", event.value())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("id", id.value())
                .execute();
    }

    static void abort(Handle tx, BoardId id, Abortion abortion, EventId event, Instant now) {
        tx.createUpdate("UPDATE audience_ceremony SET state = 'ABORTED', fault = :fault, faulty = :faulty,"
                        + " event_id = :event, ended_at = :at WHERE ceremony = :id AND state = 'OPEN'")
                .bind("fault", abortion.fault())
                .bind("faulty", abortion.parties().stream().map(PartyId::value).collect(Collectors.joining(",")))
                .bind("event", event.value())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("id", id.value())
                .execute();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new BoardId(row.getString("ceremony")),
                new KeyEpoch(row.getLong("key_epoch")),
                Roster.fromJson(Json.parse(row.getString("roster"))),
                State.valueOf(row.getString("state")),
                abortion(row),
                new EventId(row.getObject("event_id", UUID.class)),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("stage_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static Optional<Abortion> abortion(ResultSet row) throws SQLException {
        String fault = row.getString("fault");
        if (fault == null) {
            return Optional.empty();
        }
        return Optional.of(new Abortion(
                fault,
                Arrays.stream(row.getString("faulty").split(","))
                        .filter(party -> !party.isEmpty())
                        .map(PartyId::new)
                        .toList()));
    }
}
