package io.tamis.cli.bench;

import io.tamis.data.EventId;
import io.tamis.data.JobId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the service has said yes to, and may therefore never lose. Safe for use by several threads. */
final class Acknowledged {
    private final Set<JobId> jobs = ConcurrentHashMap.newKeySet();
    private final Set<EventId> events = ConcurrentHashMap.newKeySet();
    private final Map<EventId, Long> receipts = new ConcurrentHashMap<>();

    void job(JobId id) {
        jobs.add(id);
    }

    void event(EventId id) {
        events.add(id);
    }

    void receipt(EventId id, long index) {
        events.add(id);
        receipts.put(id, index);
    }

    /** Jobs whose submission was accepted. */
    Set<JobId> jobs() {
        return Set.copyOf(jobs);
    }

    /** Events named in an answer. */
    Set<EventId> events() {
        return Set.copyOf(events);
    }

    /** Places in the log that a receipt has promised. */
    Map<EventId, Long> receipts() {
        return Map.copyOf(receipts);
    }
}
