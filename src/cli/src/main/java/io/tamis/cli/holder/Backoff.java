package io.tamis.cli.holder;

import java.time.Duration;

/** How long to wait before the service is tried again: doubled after each failure, up to a bound, from the start after a success. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private Duration next;

    Backoff(Duration first, Duration most) {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("a backoff begins above zero and does not shrink");
        }
        this.first = first;
        this.most = most;
        this.next = first;
    }

    /** The pause after one more failure. */
    Duration failed() {
        Duration pause = next;
        next = next.plus(next).compareTo(most) > 0 ? most : next.plus(next);
        return pause;
    }

    /** The service has answered. */
    void answered() {
        next = first;
    }
}
