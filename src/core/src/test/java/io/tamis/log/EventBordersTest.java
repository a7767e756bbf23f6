package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Charge;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.DeltaE18;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.Samples;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be logged must read back, open its commitment and fit into an export: the log is written before it is read. */
class EventBordersTest {
    private static final Json.Obj MINIMAL = Fixtures.event(1).body();

    private static Json nested(int depth) {
        Json value = Json.of(1);
        for (int i = 0; i < depth; i++) {
            value = i % 2 == 0
                    ? Json.array(List.of(value))
                    : Json.object().put("a", value).build();
        }
        return value;
    }

    /**
     * An export's line puts the body into one more object. A body as deep as the reader goes would be logged and read
     * back, and then make every export of its log unreadable.
     */
    @Test
    void event_deepestBody_readsBackFromAnExport() {
        var deepest = new LedgerEvent(MINIMAL.with("columns", nested(LedgerEvent.DEPTH_MAX - 1)));
        assertEquals(deepest, LedgerEvent.parse(deepest.canonicalBytes()));
        var entry = new ExportEntry.Present(0, Fixtures.salt(1), deepest);
        assertEquals(entry, ExportEntry.parse(entry.line()));
    }

    @Test
    void event_deeperBody_isRefused() {
        for (int depth : new int[] {LedgerEvent.DEPTH_MAX, LedgerEvent.DEPTH_MAX + 1, 1000}) {
            var body = MINIMAL.with("columns", nested(depth));
            assertEquals(
                    Code.INVALID_REQUEST,
                    assertThrows(DataException.class, () -> new LedgerEvent(body))
                            .code(),
                    "depth " + depth);
        }
    }

    /** The limit is one of bytes, not of characters: a Chinese character weighs three. */
    @Test
    void event_lengthLimit_countsBytes() {
        int room = LedgerEvent.BYTES_MAX - new LedgerEvent(MINIMAL.with("x", Json.of(""))).canonicalBytes().length;
        String full = "\u6570".repeat(room / 3) + "a".repeat(room % 3);
        assertEquals(LedgerEvent.BYTES_MAX, new LedgerEvent(MINIMAL.with("x", Json.of(full))).canonicalBytes().length);
        var over = MINIMAL.with("x", Json.of(full + "a"));
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(DataException.class, () -> new LedgerEvent(over)).code());
    }

    @Test
    void event_random_readsBackSealsAndExports() {
        Samples.forAll(200_000, 500, EventBordersTest::event, event -> {
            assertArrayEquals(
                    event.canonicalBytes(),
                    LedgerEvent.parse(event.canonicalBytes()).canonicalBytes());
            var present = new ExportEntry.Present(7, Fixtures.salt(3), event);
            assertEquals(present, ExportEntry.parse(present.line()));
            assertEquals(present.entry(), LogEntry.parse(present.entry().bytes()), "49 bytes say id and commitment");
        });
    }

    /** A log line must not carry a body: what is printed is the id and the type, whatever the body holds. */
    @Test
    void event_printed_saysIdAndTypeOnly() {
        Samples.forAll(
                210_000,
                200,
                EventBordersTest::event,
                event -> assertEquals(
                        "LedgerEvent[" + event.id() + ", "
                                + event.type().orElseThrow().wire() + "]",
                        event.toString()));
    }

    /** Two events that differ in anything have different commitments under one salt; one event has two under two. */
    @Test
    void commitment_ofDifferentEventsOrSalts_differs() {
        Samples.forAll(220_000, 500, EventBordersTest::event, event -> {
            var changed = new LedgerEvent(event.body().with("tenant", Json.of("brand-z")));
            var salt = Fixtures.salt(1);
            assertFalse(LogEntry.of(salt, event)
                    .commitment()
                    .equals(LogEntry.of(salt, changed).commitment()));
            assertFalse(LogEntry.of(salt, event)
                    .commitment()
                    .equals(LogEntry.of(Fixtures.salt(2), event).commitment()));
        });
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void eventType_wire_isAsciiAndDottedOnce(EventType type) {
        assertTrue(type.wire().matches("[a-z-]+(\\.[a-z-]+)?"));
        assertTrue(type.wire().length() <= 32);
        assertEquals(type.name(), type.wire().replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT));
    }

    @Test
    void tenant_limit_isHeld() {
        assertEquals(
                Optional.of("a".repeat(64)), new LedgerEvent(MINIMAL.with("tenant", Json.of("a".repeat(64)))).tenant());
        var longer = MINIMAL.with("tenant", Json.of("a".repeat(65)));
        assertThrows(DataException.class, () -> new LedgerEvent(longer));
        assertEquals(Optional.empty(), new LedgerEvent(MINIMAL.without("tenant")).tenant());
    }

    /** A period is a month of four digits: what can be built is what can be read back. */
    @Test
    void budgetRow_yearOutsideFourDigits_isRefused() {
        for (int year : new int[] {-1, -2026, 10_000, 999_999_999}) {
            var period = Optional.of(YearMonth.of(year, 1));
            assertThrows(
                    DataException.class, () -> new BudgetRow(Optional.empty(), Optional.empty(), period, Charge.ZERO));
        }
        var json = new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), Charge.ZERO).toJson();
        for (String period : new String[] {"-2026-01", "-0000-01", "+2026-01"}) {
            assertThrows(DataException.class, () -> BudgetRow.fromJson(json.with("period", Json.of(period))));
        }
    }

    @Test
    void budgetRow_random_readsBack() {
        Samples.forAll(230_000, 1_000, EventBordersTest::budgetRow, row -> {
            assertEquals(row, BudgetRow.fromJson(row.toJson()));
            assertEquals(row, BudgetRow.fromJson(Json.parse(row.toJson().canonical())));
        });
    }

    private static BudgetRow budgetRow(SplittableRandom seed) {
        return new BudgetRow(
                seed.nextBoolean() ? Optional.of(new DatasetId("d" + seed.nextInt(100))) : Optional.empty(),
                seed.nextBoolean() ? Optional.of(new PartyId("p" + seed.nextInt(100))) : Optional.empty(),
                seed.nextBoolean()
                        ? Optional.of(YearMonth.of(seed.nextInt(0, 10_000), seed.nextInt(1, 13)))
                        : Optional.empty(),
                new Charge(
                        new MicroRho(seed.nextLong(MicroRho.VALUE_MAX + 1)),
                        new DeltaE18(seed.nextLong(DeltaE18.VALUE_MAX + 1)),
                        new MicroEpsilon(seed.nextLong(MicroEpsilon.VALUE_MAX + 1))));
    }

    private static LedgerEvent event(SplittableRandom seed) {
        var types = EventType.values();
        var body = Fixtures.event(seed.nextInt(1_000_000))
                .body()
                .with("type", Json.of(types[seed.nextInt(types.length)].wire()));
        var names = new ArrayList<>(List.of("purpose", "dataset", "rows", "\u6570", "\ud83d\ude00", "\u0000", ""));
        while (names.size() > seed.nextInt(1, 7)) {
            body = body.with(names.remove(seed.nextInt(names.size())), value(seed));
        }
        return new LedgerEvent(body);
    }

    private static Json value(SplittableRandom seed) {
        return switch (seed.nextInt(4)) {
            case 0 -> Json.of(seed.nextLong(-Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX + 1));
            case 1 -> Json.of(new String(new char[] {(char) seed.nextInt(0xd800), '"', '\\'}));
            case 2 -> Json.of(seed.nextBoolean());
            default -> nested(seed.nextInt(LedgerEvent.DEPTH_MAX));
        };
    }
}
