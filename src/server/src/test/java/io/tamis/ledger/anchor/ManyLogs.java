package io.tamis.ledger.anchor;

import io.tamis.ledger.Logs;
import io.tamis.ledger.PublishedLog;
import java.util.ArrayList;
import java.util.List;

/** Logs of several years, and a lease that is held or not. */
final class ManyLogs implements Logs {
    private final List<PublishedLog> logs = new ArrayList<>();
    private boolean leading = true;

    ManyLogs(PublishedLog first) {
        logs.add(first);
    }

    void next(PublishedLog log) {
        logs.add(log);
    }

    void lead(boolean now) {
        leading = now;
    }

    @Override
    public PublishedLog open() {
        return logs.getLast();
    }

    @Override
    public List<PublishedLog> all() {
        return List.copyOf(logs);
    }

    @Override
    public boolean leading() {
        return leading;
    }
}
