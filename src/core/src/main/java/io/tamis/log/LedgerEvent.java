package io.tamis.log;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of one entry: a JSON object of version 1 with {@code v}, {@code id}, {@code at}, {@code type} and what the type
 * calls for; its meaning is in the RFC 8785 form of at most 8 KiB. Absent is omitted, never null. The writer sees to it
 * that no data value, no subject id in clear and no unkeyed hash of an identifier is in it.
 */
public final class LedgerEvent {
    /** Longest canonical form, in bytes. */
    public static final int BYTES_MAX = 8 << 10;

    /** Deepest body: an export's line puts it into one more object, and that must not be deeper than the reader goes. */
    static final int DEPTH_MAX = 31;

    private static final Pattern TYPE_FORM = Pattern.compile("[a-z]+(\\.[a-z]+(-[a-z]+)*)?");
    private static final Pattern AT_FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");

    private final Json.Obj body;
    private final EventId id;
    private final byte[] canonical;

    /** The event with this body; {@code INVALID_REQUEST} or {@code TOO_LARGE} when it is none. */
    public LedgerEvent(Json.Obj body) {
        refuseNullsAndDepth(body, 1);
        var fields = new JsonFields(body);
        fields.integer("v", 1, 1);
        this.id = EventId.parse(fields.string("id", 36));
        parseAt(fields.string("at", 24));
        if (!TYPE_FORM.matcher(fields.string("type", 64)).matches()) {
            throw invalid();
        }
        fields.optionalString("tenant", 64);
        fields.optionalString("subjectRef", 64).ifPresent(SubjectRef::parse);
        this.body = body;
        // Kept: it is hashed, sealed and measured, and writing it is most of an event's price.
        this.canonical = body.canonicalBytes();
        if (canonical.length > BYTES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
    }

    /** Reads canonical bytes; any other spelling of the same object is refused. */
    public static LedgerEvent parse(byte[] canonical) {
        if (canonical.length > BYTES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
        var event = of(Json.parse(canonical));
        if (!Arrays.equals(event.canonical, canonical)) {
            throw invalid();
        }
        return event;
    }

    /** The event with this body, which must be an object. */
    static LedgerEvent of(Json json) {
        if (!(json instanceof Json.Obj object)) {
            throw invalid();
        }
        return new LedgerEvent(object);
    }

    /** The members. */
    public Json.Obj body() {
        return body;
    }

    /** The entry's identity. */
    public EventId id() {
        return id;
    }

    /** When it happened, as its writer says. */
    public Instant at() {
        return Instant.parse(text("at"));
    }

    /** What it tells; empty when this version does not know the name. */
    public Optional<EventType> type() {
        return EventType.fromWire(text("type"));
    }

    /** The party concerned, which may read an entry that is not for officers only. */
    public Optional<String> tenant() {
        return new JsonFields(body).optionalString("tenant", 64);
    }

    /** The one person concerned, by a platform's pseudonym. */
    public Optional<SubjectRef> subjectRef() {
        return new JsonFields(body).optionalString("subjectRef", 64).map(SubjectRef::parse);
    }

    /** The RFC 8785 form that is committed to; a copy. */
    public byte[] canonicalBytes() {
        return canonical.clone();
    }

    /** The same without the copy, for this package, which only reads it. */
    byte[] canonical() {
        return canonical;
    }

    /** Events of the same members are the same, in whatever order those were given. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerEvent that && Arrays.equals(canonical, that.canonical);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(canonical);
    }

    /** Says nothing but id and type, so that a log line cannot carry a body. */
    @Override
    public String toString() {
        return "LedgerEvent[" + text("id") + ", " + text("type") + "]";
    }

    private String text(String name) {
        return new JsonFields(body).string(name, 64);
    }

    private static void parseAt(String text) {
        try {
            if (!AT_FORM.matcher(text).matches() || Instant.parse(text).getEpochSecond() < 0) {
                throw invalid();
            }
        } catch (DateTimeParseException noSuchDay) {
            throw invalid();
        }
    }

    private static void refuseNullsAndDepth(Json value, int depth) {
        switch (value) {
            case Json.Obj object -> refuseInside(object.members().values(), depth);
            case Json.Arr array -> refuseInside(array.items(), depth);
            case Json.Null ignored -> throw invalid();
            case Json.Str ignored -> {}
            case Json.Int ignored -> {}
            case Json.Bool ignored -> {}
        }
    }

    private static void refuseInside(Collection<Json> values, int depth) {
        if (depth > DEPTH_MAX) {
            throw invalid();
        }
        values.forEach(value -> refuseNullsAndDepth(value, depth + 1));
    }

    private static DataException invalid() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
