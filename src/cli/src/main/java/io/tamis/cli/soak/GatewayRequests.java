package io.tamis.cli.soak;

import io.tamis.data.Json;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/** Requests of a gateway whose ids are drawn from a seed, so that a request can be sent again. Of one thread. */
final class GatewayRequests {
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int DENIED_EVERY = 5;

    private final InstantSource clock;
    private final SplittableRandom random;

    GatewayRequests(InstantSource clock, SplittableRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A request with so many new events. */
    byte[] body(int count) {
        var events = new ArrayList<Json>();
        for (int i = 0; i < count; i++) {
            events.add(Json.object()
                    .put("id", id().toString())
                    .put("at", AT.format(clock.instant()))
                    .put("action", "READ")
                    .put("decision", i % DENIED_EVERY == 0 ? "DENY" : "PERMIT")
                    .put("purpose", "SUBJECT_RIGHTS")
                    .put("dataset", "crm-customers")
                    .put("rows", i)
                    .build());
        }
        return Json.object().put("events", Json.array(events)).build().canonicalBytes();
    }

    /** UUIDv7: 48 bits of time, 74 random ones. */
    private UUID id() {
        long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
