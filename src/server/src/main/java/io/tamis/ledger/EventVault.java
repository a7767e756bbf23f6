package io.tamis.ledger;

import io.tamis.data.RandomSource;
import io.tamis.log.EntrySealing;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Origin;
import io.tamis.log.Salt;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Seals events for the database and opens them again. */
@Singleton
final class EventVault {
    private final DataKeys keys;
    private final RandomSource random;
    private final EntrySealing sealing;

    EventVault(Origin origin, DataKeys keys, RandomSource random) {
        this.keys = keys;
        this.random = random;
        this.sealing = new EntrySealing(origin);
    }

    /** Commits to the event under a fresh salt and seals both. */
    SealedEvent seal(DataKeys.DataKey key, LedgerEvent event) {
        var opened = new EntrySealing.Opened(Salt.fresh(random), event);
        return new SealedEvent(opened.entry(), key.id(), sealing.seal(key.secret(), opened, random));
    }

    /** The key to seal with now. */
    DataKeys.DataKey key(Handle tx) {
        return keys.current(tx);
    }

    /** The event and its salt; empty when its key was destroyed. */
    Optional<EntrySealing.Opened> open(Handle handle, SealedEvent event) {
        return keys.open(handle, event.keyId()).map(key -> sealing.open(key, event.id(), event.sealed()));
    }
}
