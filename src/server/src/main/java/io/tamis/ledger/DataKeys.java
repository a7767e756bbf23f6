package io.tamis.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.IdSource;
import io.tamis.data.RandomSource;
import io.tamis.log.Origin;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * The keys bodies are sealed under, one for each {@link KeyScope}, and another part when one has many seals, since random
 * 96-bit nonces allow 2^32 under one key. A key is made in a transaction of an event that needs it; two replicas that do so
 * at once meet at the unique scope, and the second waits for the first and takes its key. What is not committed yet is not
 * remembered: it may be rolled back.
 *
 * <p>Nothing is sealed under a destroyed key: seals go to the running month's keys, and the rules of erasure let none be
 * destroyed before its month is well over. Months never go back, whatever a clock shows: what is sealed under a month long
 * over would be due for erasure at once. They go on only when the database's clock agrees, since one that went on too far
 * could not come back. A key that this process has seen destroyed it does not seal with, and of one that another destroyed
 * it learns at the latest after {@link #BATCHES_PER_LOOKUP}.
 */
@Singleton
final class DataKeys {
    /** Half of what GCM allows, so that seals not yet counted cannot carry a key over its limit. */
    static final long SEALS_MAX = 1L << 31;

    /** After this many batches by this process, each of at most 2^12 events, the key's seals by all are looked up again. */
    static final int BATCHES_PER_LOOKUP = 1 << 14;

    private static final Logger LOG = Logger.getLogger(DataKeys.class);

    private final Origin origin;
    private final KeyProvider keys;
    private final RandomSource random;
    private final IdSource ids;
    private final InstantSource clock;
    private final DatabaseClock database;
    private final OpenKeys open = new OpenKeys();
    private final AtomicReference<YearMonth> newest = new AtomicReference<>(YearMonth.of(1970, 1));

    /** {@code origin} is that of the first log: wrapped keys are bound to it, and outlive a year's log. */
    DataKeys(
            Origin origin,
            KeyProvider keys,
            RandomSource random,
            IdSource ids,
            InstantSource clock,
            DatabaseClock database) {
        this.origin = origin;
        this.keys = keys;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
        this.database = database;
    }

    /** A key to seal with. */
    record DataKey(UUID id, SecretBytes secret) {}

    /** Keys to seal with, and the ids of those made in this very transaction, which then must record them. */
    record Found(Map<KeyScope, DataKey> keys, List<UUID> fresh) {
        Found {
            keys = Map.copyOf(keys);
            fresh = List.copyOf(fresh);
        }
    }

    /** The month that seals now as far as this process knows; keys it does not remember are of {@link #month(Handle)}. */
    YearMonth month() {
        return later(month(clock.instant()), newest.get());
    }

    /** The month that seals now: of the two clocks' the earlier one, but not before the newest month of any key. */
    YearMonth month(Handle tx) {
        var mine = month(clock.instant());
        var databases = month(database.now(tx));
        var agreed = mine.isBefore(databases) ? mine : databases;
        var least = KeyRows.newestMonth(tx).map(used -> later(used, agreed)).orElse(agreed);
        return newest.accumulateAndGet(least, DataKeys::later);
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }

    private static YearMonth later(YearMonth one, YearMonth other) {
        return one.isBefore(other) ? other : one;
    }

    /** These keys are destroyed: this process uses them no more. */
    void forget(Collection<UUID> destroyed) {
        destroyed.forEach(open::forget);
    }

    /** Those of these keys that this process remembers; costs no round trip. */
    Map<KeyScope, DataKey> remembered(Collection<KeyScope> scopes) {
        return open.toSeal(scopes);
    }

    /** All of these keys, made where they are missing: at most two statements however many. */
    Found find(Handle tx, Collection<KeyScope> scopes) {
        var found = new HashMap<>(open.toSeal(scopes));
        var missing = new TreeSet<>(scopes);
        missing.removeAll(found.keySet());
        if (missing.isEmpty()) {
            return new Found(found, List.of());
        }
        // Before anything is wrapped: a change of the key-encryption key waits for us, or we for it.
        ErasureLock.shared(tx);
        var newest = KeyRows.newest(tx, missing);
        var made = new HashMap<KeyScope, DataKey>();
        var rows = new ArrayList<KeyRows.Row>();
        for (var scope : missing) {
            var row = Optional.ofNullable(newest.get(scope));
            if (row.filter(KeyRows.Row::usable).isPresent()) {
                found.put(scope, new DataKey(row.get().id(), unwrap(row.get())));
            } else {
                var fresh = fresh(scope, 1 + row.map(KeyRows.Row::part).orElse(0));
                made.put(scope, fresh.key());
                rows.add(fresh.row());
            }
        }
        insert(tx, rows, made, found);
        tx.afterCommit(() -> missing.forEach(scope -> open.keep(scope, found.get(scope))));
        return new Found(found, made.values().stream().map(DataKey::id).toList());
    }

    /**
     * The key with this id; empty when it was destroyed, also when this process still remembers it: others may have
     * destroyed it since.
     */
    Optional<SecretBytes> open(Handle handle, UUID keyId) {
        return Optional.ofNullable(openAll(handle, List.of(keyId)).get(keyId));
    }

    /** Those of these keys that are not destroyed; one statement however many. */
    Map<UUID, SecretBytes> openAll(Handle handle, Collection<UUID> keyIds) {
        var opened = new HashMap<UUID, SecretBytes>();
        for (var row : KeyRows.living(handle, keyIds)) {
            opened.put(row.id(), open.toOpen(row.id()).orElseGet(() -> open.keep(row.id(), unwrap(row))));
        }
        forget(keyIds.stream().filter(id -> !opened.containsKey(id)).toList());
        return opened;
    }

    /** Counts seals; the sequencer calls it for each batch. */
    static void count(Handle tx, UUID keyId, long seals) {
        count(tx, Map.of(keyId, seals));
    }

    /** Counts seals by key, in one statement. */
    static void count(Handle tx, Map<UUID, Long> seals) {
        KeyRows.count(tx, seals);
    }

    private record Fresh(DataKey key, KeyRows.Row row) {}

    private Fresh fresh(KeyScope scope, int part) {
        var id = ids.next();
        var secret = SecretBytes.random(32, random);
        String name = scope.text() + "/" + String.format(Locale.ROOT, "%04d", part);
        var wrapped = keys.wrap(KeyName.LEDGER_KEK, secret, place(name, id));
        return new Fresh(
                new DataKey(id, secret), new KeyRows.Row(id, name, Optional.of(scope), part, Optional.of(wrapped), 0));
    }

    /**
     * The parts after the newest ones this caller saw. It must not look again for the numbers: between two looks another
     * writer's key may appear, and the scope would get a second one for nothing.
     */
    private void insert(Handle tx, List<KeyRows.Row> rows, Map<KeyScope, DataKey> made, Map<KeyScope, DataKey> found) {
        if (rows.isEmpty()) {
            return;
        }
        requireNewestGeneration(tx);
        var mine = KeyRows.insert(tx, rows);
        made.values().removeIf(key -> !mine.contains(key.id()));
        found.putAll(made);
        var theirs = new TreeSet<KeyScope>();
        rows.stream()
                .filter(row -> !mine.contains(row.id()))
                .forEach(row -> theirs.add(row.scope().orElseThrow()));
        KeyRows.newest(tx, theirs).forEach((scope, row) -> found.put(scope, new DataKey(row.id(), unwrap(row))));
    }

    /** Another process has changed the key-encryption key: what we wrapped now could soon be opened by nobody. */
    void requireNewestGeneration(Handle tx) {
        if (KeyRows.newestGeneration(tx) > keys.status(KeyName.LEDGER_KEK).generation()) {
            LOG.error("the key store was changed by another process: restart this one");
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
    }

    /**
     * Wraps living keys of older generations again under the newest one, at most so many; how many there were. The caller
     * holds the lock that keeps others from making keys.
     */
    int wrapAgain(Handle tx, int max) {
        int newest = keys.status(KeyName.LEDGER_KEK).generation();
        var rows = KeyRows.below(tx, newest, max);
        for (var row : rows) {
            try (SecretBytes secret = unwrap(row)) {
                KeyRows.wrapAgain(tx, row.id(), keys.wrap(KeyName.LEDGER_KEK, secret, place(row.name(), row.id())));
            }
        }
        return rows.size();
    }

    private SecretBytes unwrap(KeyRows.Row row) {
        return keys.unwrap(KeyName.LEDGER_KEK, row.wrapped().orElseThrow(), place(row.name(), row.id()));
    }

    private byte[] place(String name, UUID id) {
        byte[] text = ("tamis-dek-v1\n" + origin + "\n" + name + "\n").getBytes(UTF_8);
        return ByteBuffer.allocate(text.length + 16)
                .put(text)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
