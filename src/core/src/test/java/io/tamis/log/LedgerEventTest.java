package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerEventTest {
    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad90";

    private static Json.Builder minimal() {
        return Json.object()
                .put("v", 1)
                .put("id", ID)
                .put("at", "2026-11-24T05:00:00.000Z")
                .put("type", "job.submitted");
    }

    @Test
    void ledgerEvent_fields_areRead() {
        var event = new LedgerEvent(minimal().put("tenant", "brand-a").build());
        assertEquals(EventId.parse(ID), event.id());
        assertEquals(Instant.parse("2026-11-24T05:00:00Z"), event.at());
        assertEquals(Optional.of(EventType.JOB_SUBMITTED), event.type());
        assertEquals(Optional.of("brand-a"), event.tenant());
        assertEquals("LedgerEvent[" + ID + ", job.submitted]", event.toString());
    }

    @Test
    void parse_canonicalBytes_readsBack() {
        var event = Fixtures.event(3);
        assertEquals(event, LedgerEvent.parse(event.canonicalBytes()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1, \"at\":\"2026-11-24T05:00:00.000Z\",\"id\":\"" + ID + "\",\"type\":\"job.submitted\"}",
                "{\"v\":1,\"at\":\"2026-11-24T05:00:00.000Z\",\"id\":\"" + ID + "\",\"type\":\"job.submitted\"}",
                "[]",
                "1",
                "",
                "{}"
            })
    void parse_anotherSpellingOrKind_isRefused(String text) {
        assertThrows(DataException.class, () -> LedgerEvent.parse(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T05:00:00Z",
                "2026-11-24T05:00:00.00Z",
                "2026-11-24T05:00:00.000000Z",
                "2026-11-24T05:00:00.000+00:00",
                "2026-11-24 05:00:00.000Z",
                "2026-11-24t05:00:00.000z",
                "2026-02-30T05:00:00.000Z",
                "2026-13-01T05:00:00.000Z",
                "2026-11-24T25:00:00.000Z",
                "1969-12-31T23:59:59.999Z"
            })
    void ledgerEvent_timeOfAnotherForm_isRefused(String at) {
        var body = minimal().build().with("at", Json.of(at));
        assertThrows(DataException.class, () -> new LedgerEvent(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JOB", "job submitted", "job..submitted", "job.", ".job", "a.b.c", "job.sub_mitted"})
    void ledgerEvent_typeOfAnotherForm_isRefused(String type) {
        assertThrows(
                DataException.class, () -> new LedgerEvent(minimal().build().with("type", Json.of(type))));
    }

    /** A later version's entry can be read and verified by this one, which then says that it does not know it. */
    @Test
    void ledgerEvent_unknownType_isOpaque() {
        var event = new LedgerEvent(minimal().build().with("type", Json.of("future.thing-done")));
        assertEquals(Optional.empty(), event.type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "id", "at", "type"})
    void ledgerEvent_missingField_isRefused(String name) {
        assertThrows(
                DataException.class, () -> new LedgerEvent(minimal().build().without(name)));
    }

    @Test
    void ledgerEvent_nullAnywhere_isRefused() {
        var nested = Json.array(List.of(Json.object().put("a", new Json.Null()).build()));
        assertThrows(
                DataException.class,
                () -> new LedgerEvent(minimal().put("x", new Json.Null()).build()));
        assertThrows(
                DataException.class,
                () -> new LedgerEvent(minimal().put("columns", nested).build()));
    }

    @Test
    void ledgerEvent_otherVersionOrId_isRefused() {
        assertThrows(
                DataException.class, () -> new LedgerEvent(minimal().build().with("v", Json.of(2))));
        assertThrows(
                DataException.class, () -> new LedgerEvent(minimal().build().with("id", Json.of("x"))));
        assertThrows(
                DataException.class,
                () -> new LedgerEvent(minimal().build().with("id", Json.of(ID.toUpperCase(java.util.Locale.ROOT)))));
    }

    @Test
    void ledgerEvent_overEightKibibytes_isRefused() {
        int room =
                LedgerEvent.BYTES_MAX - new LedgerEvent(minimal().put("x", "").build()).canonicalBytes().length;
        var largest = new LedgerEvent(minimal().put("x", "a".repeat(room)).build());
        assertEquals(LedgerEvent.BYTES_MAX, largest.canonicalBytes().length);
        var refusal = assertThrows(
                DataException.class,
                () -> new LedgerEvent(minimal().put("x", "a".repeat(room + 1)).build()));
        assertEquals(Code.TOO_LARGE, refusal.code());
        assertThrows(DataException.class, () -> LedgerEvent.parse(new byte[LedgerEvent.BYTES_MAX + 1]));
    }

    /** Damaged bytes are refused or read back the same. */
    @Test
    void parse_randomlyDamagedBytes_readsBackOrRefuses() {
        byte[] whole = Fixtures.event(1).canonicalBytes();
        Samples.forAll(
                31,
                3000,
                seed -> {
                    byte[] copy = whole.clone();
                    copy[seed.nextInt(copy.length)] = (byte) seed.nextInt(256);
                    copy[seed.nextInt(copy.length)] = (byte) "{}[]\",:0\\u".charAt(seed.nextInt(10));
                    return copy;
                },
                bytes -> {
                    try {
                        assertArrayEquals(bytes, LedgerEvent.parse(bytes).canonicalBytes());
                    } catch (DataException refused) {
                        assertTrue(refused.code() == Code.INVALID_REQUEST || refused.code() == Code.TOO_LARGE);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void eventType_wireName_readsBack(EventType type) {
        assertEquals(Optional.of(type), EventType.fromWire(type.wire()));
        assertEquals(Optional.of(type), new LedgerEvent(minimal().build().with("type", Json.of(type.wire()))).type());
    }

    @Test
    void eventType_officerOnly_isWhatCarriesCountsOrRules() {
        assertTrue(EventType.ACCESS_COMPLETED.officerOnly());
        assertTrue(EventType.ACCESS_DECIDED.officerOnly());
        assertFalse(EventType.RELEASE_PUBLISHED.officerOnly());
        assertEquals(Optional.empty(), EventType.fromWire("nothing"));
    }
}
