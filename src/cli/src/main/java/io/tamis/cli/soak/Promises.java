package io.tamis.cli.soak;

import io.tamis.data.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What the servers have acknowledged: every event and its place. Safe for use by several threads. */
final class Promises {
    private final Map<EventId, Long> places = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<EventId> fresh = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final LongAdder unanswered = new LongAdder();

    /** This event was said to be at this place. */
    void promised(EventId id, long index) {
        Long before = places.putIfAbsent(id, index);
        if (before != null && before != index) {
            broken.add("event " + id + " was first said to be at " + before + ", then at " + index);
        }
        fresh.add(id);
    }

    void refused(String code) {
        refusals.computeIfAbsent(code, name -> new LongAdder()).increment();
    }

    void unanswered() {
        unanswered.increment();
    }

    /** Every event promised so far and its place. */
    Map<EventId, Long> places() {
        return Map.copyOf(places);
    }

    /** The events promised since the last call. */
    List<EventId> takeFresh() {
        var taken = new ArrayList<EventId>();
        for (EventId id = fresh.poll(); id != null; id = fresh.poll()) {
            taken.add(id);
        }
        return taken;
    }

    /** Promises that contradict each other. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** How often each code was answered instead, and how often nothing. */
    Map<String, Long> refusals() {
        var counted = new TreeMap<String, Long>();
        refusals.forEach((code, count) -> counted.put(code, count.sum()));
        counted.put("no answer", unanswered.sum());
        return counted;
    }
}
