package io.tamis.cli.audit;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.TamisException;
import io.tamis.log.Checkpoint;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import java.util.Optional;

/**
 * Holds a new year's log against the one before: its first entry quotes that one's origin, size and root, so that the years
 * are one chain and none can be left out or exchanged unseen.
 */
final class Succession {
    private static final int ORIGIN_LENGTH_MAX = 128;

    private final Findings findings;
    private final Optional<Checkpoint> before;
    private Optional<Checkpoint> quoted = Optional.empty();

    Succession(Findings findings, Optional<Checkpoint> before) {
        this.findings = findings;
        this.before = before;
    }

    /** A {@code log.opened} entry; only a log's first one counts. */
    void opened(Seen entry, long index) {
        if (index == 0) {
            quoted = quoted(entry);
        }
    }

    /** After a log that was gone through from its first entry. */
    void end(String log) {
        if (before.isPresent() && !quoted.equals(before)) {
            String named = before.get().origin() + " of " + before.get().head().size() + " entries";
            findings.wrong(
                    log + "entry 0",
                    Finding.Kind.LOG_NOT_CONTINUED,
                    quoted.isPresent()
                            ? "continues another log than " + named + " with its root"
                            : "does not say that it continues " + named);
        }
    }

    /** True when this log continues one that was not given. */
    boolean gap() {
        return before.isEmpty() && quoted.isPresent();
    }

    private static Optional<Checkpoint> quoted(Seen opened) {
        try {
            Optional<JsonFields> previous = opened.fields().optionalObject("previous");
            return previous.map(fields -> new Checkpoint(
                    new Origin(fields.string("origin", ORIGIN_LENGTH_MAX)),
                    new TreeHead(
                            fields.integer("size", 0, Json.Int.MAGNITUDE_MAX),
                            Hash.parse(fields.string("root", 2 * Hash.LENGTH)))));
        } catch (TamisException malformed) {
            return Optional.empty();
        }
    }
}
