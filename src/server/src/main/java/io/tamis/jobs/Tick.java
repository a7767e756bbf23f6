package io.tamis.jobs;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The clock by which outcomes become visible. A job's end shows on the next tick only, so that the time it took, which
 * depends on people's rows, is seen no finer than a tick. The channel narrows; it never closes.
 */
@Singleton
class Tick {
    private final long millis;

    Tick(@ConfigProperty(name = "tamis.release.tick") Duration length) {
        this.millis = Math.max(1, length.toMillis());
    }

    /** The first tick at or after this moment. */
    Instant after(Instant moment) {
        long at = moment.plusNanos(999_999).toEpochMilli();
        return Instant.ofEpochMilli(Math.ceilDiv(at, millis) * millis);
    }

    /** The last tick that has passed: what happened up to it shows. */
    Instant last(Instant now) {
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), millis) * millis);
    }

    /** True when what happened at that moment may be seen now. */
    boolean shows(Instant moment, Instant now) {
        return !after(moment).isAfter(now);
    }
}
