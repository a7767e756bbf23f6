package io.tamis.ledger;

import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.util.List;

/** A log's first entry: which log this is and by which keys it is signed. */
final class LogOpening {
    private LogOpening() {}

    static Events.Builder of(Events events, Origin log, List<VerifierKey> keys) {
        return events.bySystem(EventType.LOG_OPENED, Events.SERVICE)
                .with("origin", Json.of(log.value()))
                .with("verifierKey", Json.of(keys.getFirst().toString()))
                .with(
                        "verifierKeys",
                        Json.strings(keys.stream().map(VerifierKey::toString).toList()));
    }
}
