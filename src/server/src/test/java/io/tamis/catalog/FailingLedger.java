package io.tamis.catalog;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.ledger.Appended;
import io.tamis.ledger.Ledger;
import io.tamis.ledger.LedgerException;
import io.tamis.ledger.Receipt;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A ledger that takes no change of the catalog, remembers what it was asked, and never acknowledges. */
final class FailingLedger implements Ledger {
    final List<EventType> asked = new ArrayList<>();

    @Override
    public EventId append(Handle tx, LedgerEvent event) {
        var type = event.type().orElseThrow();
        asked.add(type);
        if (type == EventType.CATALOG_CHANGED) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
        return event.id();
    }

    @Override
    public List<Appended> record(List<LedgerEvent> events) {
        throw new LedgerException(Code.LEDGER_UNAVAILABLE);
    }

    @Override
    public Receipt await(EventId id) {
        throw new LedgerException(Code.LEDGER_UNAVAILABLE);
    }

    @Override
    public Optional<Receipt> receipt(EventId id) {
        return Optional.empty();
    }
}
