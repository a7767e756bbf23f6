package io.tamis.ledger;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reading the log is itself an entry, durable before the first byte goes out. */
@Singleton
final class Audit {
    /** How long an export waits for witnesses: they cosign about once a second. */
    private static final Duration WITNESS_PATIENCE = Duration.ofSeconds(3);

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final Shards shards;
    private final Cosignatures cosignatures;

    Audit(Jdbi jdbi, Ledger ledger, Events events, Shards shards, Cosignatures cosignatures) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.shards = shards;
        this.cosignatures = cosignatures;
    }

    /** Records that this caller reads this. */
    EventId viewed(Actor reader, String what) {
        return record(events.of(EventType.AUDIT_VIEWED, reader).format(what).build());
    }

    /** Records that this caller reads this of that one entry. */
    void viewed(Actor reader, String what, EventId of) {
        record(events.of(EventType.AUDIT_VIEWED, reader).format(what).of(of).build());
    }

    /** Records that this caller searches, and by which fields; never for what. */
    EventId searched(Actor reader, String what, List<String> by) {
        return record(events.of(EventType.AUDIT_VIEWED, reader)
                .format(what)
                .with("by", Json.strings(by))
                .build());
    }

    /** As {@link #searched}, and waits until a checkpoint covers it, and with it all that is found before it. */
    void searchedAndCovered(Actor reader, String what, List<String> by) {
        ledger.await(searched(reader, what, by));
    }

    /**
     * Records that this caller exports this log, and chooses the checkpoint the export ends at: it covers that entry, if the
     * log is the open one, so that an export tells of its own making. Where a quorum of witnesses is asked for, it is one
     * they have cosigned; when they take longer than 3 s, the newest there is, and an auditor who counts them finds too few.
     */
    PublishedLog.Published exported(Actor reader, Shard log) {
        EventId entry = viewed(reader, "export");
        ledger.await(entry);
        boolean seen = cosignatures.quorum() > 0 && cosignatures.awaitQuorum(entry, WITNESS_PATIENCE);
        var latest = log.latest().orElseThrow(() -> new LedgerException(Code.NOT_READY));
        // A closed year's log has grown by nothing since: only its last checkpoint is the whole of it.
        boolean open = log.log() == shards.open().log();
        return cosignatures
                .newest(log.origin())
                .filter(cosigned -> seen && (open || cosigned.head().equals(latest.head())))
                .orElseGet(() -> new PublishedLog.Published(cosignatures.cosigned(latest.note()), latest.head()));
    }

    private EventId record(LedgerEvent event) {
        return jdbi.inTransaction(tx -> ledger.append(tx, event));
    }

    /** The newest checkpoint, also when another replica has written it. */
    PublishedLog.Published published() {
        return shards.open().latest().orElseThrow(() -> new LedgerException(Code.NOT_READY));
    }
}
