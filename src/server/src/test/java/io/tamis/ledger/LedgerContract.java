package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.data.TamisException;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What every ledger keeps to, the fake one too: tests that use the fake rely on it. */
abstract class LedgerContract {
    static final Actor MERCHANT =
            new Actor(new PartyId("brand-a"), new PersonId("u1"), Role.MERCHANT, new DepartmentId("marketing"));

    private final Events events = new Events(UUID::randomUUID, () -> Instant.parse("2026-11-24T05:00:00Z"));

    abstract Ledger ledger();

    abstract Jdbi jdbi();

    LedgerEvent event() {
        return events.of(EventType.JOB_SUBMITTED, MERCHANT).build();
    }

    EventId append(LedgerEvent event) {
        return jdbi().inTransaction(tx -> ledger().append(tx, event));
    }

    @Test
    void append_committed_hasAReceipt() {
        var event = event();
        assertEquals(event.id(), append(event));
        var receipt = ledger().await(event.id());
        assertEquals(event.id(), receipt.eventId());
        assertEquals(Optional.of(receipt.index()), ledger().receipt(event.id()).map(Receipt::index));
    }

    @Test
    void append_inOrder_getsRisingIndices() {
        long before = ledger().await(append(event())).index();
        assertTrue(before < ledger().await(append(event())).index());
    }

    @Test
    void append_rolledBack_leavesNothing() {
        var event = event();
        assertThrows(
                Undone.class,
                () -> jdbi().useTransaction(tx -> {
                    ledger().append(tx, event);
                    throw new Undone();
                }));
        ledger().await(append(event()));
        assertEquals(Optional.empty(), ledger().receipt(event.id()));
    }

    @Test
    void append_twice_isOneEntry() {
        var event = event();
        append(event);
        append(event);
        var receipt = ledger().await(event.id());
        append(event);
        ledger().await(append(event()));
        assertEquals(Optional.of(receipt.index()), ledger().receipt(event.id()).map(Receipt::index));
    }

    @Test
    void append_anotherEventUnderTheSameId_isRefused() {
        var event = event();
        append(event);
        ledger().await(event.id());
        var other = new LedgerEvent(event.body().with("tenant", Json.of("brand-b")));
        assertCode(Code.STATE_CONFLICT, tx -> ledger().append(tx, other));
    }

    @Test
    void append_outsideATransaction_isABug() {
        assertThrows(IllegalStateException.class, () -> jdbi().useHandle(handle -> ledger().append(handle, event())));
    }

    /** Unknown types are read as opaque; they are not written. */
    @Test
    void append_unknownType_isRefused() {
        var unknown = new LedgerEvent(event().body().with("type", Json.of("future.thing")));
        assertCode(Code.INVALID_REQUEST, tx -> ledger().append(tx, unknown));
    }

    @Test
    void record_several_haveRisingPlacesInTheirOrder() {
        var events = Stream.generate(this::event).limit(Ledger.RECORD_MAX).toList();
        var appended = ledger().record(events);
        assertEquals(
                events.stream().map(LedgerEvent::id).toList(),
                appended.stream().map(Appended::id).toList());
        for (int i = 0; i < appended.size(); i++) {
            assertTrue(i == 0 || appended.get(i - 1).index() < appended.get(i).index());
            assertEquals(
                    appended.get(i).index(),
                    ledger().await(appended.get(i).id()).index());
        }
    }

    @Test
    void record_again_givesTheSamePlaces() {
        var events = List.of(event(), event());
        assertEquals(ledger().record(events), ledger().record(events));
    }

    @Test
    void record_anotherEventUnderTheSameId_isRefusedWithAllBesideIt() {
        var event = event();
        ledger().record(List.of(event));
        var other = new LedgerEvent(event.body().with("tenant", Json.of("brand-b")));
        var beside = event();
        assertEquals(
                Code.STATE_CONFLICT,
                assertThrows(TamisException.class, () -> ledger().record(List.of(beside, other)))
                        .code());
        ledger().record(List.of(event()));
        assertEquals(Optional.empty(), ledger().receipt(beside.id()));
    }

    @Test
    void record_noneTooManyOrOneTwice_isRefused() {
        var event = event();
        var many = Stream.generate(this::event).limit(Ledger.RECORD_MAX + 1L).toList();
        for (var wrong : List.of(List.<LedgerEvent>of(), many, List.of(event, event))) {
            assertEquals(
                    Code.INVALID_REQUEST,
                    assertThrows(TamisException.class, () -> ledger().record(wrong))
                            .code());
        }
    }

    @Test
    void receipt_ofAnUnknownEvent_isEmptyAndNotAwaited() {
        var nobody = new EventId(UUID.randomUUID());
        assertEquals(Optional.empty(), ledger().receipt(nobody));
        assertEquals(
                Code.LEDGER_UNAVAILABLE,
                assertThrows(TamisException.class, () -> ledger().await(nobody)).code());
    }

    void assertCode(Code code, Consumer<Handle> action) {
        assertEquals(
                code,
                assertThrows(TamisException.class, () -> jdbi().useTransaction(action::accept))
                        .code());
    }

    /** Makes a transaction roll back. */
    static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
