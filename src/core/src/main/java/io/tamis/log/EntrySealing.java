package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.EventId;
import io.tamis.data.RandomSource;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How bodies rest in the database: {@code nonce[12] || AES-256-GCM(key, aad = "tamis-entry-v1" || origin || id, salt ||
 * event)}. The salt is inside: destroying the key destroys event and salt together, and what remains in the log is a
 * commitment nobody can open or test a guess against.
 */
public final class EntrySealing {
    private static final byte[] FORMAT = "tamis-entry-v1".getBytes(UTF_8);

    private final Origin origin;

    /** Sealing for one log. */
    public EntrySealing(Origin origin) {
        this.origin = origin;
    }

    /** An event and the salt of its commitment. */
    public record Opened(Salt salt, LedgerEvent event) {
        /** The entry these two make. */
        public LogEntry entry() {
            return LogEntry.of(salt, event);
        }
    }

    /** Seals salt and event; a key serves at most 2^32 seals. */
    public byte[] seal(SecretBytes key, Opened opened, RandomSource random) {
        byte[] event = opened.event().canonical();
        byte[] plain = ByteBuffer.allocate(Salt.LENGTH + event.length)
                .put(opened.salt().bytes())
                .put(event)
                .array();
        return Sealing.seal(key, place(opened.event().id()), plain, random);
    }

    /** Opens what was sealed for this id in this log; throws {@code INTERNAL} when it was not. */
    public Opened open(SecretBytes key, EventId id, byte[] sealed) {
        byte[] plain = Sealing.open(key, place(id), sealed);
        if (plain.length < Salt.LENGTH) {
            throw LogException.malformed();
        }
        var event = LedgerEvent.parse(Arrays.copyOfRange(plain, Salt.LENGTH, plain.length));
        if (!event.id().equals(id)) {
            throw LogException.malformed();
        }
        return new Opened(Salt.of(Arrays.copyOf(plain, Salt.LENGTH)), event);
    }

    private byte[] place(EventId id) {
        byte[] name = origin.value().getBytes(UTF_8);
        return ByteBuffer.allocate(FORMAT.length + name.length + 16)
                .put(FORMAT)
                .put(name)
                .put(id.bytes())
                .array();
    }
}
