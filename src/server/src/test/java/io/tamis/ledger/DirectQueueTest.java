package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.LogEntry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectQueueTest {
    private final DirectQueue queue = new DirectQueue();

    @Test
    void offer_upToTheBoundOfEvents_thenRefuses() {
        int requests = DirectQueue.EVENTS_MAX / Ledger.RECORD_MAX;
        for (int i = 0; i < requests; i++) {
            assertTrue(queue.offer(request(Ledger.RECORD_MAX, 100)));
        }
        assertEquals(DirectQueue.EVENTS_MAX, queue.events());
        assertFalse(queue.offer(request(1, 100)));
        queue.take(1, 1);
        assertTrue(queue.offer(request(Ledger.RECORD_MAX, 100)));
        assertFalse(queue.offer(request(1, 100)));
    }

    @Test
    void offer_upToTheBoundOfBytes_thenRefuses() {
        int each = 1 << 20;
        for (int i = 0; i < DirectQueue.BYTES_MAX / each; i++) {
            assertTrue(queue.offer(request(1, each)));
        }
        assertFalse(queue.offer(request(1, each)));
        queue.handOver();
        assertTrue(queue.offer(request(1, each)));
    }

    @Test
    void take_givesTheOldestWithinTheBounds() {
        var requests = IntStream.range(0, 5).mapToObj(i -> request(2, 10)).toList();
        requests.forEach(queue::offer);
        assertEquals(requests.subList(0, 2), queue.take(5, 1000));
        assertEquals(requests.subList(2, 3), queue.take(100, 25));
        assertEquals(requests.subList(3, 5), queue.take(100, 1000));
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.events());
    }

    /** Else one request over the bound would stop the queue for good. */
    @Test
    void take_aRequestOverTheBound_isTakenAlone() {
        var large = request(2, 100);
        queue.offer(large);
        queue.offer(request(1, 1));
        assertEquals(List.of(large), queue.take(1, 1));
    }

    @Test
    void giveBack_comesFirstAndInOrder() {
        var requests = IntStream.range(0, 4).mapToObj(i -> request(1, 10)).toList();
        requests.forEach(queue::offer);
        queue.giveBack(queue.take(2, 1000));
        assertEquals(4, queue.events());
        assertEquals(requests, queue.take(10, 1000));
    }

    @Test
    void take_whatNobodyWaitsForAnyMore_isDropped() {
        var impatient = request(1, 10);
        var patient = request(1, 10);
        queue.offer(impatient);
        queue.offer(patient);
        assertThrows(TimeoutException.class, () -> impatient.await(0));
        assertEquals(List.of(patient), queue.take(10, 1000));
    }

    @Test
    void handOver_answersEverybody() throws Exception {
        var requests = List.of(request(1, 10), request(1, 10));
        requests.forEach(queue::offer);
        queue.handOver();
        for (var request : requests) {
            assertInstanceOf(Pending.Answer.Elsewhere.class, request.await(0));
        }
        assertTrue(queue.isEmpty());
    }

    private static Pending request(int events, int bytesEach) {
        return new Pending(IntStream.range(0, events)
                .mapToObj(i -> new SealedEvent(
                        EntryRows.LOG_ID,
                        new LogEntry(new EventId(UUID.randomUUID()), Hash.sha256()),
                        new UUID(1, 1),
                        new byte[bytesEach]))
                .toList());
    }
}
