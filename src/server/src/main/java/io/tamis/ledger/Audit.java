package io.tamis.ledger;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reading the log is itself an entry, durable before the first byte goes out. */
@Singleton
final class Audit {
    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Events events;
    private final Shards shards;

    Audit(Jdbi jdbi, Ledger ledger, Events events, Shards shards) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.events = events;
        this.shards = shards;
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

    /** As {@link #viewed}, and waits until a checkpoint covers it: an export then tells of its own making. */
    void viewedAndCovered(Actor reader, String what) {
        ledger.await(viewed(reader, what));
    }

    private EventId record(LedgerEvent event) {
        return jdbi.inTransaction(tx -> ledger.append(tx, event));
    }

    /** The newest checkpoint, also when another replica has written it. */
    PublishedLog.Published published() {
        return shards.open().latest().orElseThrow(() -> new LedgerException(Code.NOT_READY));
    }
}
