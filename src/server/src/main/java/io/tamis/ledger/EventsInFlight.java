package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.PartyId;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many events of one party may wait for the log at once, on this replica. Without a share of its own for each, one busy
 * gateway would fill the log's queue, and everybody else's accesses would be denied for want of a record.
 */
@Singleton
class EventsInFlight {
    private final ConcurrentHashMap<PartyId, Integer> waiting = new ConcurrentHashMap<>();
    private final int most;

    EventsInFlight(@ConfigProperty(name = "tamis.limits.access-events-in-flight") int most) {
        this.most = most;
    }

    /** Runs the recording of so many events of this party; {@code RATE_LIMITED} when they are too many at once. */
    <T> T recording(PartyId party, int events, Supplier<T> record) {
        enter(party, events);
        try {
            return record.get();
        } finally {
            // An idle party leaves nothing behind.
            waiting.computeIfPresent(party, (same, now) -> now == events ? null : now - events);
        }
    }

    private void enter(PartyId party, int events) {
        waiting.compute(party, (same, now) -> {
            int before = now == null ? 0 : now;
            if (before + events > most) {
                throw new LedgerException(Code.RATE_LIMITED);
            }
            return before + events;
        });
    }
}
