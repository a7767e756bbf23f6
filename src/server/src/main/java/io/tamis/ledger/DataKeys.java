package io.tamis.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.IdSource;
import io.tamis.data.RandomSource;
import io.tamis.log.Origin;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The keys bodies are sealed under: one a month, and another part when a month has many seals, since random 96-bit nonces
 * allow 2^32 under one key. A key is made in the transaction of the first event that needs it; two replicas that do so at
 * once meet at the unique scope, and the second waits for the first and takes its key.
 */
@Singleton
final class DataKeys {
    /** Half of what GCM allows, so that seals not yet counted cannot carry a key over its limit. */
    static final long SEALS_MAX = 1L << 31;

    /** After this many seals by this process the key is looked up again, to see what others have sealed. */
    static final int SEALS_PER_LOOKUP = 1 << 20;

    /** Keys kept open: ten years. */
    static final int OPEN_MAX = 120;

    private final Origin origin;
    private final KeyProvider keys;
    private final RandomSource random;
    private final IdSource ids;
    private final InstantSource clock;

    private final Map<UUID, SecretBytes> open = new LinkedHashMap<>();
    private Optional<Current> current = Optional.empty();

    DataKeys(Origin origin, KeyProvider keys, RandomSource random, IdSource ids, InstantSource clock) {
        this.origin = origin;
        this.keys = keys;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /** A key to seal with; {@code fresh} when it was made in this very transaction, which then must record it. */
    record DataKey(UUID id, SecretBytes secret, boolean fresh) {}

    /** The key of this month. What is not committed yet is not remembered: it may be rolled back. */
    DataKey current(Handle tx) {
        var month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        var remembered = remembered(month);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        var newest = newest(tx, month);
        var key = newest.filter(KeyRow::usable)
                .map(row -> new DataKey(row.id(), unwrap(row), false))
                .orElseGet(() -> create(tx, month, newest));
        tx.afterCommit(() -> remember(month, key));
        return key;
    }

    /** The key with this id; empty when it was destroyed. */
    Optional<SecretBytes> open(Handle handle, UUID keyId) {
        synchronized (this) {
            if (open.containsKey(keyId)) {
                return Optional.of(open.get(keyId));
            }
        }
        return handle.createQuery("SELECT key_id, scope, wrapped, kek_gen, seals FROM ledger_key WHERE key_id = :id")
                .bind("id", keyId)
                .map((row, context) -> KeyRow.of(row))
                .findOne()
                .filter(row -> row.wrapped().isPresent())
                .map(row -> keepOpen(row.id(), unwrap(row)));
    }

    /** Counts seals; the sequencer calls it for each batch. */
    static void count(Handle tx, UUID keyId, long seals) {
        tx.createUpdate("UPDATE ledger_key SET seals = seals + :seals WHERE key_id = :id")
                .bind("seals", seals)
                .bind("id", keyId)
                .execute();
    }

    private synchronized Optional<DataKey> remembered(YearMonth month) {
        return current.filter(known -> known.month.equals(month) && known.seals++ < SEALS_PER_LOOKUP)
                .map(known -> new DataKey(known.id, known.secret, false));
    }

    private synchronized void remember(YearMonth month, DataKey key) {
        current = Optional.of(new Current(month, key.id(), key.secret()));
        keepOpen(key.id(), key.secret());
    }

    private synchronized SecretBytes keepOpen(UUID id, SecretBytes secret) {
        open.put(id, secret);
        if (open.size() > OPEN_MAX) {
            // Not zeroed: another thread may be sealing with it. It is opened again when it is needed again.
            open.remove(open.keySet().iterator().next());
        }
        return secret;
    }

    private Optional<KeyRow> newest(Handle tx, YearMonth month) {
        return tx.createQuery("""
                SELECT key_id, scope, wrapped, kek_gen, seals FROM ledger_key
                WHERE scope LIKE :month ORDER BY scope DESC LIMIT 1""")
                .bind("month", month + "/%")
                .map((row, context) -> KeyRow.of(row))
                .findOne();
    }

    /**
     * The part after the newest one this caller saw. It must not look again for the number: between two looks another
     * writer's key may appear, and the month would get a second one for nothing.
     */
    private DataKey create(Handle tx, YearMonth month, Optional<KeyRow> newest) {
        int part = 1 + newest.map(KeyRow::part).orElse(0);
        String scope = month + "/" + String.format(Locale.ROOT, "%04d", part);
        var id = ids.next();
        var secret = SecretBytes.random(32, random);
        WrappedKey wrapped = keys.wrap(KeyName.LEDGER_KEK, secret, place(scope, id));
        boolean mine = tx.createUpdate("""
                INSERT INTO ledger_key (key_id, scope, wrapped, kek_gen) VALUES (:id, :scope, :wrapped, :gen)
                ON CONFLICT (scope) DO NOTHING""")
                        .bind("id", id)
                        .bind("scope", scope)
                        .bind("wrapped", wrapped.blob())
                        .bind("gen", wrapped.generation())
                        .execute()
                == 1;
        if (mine) {
            return new DataKey(id, secret, true);
        }
        var theirs = newest(tx, month).orElseThrow();
        return new DataKey(theirs.id(), unwrap(theirs), false);
    }

    private SecretBytes unwrap(KeyRow row) {
        return keys.unwrap(KeyName.LEDGER_KEK, row.wrapped().orElseThrow(), place(row.scope(), row.id()));
    }

    private byte[] place(String scope, UUID id) {
        byte[] text = ("tamis-dek-v1\n" + origin + "\n" + scope + "\n").getBytes(UTF_8);
        return ByteBuffer.allocate(text.length + 16)
                .put(text)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** What this process seals with, and how often it has. */
    private static final class Current {
        private final YearMonth month;
        private final UUID id;
        private final SecretBytes secret;
        private int seals;

        Current(YearMonth month, UUID id, SecretBytes secret) {
            this.month = month;
            this.id = id;
            this.secret = secret;
        }
    }

    /** A row of the table; without a wrapped key when it was destroyed. */
    private record KeyRow(UUID id, String scope, Optional<WrappedKey> wrapped, long seals) {
        static KeyRow of(ResultSet row) throws SQLException {
            int generation = row.getInt("kek_gen");
            return new KeyRow(
                    row.getObject("key_id", UUID.class),
                    row.getString("scope"),
                    Optional.ofNullable(row.getBytes("wrapped"))
                            .map(blob -> new WrappedKey(KeyName.LEDGER_KEK, generation, blob)),
                    row.getLong("seals"));
        }

        boolean usable() {
            return wrapped.isPresent() && seals < SEALS_MAX;
        }

        int part() {
            return Integer.parseInt(scope.substring(scope.indexOf('/') + 1));
        }
    }
}
