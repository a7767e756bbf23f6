package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Charge;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.JobId;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.OpenedTicket;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.Tickets;
import io.tamis.log.BudgetRow;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpeningBookTest {
    private static final CollaborationId COLLABORATION = new CollaborationId("col_1");
    private static final YearMonth MONTH = YearMonth.of(2026, 11);
    private static final List<PartyId> TWO = List.of(new PartyId("holder-1"), new PartyId("holder-2"));

    @Test
    void book_ofNothing_hasTheCeremonysOpeningsAlone() {
        var book = OpeningBook.of(List.of(), 3);
        assertEquals(0, book.size());
        assertEquals(3, book.openings(1));
        assertEquals(3, book.openings(2));
        assertTrue(book.find(id(1)).isEmpty());
        assertFalse(book.used(Tickets.event(1)));
        assertEquals(Charge.ZERO, book.spent(row("shop-users", "brand-a", 0), COLLABORATION));
    }

    /** Each segment of a ticket is one opening of its epoch, and of no other's. */
    @Test
    void openings_areCountedByEpochAndAggregate() {
        var book = OpeningBook.of(List.of(line(1, 1, "a", "b"), line(2, 1, "c"), line(3, 2, "d")), 3);
        assertEquals(6, book.openings(1));
        assertEquals(4, book.openings(2));
        assertEquals(3, book.size());
    }

    @Test
    void openings_beyondAnInt_areCounted() {
        var book = OpeningBook.of(List.of(line(1, 1, "a")), Integer.MAX_VALUE);
        assertEquals(Integer.MAX_VALUE + 1L, book.openings(1));
    }

    @Test
    void with_oneMoreLine_leavesTheFirstBookAsItWas() {
        var book = OpeningBook.of(List.of(line(1, 1, "a")), 3);
        var more = book.with(line(2, 1, "b"));
        assertEquals(1, book.size());
        assertEquals(2, more.size());
        assertEquals(Tickets.hash("ticket 2"), more.find(id(2)).orElseThrow().ticket());
        assertTrue(more.used(Tickets.event(2)));
        assertFalse(book.used(Tickets.event(2)));
    }

    @Test
    void opened_isByAggregateAndActiveSet() {
        var book = OpeningBook.of(List.of(line(1, 1, "a", "b")), 3);
        assertTrue(book.opened(Tickets.hash("a"), TWO));
        assertTrue(book.opened(Tickets.hash("b"), TWO));
        assertFalse(book.opened(Tickets.hash("c"), TWO));
        assertFalse(book.opened(Tickets.hash("a"), List.of(new PartyId("holder-1"), new PartyId("holder-3"))));
        assertFalse(book.opened(Tickets.hash("a"), TWO.subList(0, 1)));
    }

    /** A row is its dataset, merchant and period: what was spent on another one does not count. */
    @Test
    void spent_addsUpTheSameRowOnly() {
        var book = OpeningBook.of(List.of(line(1, 1, "a"), line(2, 1, "b")), 3);
        assertEquals(rho(30), book.spent(row("shop-users", "brand-a", 0), COLLABORATION));
        assertEquals(Charge.ZERO, book.spent(row("video-users", "brand-a", 0), COLLABORATION));
        assertEquals(Charge.ZERO, book.spent(row("shop-users", "brand-b", 0), COLLABORATION));
        var lifetime = new BudgetRow(
                Optional.of(new DatasetId("shop-users")),
                Optional.of(new PartyId("brand-a")),
                Optional.empty(),
                rho(0));
        assertEquals(Charge.ZERO, book.spent(lifetime, COLLABORATION));
        var other = new BudgetRow(
                Optional.of(new DatasetId("shop-users")),
                Optional.of(new PartyId("brand-a")),
                Optional.of(MONTH.plusMonths(1)),
                rho(0));
        assertEquals(Charge.ZERO, book.spent(other, COLLABORATION));
    }

    /** A dataset's row counts whatever collaboration it was for; the row of all families is its collaboration's own. */
    @Test
    void spent_onTheRowOfAllFamilies_isByCollaboration() {
        var book = OpeningBook.of(List.of(line(1, 1, "a"), line(2, 1, "b")), 3);
        var all = new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), rho(0));
        assertEquals(rho(300), book.spent(all, COLLABORATION));
        assertEquals(Charge.ZERO, book.spent(all, new CollaborationId("col_2")));
        assertEquals(rho(30), book.spent(row("shop-users", "brand-a", 0), new CollaborationId("col_2")));
    }

    @Test
    void opened_knowsTheJobsOfItsLines() {
        var book = OpeningBook.of(List.of(line(1, 1, "a")), 3);
        assertTrue(book.opened(job(1)));
        assertFalse(book.opened(job(2)));
    }

    @Test
    void lines_areCopied() {
        var lines = new java.util.ArrayList<>(List.of(line(1, 1, "a")));
        var book = OpeningBook.of(lines, 3);
        lines.clear();
        assertEquals(1, book.size());
        assertThrows(
                UnsupportedOperationException.class,
                () -> book.find(id(1)).orElseThrow().charges().clear());
    }

    private static OpenedTicket line(int number, long epoch, String... aggregates) {
        return new OpenedTicket(
                id(number),
                job(number),
                Tickets.hash("ticket " + number),
                epoch,
                COLLABORATION,
                List.of(aggregates).stream().map(Tickets::hash).toList(),
                TWO,
                Tickets.event(number),
                List.of(
                        row("shop-users", "brand-a", 10L * number),
                        new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), rho(100L * number))),
                Tickets.hash("share " + number),
                Instant.parse("2026-11-24T05:00:00Z"));
    }

    private static JobId job(int number) {
        return JobId.parse("job_" + Tickets.event(number));
    }

    private static TicketId id(int number) {
        return TicketId.parse("tk_" + Tickets.event(number));
    }

    private static BudgetRow row(String dataset, String merchant, long rho) {
        return new BudgetRow(
                Optional.of(new DatasetId(dataset)), Optional.of(new PartyId(merchant)), Optional.of(MONTH), rho(rho));
    }

    private static Charge rho(long micro) {
        return micro == 0 ? Charge.ZERO : Charge.ofRho(new MicroRho(micro));
    }
}
