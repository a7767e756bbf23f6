package io.tamis.ledger.anchor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void over_isAfterTheLengthAndWhenTheClockWasSetBack() {
        var clock = new StoppedClock();
        var pace = new Pace(clock, Duration.ofSeconds(10), Duration.ofSeconds(30), BigInteger.ONE);
        var since = clock.instant();
        assertFalse(pace.over(since, pace.interval()));
        clock.advance(Duration.ofSeconds(9));
        assertFalse(pace.over(since, pace.interval()));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(pace.over(since, pace.interval()));
        clock.advance(Duration.ofHours(-1));
        assertTrue(pace.over(since, pace.interval()));
    }
}
