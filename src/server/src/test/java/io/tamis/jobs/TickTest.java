package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickTest {
    private final Tick tick = new Tick(Duration.ofSeconds(5));

    @Test
    void after_betweenTicks_isTheNextOne() {
        assertEquals(Instant.parse("2026-11-24T10:00:05Z"), tick.after(Instant.parse("2026-11-24T10:00:00.001Z")));
        assertEquals(Instant.parse("2026-11-24T10:00:05Z"), tick.after(Instant.parse("2026-11-24T10:00:04.999Z")));
    }

    @Test
    void after_onATick_isItself() {
        assertEquals(Instant.parse("2026-11-24T10:00:05Z"), tick.after(Instant.parse("2026-11-24T10:00:05Z")));
    }

    @Test
    void after_oneMicrosecondLate_isTheNextOne() {
        assertEquals(Instant.parse("2026-11-24T10:00:10Z"), tick.after(Instant.parse("2026-11-24T10:00:05.000001Z")));
    }

    @Test
    void shows_beforeItsTick_isFalse() {
        Instant ended = Instant.parse("2026-11-24T10:00:01Z");
        assertFalse(tick.shows(ended, Instant.parse("2026-11-24T10:00:04.999Z")));
        assertTrue(tick.shows(ended, Instant.parse("2026-11-24T10:00:05Z")));
    }

    @Test
    void last_isTheMomentUpToWhichEndsShow() {
        Instant now = Instant.parse("2026-11-24T10:00:07Z");
        assertEquals(Instant.parse("2026-11-24T10:00:05Z"), tick.last(now));
        assertTrue(tick.shows(tick.last(now), now));
        assertFalse(tick.shows(tick.last(now).plusMillis(1), now));
    }
}
