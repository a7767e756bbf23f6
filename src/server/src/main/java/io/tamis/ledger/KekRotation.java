package io.tamis.ledger;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Actor;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes erasures final: a new generation of the key-encryption key, all living data keys wrapped again under it, the old
 * generations destroyed. What a write-ahead log or a backup of the database still has of an erased key then opens nothing.
 *
 * <p>Crash stories. After the new generation, before all wrapping has committed: keys are under either, and the old one is
 * still there; repeating does it again with one generation more. After the commit, before the old ones are destroyed: the
 * same. Nothing is destroyed before the commit that makes it unneeded.
 *
 * <p>NOT promised: that backups of the key store are gone. Keep them apart, and shorter than the database's.
 */
@Singleton
final class KekRotation {
    private static final int BATCH = 500;

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final DataKeys dataKeys;
    private final KeyProvider keys;

    KekRotation(Jdbi jdbi, Ledger ledger, Events events, DataKeys dataKeys, KeyProvider keys) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.dataKeys = dataKeys;
        this.keys = keys;
    }

    /** Rotates; the number of the generation that is left. */
    synchronized int rotate(Actor caller) {
        jdbi.useTransaction(tx -> {
            ErasureLock.exclusively(tx);
            dataKeys.requireNewestGeneration(tx);
            keys.rotate(KeyName.LEDGER_KEK);
            dataKeys.wrapAgain(tx, BATCH);
        });
        // A transaction for each batch: the sequencer counts on the month keys' rows, and would wait for all of them.
        while (jdbi.inTransaction(this::wrapSome) == BATCH) {
            Thread.onSpinWait();
        }
        int left = jdbi.inTransaction(tx -> {
            ErasureLock.exclusively(tx);
            wrapAll(tx);
            int generation = keys.status(KeyName.LEDGER_KEK).generation();
            ledger.append(
                    tx,
                    events.of(EventType.KEY_DESTROYED, caller)
                            .with("reason", Json.of("KEK_ROTATED"))
                            .with("kekGeneration", Json.of(generation))
                            .build());
            return generation;
        });
        keys.retire(KeyName.LEDGER_KEK, left);
        return left;
    }

    private int wrapSome(Handle tx) {
        ErasureLock.exclusively(tx);
        return dataKeys.wrapAgain(tx, BATCH);
    }

    private void wrapAll(Handle tx) {
        while (dataKeys.wrapAgain(tx, BATCH) == BATCH) {
            Thread.onSpinWait();
        }
    }
}
