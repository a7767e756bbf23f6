package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.LogEntry;
import java.util.Objects;
import java.util.UUID;

/** An event as it rests in the database: sealed, beside the commitment that enters the tree. */
final class SealedEvent {
    private final short log;
    private final LogEntry entry;
    private final UUID keyId;
    private final byte[] sealed;

    SealedEvent(short log, LogEntry entry, UUID keyId, byte[] sealed) {
        this.log = log;
        this.entry = Objects.requireNonNull(entry);
        this.keyId = Objects.requireNonNull(keyId);
        this.sealed = sealed.clone();
    }

    /** The log it is sealed for. */
    short log() {
        return log;
    }

    LogEntry entry() {
        return entry;
    }

    EventId id() {
        return entry.id();
    }

    Hash commitment() {
        return entry.commitment();
    }

    UUID keyId() {
        return keyId;
    }

    /** Bytes of the sealed body. */
    int length() {
        return sealed.length;
    }

    byte[] sealed() {
        return sealed.clone();
    }
}
