package io.tamis.ledger;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.Retention;
import io.tamis.log.SubjectRef;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Places and lifts legal holds. Each change and its entry commit together, one after the other with erasures: a hold that
 * was answered was there before any later erasure looked, and an erasure that was answered had seen every hold before it.
 */
@Singleton
final class LegalHolds {
    /** Most holds, lifted ones too. */
    static final int MAX = 10_000;

    private static final String COLUMNS = "hold_id, kind, retention, month, subject, reason, placed_at, lifted_at";

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final InstantSource clock;

    LegalHolds(Jdbi jdbi, Ledger ledger, Events events, InstantSource clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** A hold as it stands, and whether this request made it so. */
    record Changed(LegalHold hold, boolean now) {}

    /** Places a hold. The same one again changes nothing; another one under a used id, or a lifted one's, is a conflict. */
    Changed place(Actor officer, String id, KeyTarget target, LegalHold.Reason reason) {
        return jdbi.inTransaction(tx -> {
            ErasureLock.exclusively(tx);
            var before = find(tx, id);
            if (before.isPresent()) {
                if (before.get().liftedAt().isPresent() || !before.get().sameAs(target, reason)) {
                    throw new LedgerException(Code.STATE_CONFLICT);
                }
                return new Changed(before.get(), false);
            }
            if (count(tx) >= MAX) {
                throw new LedgerException(Code.TOO_LARGE);
            }
            var hold = new LegalHold(id, target, reason, now(), Optional.empty());
            insert(tx, hold);
            record(tx, officer, hold, "PLACED");
            return new Changed(hold, true);
        });
    }

    /** Lifts a hold; lifting it again changes nothing. */
    LegalHold lift(Actor officer, String id) {
        return jdbi.inTransaction(tx -> {
            ErasureLock.exclusively(tx);
            var hold = find(tx, id).orElseThrow(() -> new LedgerException(Code.NOT_FOUND));
            if (hold.liftedAt().isPresent()) {
                return hold;
            }
            var lifted = new LegalHold(id, hold.target(), hold.reason(), hold.placedAt(), Optional.of(now()));
            tx.createUpdate("UPDATE ledger_hold SET lifted_at = :at WHERE hold_id = :id")
                    .bind("at", lifted.liftedAt().orElseThrow())
                    .bind("id", id)
                    .execute();
            record(tx, officer, lifted, "LIFTED");
            return lifted;
        });
    }

    /** One hold. */
    LegalHold get(String id) {
        return jdbi.withHandle(handle -> find(handle, id)).orElseThrow(() -> new LedgerException(Code.NOT_FOUND));
    }

    /** Holds by id, those after this one. */
    List<LegalHold> page(String after, int max) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + " FROM ledger_hold WHERE hold_id > :after ORDER BY hold_id LIMIT :max")
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> of(row))
                .list());
    }

    private void record(Handle tx, Actor officer, LegalHold hold, String change) {
        var event = events.of(EventType.HOLD_CHANGED, officer)
                .with("hold", Json.of(hold.id()))
                .with("change", Json.of(change))
                .with("reason", Json.of(hold.reason().name()));
        var told = Json.object();
        hold.target().describe(told);
        told.build().members().forEach(event::with);
        ledger.append(tx, event.build());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<LegalHold> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM ledger_hold WHERE hold_id = :id")
                .bind("id", id)
                .map((row, context) -> of(row))
                .findOne();
    }

    private static long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM ledger_hold")
                .mapTo(Long.class)
                .one();
    }

    private static void insert(Handle tx, LegalHold hold) {
        tx.createUpdate("""
                INSERT INTO ledger_hold (hold_id, kind, retention, month, subject, reason, placed_at)
                VALUES (:id, :kind, :retention, :month, decode(:subject, 'hex'), :reason, :at)""")
                .bind("id", hold.id())
                .bind("kind", hold.target().kind())
                .bind("retention", hold.target().retentionText())
                .bind("month", hold.target().monthText())
                .bind("subject", hold.target().subjectHex())
                .bind("reason", hold.reason().name())
                .bind("at", hold.placedAt())
                .execute();
    }

    private static LegalHold of(ResultSet row) throws SQLException {
        var lifted = row.getTimestamp("lifted_at");
        return new LegalHold(
                row.getString("hold_id"),
                target(row),
                LegalHold.Reason.valueOf(row.getString("reason")),
                row.getTimestamp("placed_at").toInstant(),
                lifted == null ? Optional.empty() : Optional.of(lifted.toInstant()));
    }

    private static KeyTarget target(ResultSet row) throws SQLException {
        return switch (row.getString("kind")) {
            case "SUBJECT" -> new KeyTarget.OfSubject(new SubjectRef(Hash.of(row.getBytes("subject"))));
            case "MONTH" ->
                new KeyTarget.OfMonth(
                        Retention.fromWire(row.getString("retention")).orElseThrow(),
                        YearMonth.parse(row.getString("month")));
            default -> new KeyTarget.Whole();
        };
    }
}
