package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.log.LedgerEvent;
import java.util.Optional;

/** What entries say, for those who must not believe a column that only names one. */
public interface Entries {
    /**
     * The event with this id; empty when there is none, when it is erased, or when its row does not open the commitment
     * beside it.
     */
    Optional<LedgerEvent> event(EventId id);

    /**
     * The event with what proves it to somebody who has the log's key; empty as {@link #event}, and until a published
     * checkpoint covers it, which asking makes happen sooner.
     */
    Optional<Disclosed> disclosed(EventId id);
}
