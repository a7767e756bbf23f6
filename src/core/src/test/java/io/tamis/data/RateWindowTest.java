package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private Instant now = Instant.parse("2026-11-24T10:00:10Z");
    private final RateWindow<String> window = new RateWindow<>(() -> now);

    @Test
    void take_upToTheQuota_isGrantedAndTellsWhatIsLeft() {
        assertEquals(new RateWindow.Standing(true, 2, 1, 50), window.take("a", 2));
        assertEquals(new RateWindow.Standing(true, 2, 0, 50), window.take("a", 2));
    }

    @Test
    void take_overTheQuota_isRefusedUntilTheMinuteEnds() {
        assertTrue(window.take("a", 1).granted());
        now = now.plus(Duration.ofSeconds(49));
        assertEquals(new RateWindow.Standing(false, 1, 0, 1), window.take("a", 1));
        now = now.plus(Duration.ofSeconds(1));
        assertEquals(new RateWindow.Standing(true, 1, 0, 60), window.take("a", 1));
    }

    @Test
    void take_ofAnotherKey_hasAQuotaOfItsOwn() {
        assertTrue(window.take("a", 1).granted());
        assertTrue(window.take("b", 1).granted());
        assertFalse(window.take("a", 1).granted());
    }

    @Test
    void take_withoutQuota_isRefused() {
        assertFalse(window.take("a", 0).granted());
    }

    @Test
    void take_byACrowd_startsAnewInsteadOfGrowing() {
        window.take("a", 1);
        for (int i = 0; i < 10_000; i++) {
            window.take("key-" + i, 1);
        }
        assertTrue(window.take("a", 1).granted());
    }
}
