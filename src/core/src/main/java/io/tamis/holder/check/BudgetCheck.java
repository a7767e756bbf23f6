package io.tamis.holder.check;

import io.tamis.data.Charge;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.log.BudgetRow;
import io.tamis.policy.Budgets;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Item 7: what the ticket says was charged, held against the one bill that fits it and the holder's own sums. */
final class BudgetCheck {
    private final DecryptionTicket ticket;

    BudgetCheck(DecryptionTicket ticket) {
        this.ticket = ticket;
    }

    /** What each dataset was charged in full; empty when the rows are not those of one bill. */
    Optional<Charge> charged() {
        PartyId merchant = ticket.asked().merchant();
        Optional<BudgetRow> first = ticket.charges().stream()
                .filter(row -> row.dataset()
                        .equals(Optional.of(ticket.sources().getFirst().dataset())))
                .filter(row -> row.period().isPresent() && row.merchant().equals(Optional.of(merchant)))
                .findFirst();
        return first.filter(
                        row -> bill(row.amount(), row.period().orElseThrow()).equals(Set.copyOf(ticket.charges())))
                .filter(_ ->
                        Set.copyOf(ticket.charges()).size() == ticket.charges().size())
                .map(BudgetRow::amount)
                .filter(amount -> ofOneMechanism(amount));
    }

    /** Four rows a family, each in full, and the collaboration's sum: one person may be in all of them. */
    private Set<BudgetRow> bill(Charge amount, YearMonth month) {
        var rows = new HashSet<BudgetRow>();
        Optional<PartyId> merchant = Optional.of(ticket.asked().merchant());
        Charge sum = Charge.ZERO;
        for (TicketSource source : ticket.sources()) {
            for (Optional<PartyId> who : List.of(merchant, Optional.<PartyId>empty())) {
                rows.add(new BudgetRow(Optional.of(source.dataset()), who, Optional.of(month), amount));
                rows.add(new BudgetRow(Optional.of(source.dataset()), who, Optional.empty(), amount));
            }
            sum = sum.plus(amount);
        }
        rows.add(new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), sum));
        return rows;
    }

    private boolean ofOneMechanism(Charge amount) {
        return ticket.noise().loss().mechanism().amountOf(amount) >= 1
                && switch (ticket.noise().loss().mechanism()) {
                    case ZCDP_GAUSSIAN -> amount.equals(Charge.ofRho(amount.rho()));
                    case PURE_LAPLACE ->
                        amount.rho().value() == 0 && amount.delta().value() == 0;
                };
    }

    /** With what this holder opened before, no cap of its own bundle is passed. */
    Optional<HolderRefusal> capRefusal(OpeningBook book, Budgets caps) {
        boolean covered = ticket.charges().stream()
                .allMatch(row -> book.spent(row, ticket.asked().collaboration())
                        .plus(row.amount())
                        .within(cap(row, caps)));
        return covered ? Optional.empty() : Optional.of(HolderRefusal.BUDGET_EXHAUSTED);
    }

    private static Charge cap(BudgetRow row, Budgets caps) {
        if (row.dataset().isEmpty()) {
            return caps.collaborationLifetime();
        }
        if (row.merchant().isPresent()) {
            return row.period().isPresent() ? caps.merchantMonth() : caps.merchantLifetime();
        }
        return row.period().isPresent() ? caps.allMonth() : caps.allLifetime();
    }
}
