package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is kept for how long follows from what it is; what the log needs to be checked is kept for ever. */
class RetentionTest {
    @Test
    void of_everyType_isAClassAndEveryClassIsUsed() {
        assertEquals(
                EnumSet.allOf(Retention.class),
                Arrays.stream(EventType.values()).map(Retention::of).collect(Collectors.toSet()));
    }

    /** Erasing one of these would make an earlier erasure look like tampering, or the log unreadable. */
    @Test
    void of_whatTheLogSaysOfItself_isPermanent() {
        var permanent = Arrays.stream(EventType.values())
                .filter(type -> Retention.of(type) == Retention.PERMANENT)
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        EventType.KEY_CREATED,
                        EventType.KEY_DESTROYED,
                        EventType.HOLD_CHANGED,
                        EventType.CORRECTION,
                        EventType.LOG_OPENED,
                        EventType.LOG_KEY,
                        EventType.LOG_CLOSED),
                permanent);
    }

    @Test
    void fromWire_everyClass_isItself() {
        for (var retention : Retention.values()) {
            assertEquals(Optional.of(retention), Retention.fromWire(retention.wire()));
        }
        for (String other : List.of("", "Access", "forever", "decisions ")) {
            assertEquals(Optional.empty(), Retention.fromWire(other));
        }
    }

    @Test
    void subjectRef_ofAnEvent_isReadAndNeverPrinted() {
        String hex = "0f".repeat(32);
        var event = event(hex);
        assertEquals(Optional.of(SubjectRef.parse(hex)), event.subjectRef());
        assertEquals("SubjectRef", event.subjectRef().orElseThrow().toString());
        assertNotEquals(event.subjectRef(), event("1f".repeat(32)).subjectRef());
        assertEquals(Optional.empty(), new LedgerEvent(event.body().without("subjectRef")).subjectRef());
    }

    /** Not a digest, no event: a name in clear must not get in by this door. */
    @Test
    void subjectRef_ofAnotherForm_isRefused() {
        for (String text : List.of("u-17", "0F".repeat(32), "0f".repeat(31), "0f".repeat(33), "zz".repeat(32))) {
            assertThrows(DataException.class, () -> event(text), text);
        }
        var array = event("0f".repeat(32)).body().with("subjectRef", Json.strings(List.of("0f".repeat(32))));
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(DataException.class, () -> new LedgerEvent(array)).code());
    }

    private static LedgerEvent event(String subjectRef) {
        return new LedgerEvent(Json.object()
                .put("v", 1)
                .put("id", "0190163d-8694-739b-aea5-966c26f8ad90")
                .put("at", "2026-11-24T05:00:00.000Z")
                .put("type", "access.completed")
                .put("subjectRef", subjectRef)
                .build());
    }
}
