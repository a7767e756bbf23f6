package io.tamis.catalog.collaboration;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
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

/** The real ledger, with a memory of what it was given, and silent for the types it is told to refuse. */
final class Witness implements Ledger {
    private final Ledger ledger;
    private final List<EventType> refused;
    private final List<LedgerEvent> seen = new ArrayList<>();

    Witness(Ledger ledger, EventType... refused) {
        this.ledger = ledger;
        this.refused = List.of(refused);
    }

    @Override
    public EventId append(Handle tx, LedgerEvent event) {
        if (refused.contains(event.type().orElseThrow())) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
        seen.add(event);
        return ledger.append(tx, event);
    }

    @Override
    public List<Appended> record(List<LedgerEvent> events) {
        return ledger.record(events);
    }

    @Override
    public Receipt await(EventId id) {
        return ledger.await(id);
    }

    @Override
    public Optional<Receipt> receipt(EventId id) {
        return ledger.receipt(id);
    }

    /** The events of this type, oldest first. */
    List<Json.Obj> of(EventType type) {
        return seen.stream()
                .filter(event -> event.type().equals(Optional.of(type)))
                .map(LedgerEvent::body)
                .toList();
    }
}
