package io.tamis.log;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * One line of {@code entries.jsonl}, in RFC 8785 form. Each carries its commitment beside what the commitment is of, so
 * that damage shows at the entry that has it and not only in the root.
 */
public sealed interface ExportEntry {
    /** Longest line: an event and what surrounds it. */
    int LINE_BYTES_MAX = LedgerEvent.BYTES_MAX + 512;

    /** Less than any line: an erased entry of index 0 has some 190. How many lines a file can have follows from it. */
    int LINE_BYTES_MIN = 128;

    /** Position in the log. */
    long index();

    /** The event's id. */
    EventId id();

    /** What the tree holds. */
    LogEntry entry();

    /** An event with its salt. */
    record Present(long index, Salt salt, LedgerEvent event) implements ExportEntry {
        public Present {
            Objects.requireNonNull(salt);
            Objects.requireNonNull(event);
            requireIndex(index);
        }

        @Override
        public EventId id() {
            return event.id();
        }

        @Override
        public LogEntry entry() {
            return LogEntry.of(salt, event);
        }
    }

    /**
     * An event whose key was destroyed: its place and commitment remain. The line is its writer's word for that; whether
     * the log itself says so, {@link ExportResult.Verified#erasedKeys} tells.
     *
     * @param keyId the key it was sealed under; not committed to by the tree
     */
    record Erased(long index, LogEntry entry, UUID keyId) implements ExportEntry {
        public Erased {
            Objects.requireNonNull(entry);
            Objects.requireNonNull(keyId);
            requireIndex(index);
        }

        @Override
        public EventId id() {
            return entry.id();
        }
    }

    /** The line, without its newline. */
    default byte[] line() {
        var line = Json.object()
                .put("index", index())
                .put("id", id().toString())
                .put("commitment", entry().commitment().hex());
        return switch (this) {
            case Present present ->
                line.put("salt", present.salt().hex())
                        .put("event", present.event().body())
                        .build()
                        .canonicalBytes();
            case Erased erased ->
                line.put("keyId", erased.keyId().toString()).build().canonicalBytes();
        };
    }

    /** Reads a line; one that does not commit to its own event, or is spelled differently, is refused. */
    static ExportEntry parse(byte[] line) {
        Json json = Json.parse(line);
        var fields = new JsonFields(json);
        long index = fields.integer("index", 0, Json.Int.MAGNITUDE_MAX);
        var stated = new LogEntry(
                EventId.parse(fields.string("id", 36)), Hash.parse(fields.string("commitment", 2 * Hash.LENGTH)));
        var salt = fields.optionalString("salt", 2 * Salt.LENGTH);
        ExportEntry entry;
        if (salt.isPresent()) {
            entry = new Present(index, Salt.parse(salt.get()), LedgerEvent.of(fields.value("event")));
        } else {
            entry = new Erased(index, stated, uuid(fields.string("keyId", 36)));
        }
        fields.end();
        if (!entry.entry().equals(stated) || !Arrays.equals(json.canonicalBytes(), line)) {
            throw LogException.malformed();
        }
        return entry;
    }

    private static UUID uuid(String text) {
        return EventId.parse(text).value();
    }

    private static void requireIndex(long index) {
        if (index < 0) {
            throw LogException.malformed();
        }
    }
}
