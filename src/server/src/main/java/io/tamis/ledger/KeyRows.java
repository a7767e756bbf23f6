package io.tamis.ledger;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Hash;
import io.tamis.log.Retention;
import io.tamis.log.SubjectRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The data keys' rows: each statement takes any number of them. */
final class KeyRows {
    private static final String COLUMNS = "key_id, scope, retention, month, subject, part, wrapped, kek_gen, seals";

    private KeyRows() {}

    /**
     * A row; without a wrapped key when it was destroyed, without a scope when it is of before there were any.
     *
     * @param name scope and part, in the spelling the wrapped key is bound to
     */
    record Row(UUID id, String name, Optional<KeyScope> scope, int part, Optional<WrappedKey> wrapped, long seals) {
        boolean usable() {
            return wrapped.isPresent() && seals < DataKeys.SEALS_MAX;
        }
    }

    /** The newest part of each of these scopes that has one. */
    static Map<KeyScope, Row> newest(Handle handle, Collection<KeyScope> scopes) {
        var found = new HashMap<KeyScope, Row>();
        if (scopes.isEmpty()) {
            return found;
        }
        var wanted = List.copyOf(scopes);
        handle.createQuery("""
                SELECT key.* FROM unnest(:retentions, :months, :subjects) AS wanted (retention, month, subject)
                CROSS JOIN LATERAL (
                    SELECT key_id, scope, retention, month, subject, part, wrapped, kek_gen, seals FROM ledger_key AS k
                    WHERE k.subject = decode(wanted.subject, 'hex') AND k.retention = wanted.retention AND k.month = wanted.month
                    ORDER BY part DESC LIMIT 1) AS key""")
                .bindArray(
                        "retentions",
                        String.class,
                        wanted.stream().map(scope -> scope.retention().wire()).toList())
                .bindArray(
                        "months",
                        String.class,
                        wanted.stream().map(scope -> scope.month().toString()).toList())
                .bindArray(
                        "subjects",
                        String.class,
                        wanted.stream().map(KeyScope::subjectHex).toList())
                .map((row, context) -> of(row))
                .forEach(row -> found.put(row.scope().orElseThrow(), row));
        return found;
    }

    /**
     * The newest month that any living key seals; empty when there is none. Whoever makes a key also has one of the class
     * that is never erased, so destroying others does not make it older.
     */
    static Optional<YearMonth> newestMonth(Handle handle) {
        return handle.createQuery("SELECT max(month) FROM ledger_key WHERE wrapped IS NOT NULL")
                .mapTo(String.class)
                .findOne()
                .filter(month -> !month.isEmpty())
                .map(YearMonth::parse);
    }

    /** Those of these keys that are not destroyed. */
    static List<Row> living(Handle handle, Collection<UUID> ids) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM ledger_key WHERE key_id = ANY(:ids) AND wrapped IS NOT NULL")
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map((row, context) -> of(row))
                .list();
    }

    /** Inserts those whose scope and part nobody has; their ids. Waits for another writer of the same who has not committed. */
    static Set<UUID> insert(Handle tx, List<Row> rows) {
        return new HashSet<>(tx.createQuery("""
                INSERT INTO ledger_key (key_id, scope, retention, month, subject, part, wrapped, kek_gen)
                SELECT id, name, retention, month, decode(subject, 'hex'), part, decode(wrapped, 'hex'), generation
                FROM unnest(:ids, :names, :retentions, :months, :subjects, :parts, :wrapped, :generations)
                     AS fresh (id, name, retention, month, subject, part, wrapped, generation)
                ON CONFLICT (scope) DO NOTHING RETURNING key_id""")
                .bindArray("ids", UUID.class, rows.stream().map(Row::id).toList())
                .bindArray("names", String.class, rows.stream().map(Row::name).toList())
                .bindArray(
                        "retentions",
                        String.class,
                        scopes(rows).stream()
                                .map(scope -> scope.retention().wire())
                                .toList())
                .bindArray(
                        "months",
                        String.class,
                        scopes(rows).stream()
                                .map(scope -> scope.month().toString())
                                .toList())
                .bindArray(
                        "subjects",
                        String.class,
                        scopes(rows).stream().map(KeyScope::subjectHex).toList())
                .bindArray("parts", Integer.class, rows.stream().map(Row::part).toList())
                .bindArray(
                        "wrapped",
                        String.class,
                        rows.stream()
                                .map(row -> HexFormat.of()
                                        .formatHex(row.wrapped().orElseThrow().blob()))
                                .toList())
                .bindArray(
                        "generations",
                        Integer.class,
                        rows.stream()
                                .map(row -> row.wrapped().orElseThrow().generation())
                                .toList())
                .mapTo(UUID.class)
                .list());
    }

    /**
     * Adds to the counts. Not to those of a person's keys: a month of one person has nowhere near 2^31 events, and counting
     * them would write a row for each.
     */
    static void count(Handle tx, Map<UUID, Long> seals) {
        var ids = List.copyOf(seals.keySet());
        tx.createUpdate("""
                UPDATE ledger_key SET seals = ledger_key.seals + counted.seals
                FROM unnest(:ids, :seals) AS counted (key_id, seals)
                WHERE ledger_key.key_id = counted.key_id AND ledger_key.subject = ''""")
                .bindArray("ids", UUID.class, ids)
                .bindArray("seals", Long.class, ids.stream().map(seals::get).toList())
                .execute();
    }

    /** The newest generation that wraps a key; 0 when there is none. */
    static int newestGeneration(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(kek_gen), 0) FROM ledger_key")
                .mapTo(Integer.class)
                .one();
    }

    /** Living keys wrapped by a generation before this one, at most so many. */
    static List<Row> below(Handle tx, int generation, int max) {
        return tx.createQuery("SELECT " + COLUMNS
                        + " FROM ledger_key WHERE kek_gen < :generation AND wrapped IS NOT NULL LIMIT :max")
                .bind("generation", generation)
                .bind("max", max)
                .map((row, context) -> of(row))
                .list();
    }

    /** Puts the same key under another wrapping. */
    static void wrapAgain(Handle tx, UUID id, WrappedKey wrapped) {
        tx.createUpdate(
                        "UPDATE ledger_key SET wrapped = :wrapped, kek_gen = :generation WHERE key_id = :id AND wrapped IS NOT NULL")
                .bind("wrapped", wrapped.blob())
                .bind("generation", wrapped.generation())
                .bind("id", id)
                .execute();
    }

    private static List<KeyScope> scopes(List<Row> rows) {
        return rows.stream().map(row -> row.scope().orElseThrow()).toList();
    }

    static Row of(ResultSet row) throws SQLException {
        int generation = row.getInt("kek_gen");
        return new Row(
                row.getObject("key_id", UUID.class),
                row.getString("scope"),
                scope(row.getString("retention"), row.getString("month"), row.getBytes("subject")),
                row.getInt("part"),
                Optional.ofNullable(row.getBytes("wrapped"))
                        .map(blob -> new WrappedKey(KeyName.LEDGER_KEK, generation, blob)),
                row.getLong("seals"));
    }

    private static Optional<KeyScope> scope(String retention, String month, byte[] subject) {
        return Retention.fromWire(retention)
                .map(known -> new KeyScope(
                        known,
                        YearMonth.parse(month),
                        subject.length == 0 ? Optional.empty() : Optional.of(new SubjectRef(Hash.of(subject)))));
    }
}
