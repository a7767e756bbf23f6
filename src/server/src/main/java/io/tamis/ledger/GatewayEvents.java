package io.tamis.ledger;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Purpose;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.SubjectRef;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads what a platform's gateway tells of accesses to its own data. Whose they are is never read from the body: tenant and
 * actor are the token's. People appear only as keyed digests that the platform makes ({@code subjectRef} of the person
 * concerned, {@code operatorRef} of the one at the screen); nothing else of a body is free text.
 */
@Singleton
final class GatewayEvents {
    /** Most columns of one access. */
    static final int COLUMNS_MAX = 64;

    /** How long ago an access may have happened: a gateway that was cut off delivers later. */
    static final Duration LATE_MAX = Duration.ofDays(31);

    /** How far a gateway's clock may be ahead of ours. */
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private static final int CODE_CHARS_MAX = 64;
    private static final int UUID_VERSION = 7;
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern AT = Pattern.compile("[0-9T:-]{19}\\.[0-9]{3}Z");

    private final Events events;
    private final InstantSource clock;

    GatewayEvents(Events events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /** What was done with the data. */
    enum Action {
        READ,
        COMPUTE,
        MATCH,
        EXPORT,
        CHANGE,
        DELETE
    }

    /** What the gateway decided. */
    enum Decision {
        PERMIT,
        DENY
    }

    /** The events of a request; one that is wrong is the whole request's error. */
    List<LedgerEvent> parse(Actor gateway, byte[] body) {
        Instant now = clock.instant();
        var fields = new JsonFields(Json.parse(body));
        var parsed = fields.list("events", Ledger.RECORD_MAX, item -> event(gateway, new JsonFields(item), now));
        fields.end();
        return parsed;
    }

    private LedgerEvent event(Actor gateway, JsonFields fields, Instant now) {
        var event = events.of(EventType.ACCESS_REPORTED, gateway);
        identity(event, fields, now);
        event.purpose(fields.constant("purpose", Purpose.class))
                .dataset(new DatasetId(fields.string("dataset", CODE_CHARS_MAX)))
                .permitted(fields.constant("decision", Decision.class) == Decision.PERMIT)
                .with("action", Json.of(fields.constant("action", Action.class).name()));
        var columns = fields.optionalList(
                "columns",
                COLUMNS_MAX,
                column -> Json.object()
                        .put("name", new ColumnName(JsonFields.text(column, CODE_CHARS_MAX)).value())
                        .build());
        if (!columns.isEmpty()) {
            event.columns(columns);
        }
        code(fields, "legalBasis").ifPresent(basis -> event.with("legalBasis", Json.of(basis)));
        code(fields, "reasonCode").ifPresent(reason -> event.with("reasonCode", Json.of(reason)));
        fields.optionalString("subjectRef", 2 * Hash.LENGTH)
                .map(SubjectRef::parse)
                .ifPresent(event::subject);
        digest(fields, "operatorRef").ifPresent(operator -> event.with("operatorRef", Json.of(operator)));
        count(fields, "rows").ifPresent(rows -> event.with("rows", rows));
        count(fields, "subjectCount").ifPresent(subjects -> event.with("subjectCount", subjects));
        fields.end();
        return event.build();
    }

    /**
     * Both or neither: with an id alone the repeated request would get another time, be another event, and end as a conflict.
     */
    private static void identity(Events.Builder event, JsonFields fields, Instant now) {
        var id = fields.optionalString("id", 36).map(EventId::parse);
        var at = fields.optionalString("at", 24).map(text -> time(text, now));
        if (id.isPresent() != at.isPresent()) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        id.ifPresent(given -> event.id(timeOrdered(given)));
        at.ifPresent(event::at);
    }

    /** UUIDv7 (RFC 9562 section 5.7): of all versions the one that cannot be made from a name. */
    private static EventId timeOrdered(EventId id) {
        UUID value = id.value();
        if (value.version() != UUID_VERSION || value.variant() != 2) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return id;
    }

    private static Instant time(String text, Instant now) {
        try {
            Instant at = AT.matcher(text).matches() ? Instant.parse(text) : Instant.MIN;
            if (at.isBefore(now.minus(LATE_MAX)) || at.isAfter(now.plus(AHEAD_MAX))) {
                throw new LedgerException(Code.INVALID_REQUEST);
            }
            return at;
        } catch (DateTimeException noSuchDay) {
            throw new LedgerException(Code.INVALID_REQUEST, noSuchDay);
        }
    }

    private static Optional<String> code(JsonFields fields, String name) {
        var text = fields.optionalString(name, CODE_CHARS_MAX);
        if (text.isPresent() && !CODE.matcher(text.get()).matches()) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return text;
    }

    /** 64 hex digits: as long as an HMAC-SHA256, and too long for a telephone number. */
    private static Optional<String> digest(JsonFields fields, String name) {
        return fields.optionalString(name, 2 * Hash.LENGTH).map(Hash::parse).map(Hash::hex);
    }

    private static Optional<Json> count(JsonFields fields, String name) {
        var value = fields.optionalInteger(name, 0, Json.Int.MAGNITUDE_MAX);
        return value.isEmpty() ? Optional.empty() : Optional.of(Json.of(value.getAsLong()));
    }
}
