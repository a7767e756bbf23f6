package io.tamis.ledger.anchor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved. */
final class StoppedClock implements InstantSource {
    private Instant now = Instant.parse("2026-11-24T05:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
