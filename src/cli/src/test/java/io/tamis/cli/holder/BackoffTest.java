package io.tamis.cli.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pauses_ofFailures_doubleUpToTheBoundAndBeginAgain() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(6));
        assertEquals(Duration.ofSeconds(1), backoff.failed());
        assertEquals(Duration.ofSeconds(2), backoff.failed());
        assertEquals(Duration.ofSeconds(4), backoff.failed());
        assertEquals(Duration.ofSeconds(6), backoff.failed());
        assertEquals(Duration.ofSeconds(6), backoff.failed());
        backoff.answered();
        assertEquals(Duration.ofSeconds(1), backoff.failed());
    }

    @Test
    void backoff_thatWouldNotWaitOrShrink_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
