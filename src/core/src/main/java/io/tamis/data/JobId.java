package io.tamis.data;

import java.util.Objects;
import java.util.UUID;

/** Public name of a job: {@code job_} and a UUIDv7. */
public record JobId(UUID value) {
    private static final String PREFIX = "job_";

    public JobId {
        Objects.requireNonNull(value);
    }

    /** The job id written as {@code job_…}; {@code INVALID_REQUEST} when it is not one. */
    public static JobId parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new JobId(EventId.parse(text.substring(PREFIX.length())).value());
    }

    @Override
    public String toString() {
        return PREFIX + value;
    }
}
