package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.log.LedgerEvent;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The one door to the log. An event is durable when the transaction that carries it commits; it becomes an entry exactly
 * once, soon after; it is proven when a signed checkpoint covers it.
 */
public interface Ledger {
    /** Most events recorded together. */
    int RECORD_MAX = 64;

    /**
     * Writes the event in the caller's own transaction, so that state and entry commit together or not at all. Repeating
     * the same event is allowed and changes nothing; another event under the same id throws {@link LedgerException} with
     * {@code STATE_CONFLICT}. When the log has been stuck for 30 s it throws {@code LEDGER_UNAVAILABLE}: the caller fails
     * closed.
     */
    EventId append(Handle tx, LedgerEvent event);

    /**
     * Records events that change no state, such as accesses, in a transaction of their own, and returns when all of them are
     * durable and have their places, in the order given: together or not at all. At most 10 s; after that, and when the log
     * is stuck or its queue full, it throws {@link LedgerException} with {@code LEDGER_UNAVAILABLE}, and the caller, who
     * fails closed, may repeat the same events: they are recorded once. Another event under a known id throws
     * {@code STATE_CONFLICT}.
     *
     * @param events 1 to {@link #RECORD_MAX}, with different ids
     */
    List<Appended> record(List<LedgerEvent> events);

    /**
     * Waits, at most 10 s, until a published checkpoint covers the event; the caller's transaction must have committed.
     * Throws {@link LedgerException} with {@code LEDGER_UNAVAILABLE} when that does not happen in time.
     */
    Receipt await(EventId id);

    /** The receipt, empty until a published checkpoint covers the event; asking makes that happen sooner. */
    Optional<Receipt> receipt(EventId id);
}
