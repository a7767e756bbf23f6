package io.tamis.cli.audit;

import io.tamis.data.Charge;
import io.tamis.data.DatasetId;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.log.BudgetRow;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one reservation says it takes, from which rows: the same of every dataset family on four rows each, and inside a
 * collaboration their sum on its one row, as one person may be in all of them.
 */
record Bill(List<BudgetRow> rows, Optional<String> collaboration) {
    /** A reservation may have been made a little before its entry was written, in the month before. */
    private static final Duration WRITING_MAX = Duration.ofHours(1);

    Bill {
        rows = List.copyOf(rows);
    }

    /** The families charged. */
    Set<DatasetId> families() {
        var families = new TreeSet<DatasetId>();
        rows.forEach(row -> row.dataset().ifPresent(families::add));
        return families;
    }

    /** What is wrong with it in itself, in words. */
    Optional<String> flaw(PartyId merchant, Instant at) {
        Set<DatasetId> families = families();
        if (families.isEmpty()) {
            return Optional.of("reserves on no dataset");
        }
        Charge price = price();
        boolean whole = families.stream()
                .allMatch(family -> List.of(month(at), month(at.minus(WRITING_MAX))).stream()
                        .anyMatch(month -> isCharged(family, merchant, month, price)));
        if (!whole) {
            return Optional.of("does not reserve the same on every row it must");
        }
        if (price.rho().value() > 0 && price.pureEpsilon().value() > 0) {
            return Optional.of("pays by two mechanisms at once");
        }
        return rows.stream().filter(row -> row.dataset().isEmpty()).toList().equals(overall(families, price))
                ? Optional.empty()
                : Optional.of("does not reserve the sum of its datasets' charges on its collaboration's row");
    }

    /** True when every family pays this much or more. */
    boolean covers(MicroRho rho, MicroEpsilon epsilon) {
        return rows.stream()
                .map(BudgetRow::amount)
                .allMatch(amount ->
                        amount.rho().compareTo(rho) >= 0 && amount.pureEpsilon().compareTo(epsilon) >= 0);
    }

    /** Taken from the first family; all others must pay the same. */
    private Charge price() {
        return rows.stream()
                .filter(row -> row.dataset().isPresent())
                .findFirst()
                .map(BudgetRow::amount)
                .orElse(Charge.ZERO);
    }

    private boolean isCharged(DatasetId family, PartyId merchant, YearMonth month, Charge price) {
        var expected = new HashSet<BudgetRow>();
        for (Optional<PartyId> who : List.of(Optional.<PartyId>empty(), Optional.of(merchant))) {
            for (Optional<YearMonth> when : List.of(Optional.<YearMonth>empty(), Optional.of(month))) {
                expected.add(new BudgetRow(Optional.of(family), who, when, price));
            }
        }
        List<BudgetRow> charged = rows.stream()
                .filter(row -> row.dataset().equals(Optional.of(family)))
                .toList();
        return charged.size() == expected.size() && expected.equals(Set.copyOf(charged));
    }

    /** The rows over all datasets that must be there. */
    private List<BudgetRow> overall(Set<DatasetId> families, Charge price) {
        if (collaboration.isEmpty()) {
            return List.of();
        }
        Charge sum = families.stream().map(_ -> price).reduce(Charge.ZERO, Charge::plus);
        return List.of(new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), sum));
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC));
    }
}
