package io.tamis.ledger;

import io.tamis.log.Origin;
import java.time.Instant;
import java.time.ZoneOffset;

/** The last part of a log's name. Years are those of UTC. */
final class LogYear {
    private LogYear() {}

    static int at(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).getYear();
    }

    /** The name of a ledger's log of this time's year. */
    static Origin named(String ledger, Instant instant) {
        return new Origin(ledger + "/" + at(instant));
    }

    static int of(Origin log) {
        return Integer.parseInt(log.value().substring(log.value().lastIndexOf('/') + 1));
    }

    /** The name of the same ledger's log of the year after. */
    static Origin next(Origin log) {
        return new Origin(log.value().substring(0, log.value().lastIndexOf('/')) + "/" + (of(log) + 1));
    }
}
