package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PartyId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final PartyId ALPHA = new PartyId("alpha");

    private Instant now = Instant.parse("2026-11-24T10:00:10Z");
    private final RateLimits limits = new RateLimits(() -> now, 2, 1);

    @Test
    void take_overTheQuota_isRefusedUntilTheWindowEnds() {
        assertTrue(limits.take(RateLimits.Kind.JOBS, ALPHA).granted());
        assertTrue(limits.take(RateLimits.Kind.JOBS, ALPHA).granted());
        assertFalse(limits.take(RateLimits.Kind.JOBS, ALPHA).granted());
        now = now.plus(Duration.ofSeconds(50));
        assertTrue(limits.take(RateLimits.Kind.JOBS, ALPHA).granted());
    }

    @Test
    void take_tellsWhatIsLeft() {
        RateLimits.Standing standing = limits.take(RateLimits.Kind.JOBS, ALPHA);
        assertEquals(2, standing.quota());
        assertEquals(1, standing.remaining());
        assertEquals(50, standing.resetSeconds());
    }

    @Test
    void take_countsEachPartyAndEachKindAlone() {
        limits.take(RateLimits.Kind.DRY_RUNS, ALPHA);
        assertFalse(limits.take(RateLimits.Kind.DRY_RUNS, ALPHA).granted());
        assertTrue(limits.take(RateLimits.Kind.JOBS, ALPHA).granted());
        assertTrue(limits.take(RateLimits.Kind.DRY_RUNS, new PartyId("beta")).granted());
    }
}
