package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RaceTest {
    /** All run at once: a barrier of their number lets nobody pass before the last. */
    @Test
    void race_ofSixteen_runsAllAtOnce() {
        var barrier = new CyclicBarrier(16);
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        Race.of(16, client -> {
            try {
                barrier.await(30, TimeUnit.SECONDS);
            } catch (Exception alone) {
                throw new AssertionError(alone);
            }
            seen.add(client);
        });
        assertEquals(16, seen.size());
    }

    @Test
    void race_whereOneFails_failsWithThat() {
        var failure = new IllegalArgumentException();
        assertSame(
                failure,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Race.of(3, client -> {
                            if (client == 2) {
                                throw failure;
                            }
                        })));
    }
}
