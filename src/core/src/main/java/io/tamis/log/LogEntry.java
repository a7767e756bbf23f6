package io.tamis.log;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the tree is built over: {@code 0x01 || event id (16) || commitment (32)}, where {@code commitment =
 * HMAC-SHA256(key = salt, canonical event)}; its leaf is {@code SHA-256(0x00 || entry)} (RFC 6962 section 2.1).
 *
 * <p>Assumes HMAC-SHA256 to be collision resistant and, under a random 32-byte key, to hide its message. NOT promised: that
 * the event is true; a writer may commit to a lie.
 */
public record LogEntry(EventId id, Hash commitment) {
    /** Length of an entry. */
    public static final int BYTES = 49;

    private static final byte VERSION = 1;

    public LogEntry {
        Objects.requireNonNull(id);
        Objects.requireNonNull(commitment);
    }

    /** The entry that commits to this event under this salt. */
    public static LogEntry of(Salt salt, LedgerEvent event) {
        return commit(salt, event.id(), event.canonical());
    }

    /** The same for an event whose RFC 8785 form and id the caller has; that they fit is not checked. */
    public static LogEntry commit(Salt salt, EventId id, byte[] canonical) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.bytes(), "HmacSHA256"));
            return new LogEntry(id, Hash.of(mac.doFinal(canonical)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    /** Reads an entry; any other length or version is refused. */
    public static LogEntry parse(byte[] entry) {
        if (entry.length != BYTES || entry[0] != VERSION) {
            throw LogException.malformed();
        }
        var buffer = ByteBuffer.wrap(entry, 1, BYTES - 1);
        var id = new EventId(new UUID(buffer.getLong(), buffer.getLong()));
        var commitment = new byte[Hash.LENGTH];
        buffer.get(commitment);
        return new LogEntry(id, Hash.of(commitment));
    }

    /** The 49 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .put(id.bytes())
                .put(commitment.bytes())
                .array();
    }

    /** The leaf of the tree. */
    public Hash leaf() {
        return TreeHash.leaf(bytes());
    }
}
