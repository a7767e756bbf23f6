package io.tamis.holder.check;

import io.tamis.data.Charge;
import io.tamis.data.CollaborationId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.OpenedTicket;
import io.tamis.holder.ticket.TicketId;
import io.tamis.log.BudgetRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a holder has opened so far: the sum of its own log, in memory. Immutable; a further line gives another book.
 *
 * <p>Budgets are added up from tickets this holder opened itself, so a server that forgets, or shows two holders two
 * ledgers, gains nothing. NOT promised: knowledge of what was spent on jobs that no holder saw; the ledger's audit has that.
 */
public final class OpeningBook {
    private final List<OpenedTicket> opened;
    private final long ceremonyOpenings;

    private OpeningBook(List<OpenedTicket> opened, long ceremonyOpenings) {
        this.opened = List.copyOf(opened);
        this.ceremonyOpenings = ceremonyOpenings;
    }

    /**
     * The book of these lines.
     *
     * @param ceremonyOpenings openings that each key epoch spent in its ceremony, one for every subset of the threshold's size
     */
    public static OpeningBook of(List<OpenedTicket> opened, int ceremonyOpenings) {
        return new OpeningBook(opened, ceremonyOpenings);
    }

    /** The book with one more line. */
    public OpeningBook with(OpenedTicket ticket) {
        var more = new ArrayList<>(opened);
        more.add(ticket);
        return new OpeningBook(more, ceremonyOpenings);
    }

    /** The line of this ticket id. */
    public Optional<OpenedTicket> find(TicketId id) {
        return opened.stream().filter(line -> line.id().equals(id)).findFirst();
    }

    /** How many tickets were opened. */
    public int size() {
        return opened.size();
    }

    /** True when this charge has paid for a ticket. */
    boolean used(EventId charge) {
        return opened.stream().anyMatch(line -> line.charge().equals(charge));
    }

    /** True when a ticket of this job was opened: what owners approved once is opened once. */
    boolean opened(JobId job) {
        return opened.stream().anyMatch(line -> line.job().equals(job));
    }

    /** True when this aggregate was opened by these holders. */
    boolean opened(Hash aggregate, List<PartyId> activeSet) {
        return opened.stream()
                .anyMatch(line ->
                        line.activeSet().equals(activeSet) && line.aggregates().contains(aggregate));
    }

    /** Openings of a key epoch, those of its ceremony included. */
    public long openings(long keyEpoch) {
        long ofTickets = opened.stream()
                .filter(line -> line.keyEpoch() == keyEpoch)
                .mapToLong(line -> line.aggregates().size())
                .sum();
        return Math.addExact(ceremonyOpenings, ofTickets);
    }

    /** What was charged on the same row before; a row of all families is its collaboration's. */
    Charge spent(BudgetRow row, CollaborationId collaboration) {
        Charge sum = Charge.ZERO;
        for (OpenedTicket line : opened) {
            if (row.dataset().isEmpty() && !line.collaboration().equals(collaboration)) {
                continue;
            }
            for (BudgetRow charged : line.charges()) {
                if (sameRow(charged, row)) {
                    sum = sum.plus(charged.amount());
                }
            }
        }
        return sum;
    }

    private static boolean sameRow(BudgetRow one, BudgetRow other) {
        return one.dataset().equals(other.dataset())
                && one.merchant().equals(other.merchant())
                && one.period().equals(other.period());
    }
}
