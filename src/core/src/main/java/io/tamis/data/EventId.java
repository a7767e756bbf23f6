package io.tamis.data;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;

/** Identity of a ledger entry (UUIDv7): given by its writer, kept over retries, never derived from a person. */
public record EventId(UUID value) {
    public EventId {
        Objects.requireNonNull(value);
    }

    /** The id in its usual text form; {@code INVALID_REQUEST} when it is not one. */
    public static EventId parse(String text) {
        try {
            var id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return new EventId(id);
            }
        } catch (IllegalArgumentException malformed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        throw new DataException(Code.INVALID_REQUEST);
    }

    /** The 16 bytes, most significant first. */
    public byte[] bytes() {
        return ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
