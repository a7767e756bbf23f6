package io.tamis.ledger;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.IdSource;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.SubjectRef;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Builds events: stamps id and time, writes who acted, and gives every field of the entry format one spelling. An exact
 * count can only be put into a type that merchants may not read.
 */
@Singleton
public final class Events {
    /** The tenant of what the service does on nobody's behalf. */
    public static final PartyId SERVICE = new PartyId("tamis");

    /** Most parts one decision may be split into. */
    static final int PARTS_MAX = 64;

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final IdSource ids;
    private final InstantSource clock;

    /** Events with ids from {@code ids}, stamped by {@code clock}. */
    public Events(IdSource ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** An event of what this caller did. */
    public Builder of(EventType type, Actor actor) {
        return new Builder(
                type,
                actor.party(),
                Json.object()
                        .put("id", actor.person().value())
                        .put("role", actor.role().token())
                        .put("department", actor.department().value())
                        .build());
    }

    /** An event of what the service itself did, concerning this party ({@link #SERVICE} when it concerns no other). */
    public Builder bySystem(EventType type, PartyId tenant) {
        return new Builder(
                type,
                tenant,
                Json.object().put("id", "tamis").put("role", "system").build());
    }

    /** Collects the fields of one event; each at most once. */
    public final class Builder {
        private final EventType type;
        private final Json.Builder fields = Json.object();
        private Instant at = clock.instant();
        private Optional<EventId> given = Optional.empty();

        private Builder(EventType type, PartyId tenant, Json.Obj actor) {
            this.type = type;
            fields.put("v", 1)
                    .put("type", type.wire())
                    .put("tenant", tenant.value())
                    .put("actor", actor);
        }

        /**
         * When it is said to have happened, in whole milliseconds; the clock's now unless this is called. The event's id
         * tells the same time: an id that knew better would undo the rounding of its event.
         */
        public Builder at(Instant instant) {
            at = instant;
            return this;
        }

        /** The id its writer has given it and keeps over retries; a fresh one unless this is called. */
        public Builder id(EventId id) {
            given = Optional.of(id);
            return this;
        }

        /** What for. */
        public Builder purpose(Purpose purpose) {
            return with("purpose", Json.of(purpose.name()));
        }

        /** The party served. */
        public Builder onBehalfOf(PartyId party) {
            return with("onBehalfOf", Json.of(party.value()));
        }

        /** Under which agreement. */
        public Builder collaboration(CollaborationId id) {
            return with("collaborationId", Json.of(id.value()));
        }

        /** Which dataset family. */
        public Builder dataset(DatasetId id) {
            return with("dataset", Json.of(id.value()));
        }

        /** Which dataset families, of something about several: objects of id, version and purpose. */
        public Builder datasets(List<Json.Obj> datasets) {
            return with("datasets", Json.array(datasets));
        }

        /** Which version of it. */
        public Builder version(int version) {
            return with("version", Json.of(version));
        }

        /** A salted commitment to content (never its plain hash). */
        public Builder commitment(Hash commitment) {
            return with("commitment", Json.of(commitment.hex()));
        }

        /** The columns' decision attributes; {@link #buildParts} when they may be over 8 KiB together. */
        public Builder columns(List<Json.Obj> columns) {
            return with("columns", Json.array(columns));
        }

        /** PERMIT or DENY. */
        public Builder permitted(boolean permit) {
            return with("decision", Json.of(permit ? "PERMIT" : "DENY"));
        }

        /** The code the caller was given. */
        public Builder reasonCode(Code code) {
            return with("reasonCode", Json.of(code.name()));
        }

        /** The policy bundle that decided. */
        public Builder bundleHash(Hash hash) {
            return with("bundleHash", Json.of(hash.hex()));
        }

        /** The impact assessment relied on. */
        public Builder piaId(String id) {
            return with("piaId", Json.of(id));
        }

        /** The one person concerned; the entry can then be erased with that person's others. */
        public Builder subject(SubjectRef subject) {
            return with("subjectRef", Json.of(subject.hex()));
        }

        /** The keys concerned. */
        public Builder keyIds(List<String> keyIds) {
            return with("keyIds", Json.strings(keyIds));
        }

        /** The budget rows moved, and by how much. */
        public Builder budgetRows(List<BudgetRow> rows) {
            return with("rows", Json.array(rows.stream().map(BudgetRow::toJson).toList()));
        }

        /** The published, noisy count. */
        public Builder publishedRows(long rows) {
            return with("rows", Json.of(rows));
        }

        /** Exact counts; refused in a type that a merchant may read. */
        public Builder exactRows(long rows) {
            requireOfficerOnly();
            return with("rows", Json.of(rows));
        }

        /** How many people exactly; refused in a type that a merchant may read. */
        public Builder subjectCount(long subjects) {
            requireOfficerOnly();
            return with("subjectCount", Json.of(subjects));
        }

        /** Which job. */
        public Builder job(JobId job) {
            return with("job", Json.of(job.toString()));
        }

        /** The job's state that was reached. */
        public Builder state(String state) {
            return with("state", Json.of(state));
        }

        /** SHA-256 of the request's canonical form, or of its bytes when it has none. */
        public Builder requestHash(Hash hash) {
            return with("requestHash", Json.of(hash.hex()));
        }

        /** The envelope that was released. */
        public Builder resultHash(Hash hash) {
            return with("resultHash", Json.of(hash.hex()));
        }

        /** Who received it. */
        public Builder receiver(PartyId receiver) {
            return with("receiver", Json.of(receiver.value()));
        }

        /** In which form. */
        public Builder format(String format) {
            return with("format", Json.of(format));
        }

        /** The entry this one corrects or completes. */
        public Builder of(EventId id) {
            return with("of", Json.of(id.toString()));
        }

        /** A field that only one type has. */
        public Builder with(String name, Json value) {
            fields.put(name, value);
            return this;
        }

        /** The event, with a fresh id. */
        public LedgerEvent build() {
            return new LedgerEvent(stamped(fields.build()));
        }

        /**
         * The event with these columns, split into as many parts as 8 KiB each need; all carry the other fields, and
         * {@code part} of {@code parts}, and a fresh id each.
         */
        public List<LedgerEvent> buildParts(List<Json.Obj> columns) {
            var groups = new ArrayList<List<Json.Obj>>();
            var rest = columns;
            while (!rest.isEmpty()) {
                int fitting = fitting(rest);
                groups.add(rest.subList(0, fitting));
                rest = rest.subList(fitting, rest.size());
            }
            if (groups.isEmpty() || groups.size() > PARTS_MAX) {
                throw new DataException(Code.TOO_LARGE);
            }
            var parts = new ArrayList<LedgerEvent>();
            for (var group : groups) {
                parts.add(new LedgerEvent(stamped(part(group, parts.size() + 1, groups.size()))));
            }
            return List.copyOf(parts);
        }

        /** How many of these columns fit into one event. */
        private int fitting(List<Json.Obj> columns) {
            int count = columns.size();
            while (stamped(part(columns.subList(0, count), PARTS_MAX, PARTS_MAX))
                            .canonicalBytes()
                            .length
                    > LedgerEvent.BYTES_MAX) {
                count /= 2;
                if (count == 0) {
                    throw new DataException(Code.TOO_LARGE);
                }
            }
            return count;
        }

        private Json.Obj part(List<Json.Obj> columns, int part, int parts) {
            var whole = fields.build().with("columns", Json.array(columns));
            return parts == 1 ? whole : whole.with("part", Json.of(part)).with("parts", Json.of(parts));
        }

        private Json.Obj stamped(Json.Obj body) {
            return body.with("at", Json.of(AT.format(at)))
                    .with(
                            "id",
                            Json.of(given.map(EventId::value)
                                    .orElseGet(() -> timed(ids.next()))
                                    .toString()));
        }

        /** The same random bits under the 48 bits of this event's milliseconds (RFC 9562 section 5.7). */
        private UUID timed(UUID fresh) {
            long high = (at.toEpochMilli() << 16) | (fresh.getMostSignificantBits() & 0xFFFFL);
            return new UUID(high, fresh.getLeastSignificantBits());
        }

        private void requireOfficerOnly() {
            if (!type.officerOnly()) {
                throw new IllegalStateException("exact counts are for officers only");
            }
        }
    }
}
