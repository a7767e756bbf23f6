package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExportTurnsTest {
    private final ExportTurns turns = new ExportTurns(2, Duration.ofMillis(20));

    /** Two readers that never end hold up nobody for ever. */
    @Test
    void take_allTaken_isRefusedAfterAWhile() {
        turns.take();
        turns.take();
        assertFalse(turns.anyFree());
        assertFalse(turns.takeNow());
        assertEquals(
                Code.RATE_LIMITED,
                assertThrows(LedgerException.class, turns::take).code());
        turns.giveBack();
        assertTrue(turns.anyFree());
        turns.take();
        assertFalse(turns.anyFree(), "a refusal keeps nothing");
    }

    @Test
    void take_interrupted_isRefusedAndStaysInterrupted() {
        turns.take();
        turns.take();
        Thread.currentThread().interrupt();
        assertThrows(LedgerException.class, turns::take);
        assertTrue(Thread.interrupted());
    }
}
