package io.tamis.jobs;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** In which form, to whom and for how long a result is offered. No receivers named means the submitter alone. */
record Output(Format format, List<PartyId> receivers, Duration ttl) {
    static final Output DEFAULT = new Output(Format.JSON, List.of(), Duration.ofDays(7));

    private static final int RECEIVERS_MAX = 8;
    private static final int TTL_HOURS_MAX = 720;

    enum Format {
        JSON,
        CSV
    }

    static Output parse(Optional<JsonFields> given) {
        if (given.isEmpty()) {
            return DEFAULT;
        }
        JsonFields fields = given.get();
        var output = new Output(
                fields.optionalConstant("format", Format.class).orElse(DEFAULT.format),
                fields.optionalList("receivers", RECEIVERS_MAX, Output::party),
                Duration.ofHours(
                        fields.optionalInteger("ttlHours", 1, TTL_HOURS_MAX).orElse(DEFAULT.ttl.toHours())));
        fields.end();
        return output;
    }

    private static PartyId party(Json json) {
        return new PartyId(JsonFields.text(json, 64));
    }
}
