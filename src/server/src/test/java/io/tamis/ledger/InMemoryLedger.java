package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A ledger for tests of what stands on it: an event counts when the caller's transaction commits, and then has a receipt at
 * once. It passes {@link LedgerContract} like the real one. Its proofs are words.
 */
public final class InMemoryLedger implements Ledger {
    private final Map<EventId, LedgerEvent> events = new LinkedHashMap<>();
    private boolean available = true;

    @Override
    public synchronized EventId append(Handle tx, LedgerEvent event) {
        if (!tx.isInTransaction()) {
            throw new IllegalStateException("append belongs into the caller's transaction");
        }
        if (!available) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
        if (event.type().isEmpty()) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        var before = events.get(event.id());
        if (before != null && !before.equals(event)) {
            throw new LedgerException(Code.STATE_CONFLICT);
        }
        tx.afterCommit(() -> record(event));
        return event.id();
    }

    @Override
    public synchronized List<Appended> record(List<LedgerEvent> added) {
        if (!available) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
        if (added.isEmpty()
                || added.size() > RECORD_MAX
                || added.stream().map(LedgerEvent::id).distinct().count() < added.size()
                || added.stream().anyMatch(event -> event.type().isEmpty())) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        if (added.stream()
                .anyMatch(event -> !events.getOrDefault(event.id(), event).equals(event))) {
            throw new LedgerException(Code.STATE_CONFLICT);
        }
        added.forEach(this::record);
        var order = List.copyOf(events.keySet());
        return added.stream()
                .map(event -> new Appended(event.id(), order.indexOf(event.id())))
                .toList();
    }

    @Override
    public Receipt await(EventId id) {
        return receipt(id).orElseThrow(() -> new LedgerException(Code.LEDGER_UNAVAILABLE));
    }

    @Override
    public synchronized Optional<Receipt> receipt(EventId id) {
        if (!available || !events.containsKey(id)) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(id, List.copyOf(events.keySet()).indexOf(id), "in memory"));
    }

    /** What was recorded, in order. */
    public synchronized List<LedgerEvent> events() {
        return List.copyOf(events.values());
    }

    /** What was recorded of this type, in order. */
    public synchronized List<LedgerEvent> events(EventType type) {
        var matching = new ArrayList<LedgerEvent>();
        events.values().stream()
                .filter(event -> event.type().equals(Optional.of(type)))
                .forEach(matching::add);
        return matching;
    }

    /** From now on it does not answer: what stands on it must fail closed. */
    public synchronized void stop() {
        available = false;
    }

    private synchronized void record(LedgerEvent event) {
        events.putIfAbsent(event.id(), event);
    }
}
