package io.tamis.ledger;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Destroys data keys, and with them the content and the salts they seal; places and commitments stay, and every proof with
 * them. Keys, filters and the record of what was destroyed change in one transaction: there is no moment at which an entry
 * is gone without a record, nor one at which the record is of something that is still there.
 *
 * <p>NOT promised: that the wrapped keys are gone from the database's write-ahead log and its backups. They open nothing
 * once the generation of the key-encryption key that wraps them is destroyed; until then an erasure is not final.
 */
@Singleton
final class KeyErasure {
    /** Most keys of one erasure; the answer says when there are more. */
    static final int KEYS_MAX = 10_000;

    /** Most keys that one entry names. */
    private static final int KEYS_PER_RECORD = 200;

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final RetentionRules rules;
    private final KeyProvider keys;
    private final DataKeys dataKeys;
    private final InstantSource clock;

    KeyErasure(
            Jdbi jdbi,
            Ledger ledger,
            Events events,
            RetentionRules rules,
            KeyProvider keys,
            DataKeys dataKeys,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.rules = rules;
        this.keys = keys;
        this.dataKeys = dataKeys;
        this.clock = clock;
    }

    /** Why. */
    enum Reason {
        RETENTION_OVER,
        SUBJECT_REQUEST,
        CONSENT_WITHDRAWN,
        UNLAWFUL_PROCESSING
    }

    /**
     * What was erased.
     *
     * @param records the entries that say so, the first of which names the erasure
     * @param more there is more of it to erase: ask again
     * @param onDuty some of it has to be kept for now
     * @param onHold some of it is under a legal hold
     */
    record Done(List<EventId> records, int keys, boolean more, boolean onDuty, boolean onHold) {
        Done {
            records = List.copyOf(records);
        }
    }

    /**
     * Erases what may be erased of this. When nothing may be: {@code LEGAL_HOLD} when a hold is in the way, {@code
     * RETENTION_DUTY} when it has to be kept still, {@code NOT_FOUND} when there is nothing.
     */
    Done erase(Actor officer, KeyTarget target, Reason reason) {
        return jdbi.inTransaction(tx -> {
            ErasureLock.exclusively(tx);
            var candidates = new KeyCandidates(tx, rules, target);
            var found = candidates.erasable(KEYS_MAX + 1);
            boolean onHold = candidates.anyOnHold();
            boolean onDuty = candidates.anyOnDuty();
            if (found.isEmpty()) {
                throw new LedgerException(onHold ? Code.LEGAL_HOLD : onDuty ? Code.RETENTION_DUTY : Code.NOT_FOUND);
            }
            var erased = found.subList(0, Math.min(found.size(), KEYS_MAX));
            destroy(tx, erased);
            tx.afterCommit(() -> dataKeys.forget(erased));
            BlockFilters.empty(tx, erased);
            var records = record(tx, officer, target, reason, erased);
            remember(tx, records.getFirst(), target, reason, erased);
            return new Done(records, erased.size(), found.size() > KEYS_MAX, onDuty, onHold);
        });
    }

    /**
     * Besides the wrapped key, a person's row loses whom it was of: a list of who was erased would be no erasure. The rows
     * stay, as entries refer to them.
     */
    private static void destroy(Handle tx, List<UUID> ids) {
        tx.createUpdate("""
                UPDATE ledger_key SET wrapped = NULL, destroyed_at = clock_timestamp(),
                    scope = CASE WHEN subject = '' THEN scope ELSE 'destroyed/' || key_id END,
                    retention = CASE WHEN subject = '' THEN retention ELSE '' END,
                    month = CASE WHEN subject = '' THEN month ELSE '' END,
                    subject = ''
                WHERE key_id = ANY(:ids) AND wrapped IS NOT NULL""").bindArray("ids", UUID.class, ids).execute();
    }

    private List<EventId> record(Handle tx, Actor officer, KeyTarget target, Reason reason, List<UUID> erased) {
        var records = new ArrayList<EventId>();
        for (int first = 0; first < erased.size(); first += KEYS_PER_RECORD) {
            var some = erased.subList(first, Math.min(erased.size(), first + KEYS_PER_RECORD));
            records.add(ledger.append(tx, destroyed(officer, target, reason, some)));
        }
        return records;
    }

    private LedgerEvent destroyed(Actor officer, KeyTarget target, Reason reason, List<UUID> some) {
        var event = events.of(EventType.KEY_DESTROYED, officer)
                .keyIds(some.stream().map(UUID::toString).toList())
                .with("reason", Json.of(reason.name()));
        var told = Json.object();
        target.describe(told);
        told.build().members().forEach(event::with);
        return event.build();
    }

    private void remember(Handle tx, EventId id, KeyTarget target, Reason reason, List<UUID> erased) {
        tx.createUpdate("""
                INSERT INTO ledger_erasure (erasure_id, kind, retention, month, reason, keys, kek_gen, erased_at)
                VALUES (:id, :kind, :retention, :month, :reason, :keys,
                    (SELECT max(kek_gen) FROM ledger_key WHERE key_id = ANY(:erased)), :at)""")
                .bind("id", id.value())
                .bind("kind", target.kind())
                .bind("retention", target.retentionText())
                .bind("month", target.monthText())
                .bind("reason", reason.name())
                .bind("keys", erased.size())
                // Of the rows, not of this process: it may not know of a newer generation, and would call it final too
                // soon.
                .bindArray("erased", UUID.class, erased)
                .bind("at", clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .execute();
    }

    /** An erasure as it is remembered; {@code done} when nothing that wrapped its keys is left. */
    record Past(
            UUID id, String kind, String retention, String month, String reason, int keys, Instant at, boolean done) {
        Json.Obj toJson() {
            var json = Json.object()
                    .put("id", id.toString())
                    .put("at", at.toString())
                    .put("scope", kind)
                    .put("reason", reason)
                    .put("keys", keys)
                    .put("state", done ? "FINAL" : "ERASED_IN_DATABASE");
            if (!retention.isEmpty()) {
                json.put("retention", retention).put("month", month);
            }
            return json.build();
        }
    }

    /** Erasures, oldest first, those after this one. */
    List<Past> page(UUID after, int max) {
        int oldest = keys.oldestGeneration(KeyName.LEDGER_KEK);
        return jdbi.withHandle(handle -> handle.createQuery("""
                SELECT erasure_id, kind, retention, month, reason, keys, kek_gen, erased_at FROM ledger_erasure
                WHERE erasure_id > :after ORDER BY erasure_id LIMIT :max""")
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> new Past(
                        row.getObject("erasure_id", UUID.class),
                        row.getString("kind"),
                        row.getString("retention"),
                        row.getString("month"),
                        row.getString("reason"),
                        row.getInt("keys"),
                        row.getTimestamp("erased_at").toInstant(),
                        row.getInt("kek_gen") < oldest))
                .list());
    }
}
