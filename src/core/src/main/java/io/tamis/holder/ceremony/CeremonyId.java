package io.tamis.holder.ceremony;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import java.util.Objects;
import java.util.UUID;

/** Public name of a ceremony: {@code kc_} and a UUIDv7. */
public record CeremonyId(UUID value) {
    private static final String PREFIX = "kc_";

    public CeremonyId {
        Objects.requireNonNull(value);
    }

    /** The id written as {@code kc_…}; {@code INVALID_REQUEST} when it is not one. */
    public static CeremonyId parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new CeremonyId(EventId.parse(text.substring(PREFIX.length())).value());
    }

    @Override
    public String toString() {
        return PREFIX + value;
    }
}
