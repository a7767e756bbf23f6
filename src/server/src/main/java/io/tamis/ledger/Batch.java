package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.log.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What one transaction appends, put together in memory: every event once, by its id, and for each request of the direct path
 * what it will be told when the transaction has committed. A request is taken whole or not at all.
 */
final class Batch {
    private final long first;
    private final Map<EventId, EntryRows.Row> known;
    private final BiPredicate<SealedEvent, SealedEvent> same;
    private final List<SealedEvent> events = new ArrayList<>();
    private final Map<Pending, Pending.Answer> answers = new HashMap<>();

    /**
     * A batch that begins at {@code first}.
     *
     * @param recorded those of the candidates' ids that the log has already
     * @param same whether two sealed events of one id are the same event
     */
    Batch(long first, Map<EventId, EntryRows.Row> recorded, BiPredicate<SealedEvent, SealedEvent> same) {
        this.first = first;
        this.known = new HashMap<>(recorded);
        this.same = same;
    }

    /** Adds an event unless it is known; false when its id is another event's. */
    boolean add(SealedEvent event) {
        var before = Optional.ofNullable(known.get(event.id()));
        if (before.isEmpty()) {
            place(event);
        }
        return before.isEmpty() || same.test(before.get().event(), event);
    }

    /** Adds a request's events, sealed for this log, or none of them when one of its ids is another event's. */
    void add(Pending request, List<SealedEvent> sealed) {
        boolean conflict = sealed.stream().anyMatch(event -> {
            var before = known.get(event.id());
            return before != null && !same.test(before.event(), event);
        });
        answers.put(request, conflict ? new Pending.Answer.Conflict() : recorded(sealed));
    }

    /** What is new, in order. */
    List<SealedEvent> events() {
        return List.copyOf(events);
    }

    List<LogEntry> entries() {
        return events.stream().map(SealedEvent::entry).toList();
    }

    /** Tells each request what became of it; only after the commit. */
    void answer() {
        answers.forEach(Pending::answer);
    }

    private Pending.Answer recorded(List<SealedEvent> sealed) {
        var appended = new ArrayList<Appended>();
        for (var event : sealed) {
            var row = Optional.ofNullable(known.get(event.id())).orElseGet(() -> place(event));
            appended.add(new Appended(event.id(), row.index()));
        }
        return new Pending.Answer.Recorded(List.copyOf(appended));
    }

    private EntryRows.Row place(SealedEvent event) {
        var row = new EntryRows.Row(first + events.size(), event);
        events.add(event);
        known.put(event.id(), row);
        return row;
    }
}
