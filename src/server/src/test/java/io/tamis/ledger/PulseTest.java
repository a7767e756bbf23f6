package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final LedgerNode.TestClock clock = new LedgerNode.TestClock();
    private final Pulse pulse = new Pulse(clock);

    @Test
    void alive_untilNobodyHasSeenTheOutboxMoveFor30Seconds() {
        assertTrue(pulse.alive());
        clock.advance(Duration.ofMillis(29_999));
        assertTrue(pulse.alive());
        clock.advance(Duration.ofMillis(1));
        assertFalse(pulse.alive());
        pulse.seenHealthy();
        assertTrue(pulse.alive());
    }

    /** A broken log stays broken: only a new process, after somebody has looked, may write again. */
    @Test
    void breakDown_isForGood() {
        pulse.breakDown();
        pulse.seenHealthy();
        assertFalse(pulse.alive());
        assertTrue(pulse.broken());
    }

    @Test
    void takeDemand_onceWanted_isTakenOnce() {
        assertFalse(pulse.takeDemand());
        pulse.want();
        assertTrue(pulse.takeDemand());
        assertFalse(pulse.takeDemand());
    }

    @Test
    void takeDemand_whileSomebodyWaits_staysTrue() {
        pulse.startWaiting();
        pulse.startWaiting();
        pulse.stopWaiting();
        assertTrue(pulse.takeDemand());
        assertTrue(pulse.takeDemand());
        pulse.stopWaiting();
        assertFalse(pulse.takeDemand());
    }

    /** Many rings before anybody listens are one: the listener looks at the whole outbox anyway. */
    @Test
    void ring_manyTimes_wakesOnce() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            pulse.ring();
        }
        pulse.awaitRing(Duration.ofSeconds(30));
        long before = System.nanoTime();
        pulse.awaitRing(Duration.ofMillis(1));
        assertTrue(System.nanoTime() - before >= 1_000_000, "the second wait runs to its end");
    }

    @Test
    void ring_wakesAWaitingThread() throws InterruptedException {
        var woken = new CountDownLatch(1);
        var listener = Thread.ofPlatform().start(() -> {
            try {
                pulse.awaitRing(Duration.ofMinutes(5));
                woken.countDown();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        pulse.ring();
        woken.await();
        listener.join();
        assertEquals(0, woken.getCount());
    }
}
