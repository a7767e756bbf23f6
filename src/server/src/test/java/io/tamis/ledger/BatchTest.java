package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.log.LogEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Here two sealed events are the same when their bodies are; the real judge opens them. */
class BatchTest {
    private static final long FIRST = 100;

    private final SealedEvent recorded = event(1, 1);
    private final Batch batch = new Batch(
            FIRST,
            Map.of(recorded.id(), new EntryRows.Row(7, recorded)),
            (one, other) -> Arrays.equals(one.sealed(), other.sealed()));

    @Test
    void add_newEvents_arePlacedInOrder() throws Exception {
        assertTrue(batch.add(event(2, 1)));
        var request = new Pending(List.of(event(3, 1), event(4, 1)));
        batch.add(request, request.events());
        assertEquals(new Pending.Answer.Recorded(List.of(at(3, 101), at(4, 102))), answer(request));
        assertEquals(
                List.of(id(2), id(3), id(4)),
                batch.entries().stream().map(LogEntry::id).toList());
    }

    @Test
    void add_recordedBefore_hasItsOldPlace() throws Exception {
        var request = new Pending(List.of(event(1, 1), event(2, 1)));
        batch.add(request, request.events());
        assertEquals(new Pending.Answer.Recorded(List.of(at(1, 7), at(2, 100))), answer(request));
        assertTrue(batch.add(event(1, 1)));
        assertEquals(1, batch.events().size());
    }

    @Test
    void add_twiceInOneBatch_isPlacedOnce() throws Exception {
        batch.add(event(2, 1));
        var first = new Pending(List.of(event(2, 1), event(3, 1)));
        var second = new Pending(List.of(event(3, 1)));
        batch.add(first, first.events());
        batch.add(second, second.events());
        assertEquals(new Pending.Answer.Recorded(List.of(at(2, 100), at(3, 101))), answer(first));
        assertEquals(new Pending.Answer.Recorded(List.of(at(3, 101))), answer(second));
        assertEquals(2, batch.events().size());
    }

    @Test
    void add_anotherEventUnderARecordedId_refusesTheWholeRequest() throws Exception {
        var request = new Pending(List.of(event(2, 1), event(1, 2)));
        batch.add(request, request.events());
        assertEquals(new Pending.Answer.Conflict(), answer(request));
        assertTrue(batch.events().isEmpty());
        assertFalse(batch.add(event(1, 2)));
    }

    @Test
    void add_anotherEventUnderAnIdOfTheBatch_refusesTheLaterRequest() throws Exception {
        var first = new Pending(List.of(event(2, 1)));
        var second = new Pending(List.of(event(3, 1), event(2, 2)));
        batch.add(first, first.events());
        batch.add(second, second.events());
        assertEquals(new Pending.Answer.Recorded(List.of(at(2, 100))), answer(first));
        assertEquals(new Pending.Answer.Conflict(), answer(second));
        assertEquals(1, batch.events().size());
    }

    private Pending.Answer answer(Pending request) throws Exception {
        batch.answer();
        return request.await(0);
    }

    private static Appended at(int id, long index) {
        return new Appended(id(id), index);
    }

    private static EventId id(int id) {
        return new EventId(new UUID(1, id));
    }

    private static SealedEvent event(int id, int body) {
        return new SealedEvent(
                EntryRows.LOG_ID,
                new LogEntry(id(id), Hash.sha256(new byte[] {(byte) body})),
                new UUID(0, 0),
                new byte[] {(byte) body});
    }
}
