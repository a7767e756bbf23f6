package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.log.LedgerEvent;
import java.util.Optional;

/** What entries say, for those who must not believe a column that only names one. */
public interface Entries {
    /**
     * The event with this id; empty when there is none, or when it is erased. What does not open the commitment that the
     * log holds throws {@link LedgerException} with {@code LEDGER_UNAVAILABLE}, or a {@code CryptoException}.
     */
    Optional<LedgerEvent> event(EventId id);
}
