package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import java.util.Objects;
import java.util.UUID;

/** Public name of a decryption ticket: {@code tk_} and a UUIDv7. */
public record TicketId(UUID value) {
    private static final String PREFIX = "tk_";

    public TicketId {
        Objects.requireNonNull(value);
    }

    /** The ticket id written as {@code tk_…}; {@code INVALID_REQUEST} when it is not one. */
    public static TicketId parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new TicketId(EventId.parse(text.substring(PREFIX.length())).value());
    }

    @Override
    public String toString() {
        return PREFIX + value;
    }
}
