package io.tamis.catalog.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void deadline_countsSecondsFromOneUp() {
        assertEquals(1, Deadline.in(Duration.ZERO).remainingSeconds());
        assertEquals(1, Deadline.in(Duration.ofMillis(500)).remainingSeconds());
        assertEquals(60, Deadline.in(Duration.ofMillis(59_500)).remainingSeconds());
        assertTrue(Deadline.in(Duration.ofNanos(-1)).passed());
    }
}
