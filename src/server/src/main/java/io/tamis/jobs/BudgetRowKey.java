package io.tamis.jobs;

import io.tamis.data.Charge;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import io.tamis.log.BudgetRow;
import io.tamis.policy.Budgets;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Name of a budget row: one dataset family, one merchant or all of them, one month or the lifetime. The row of all
 * merchants stops colluders, the lifetime row stops patience.
 */
record BudgetRowKey(DatasetId dataset, Optional<PartyId> merchant, Optional<YearMonth> period) {
    static final String ALL = "*";
    static final String LIFETIME = "LIFETIME";

    /** The four rows a charge on this family touches, in the one order in which every transaction locks them. */
    static List<BudgetRowKey> touchedBy(DatasetId dataset, PartyId merchant, YearMonth month) {
        return List.of(
                new BudgetRowKey(dataset, Optional.empty(), Optional.empty()),
                new BudgetRowKey(dataset, Optional.empty(), Optional.of(month)),
                new BudgetRowKey(dataset, Optional.of(merchant), Optional.empty()),
                new BudgetRowKey(dataset, Optional.of(merchant), Optional.of(month)));
    }

    String merchantText() {
        return merchant.map(PartyId::value).orElse(ALL);
    }

    String periodText() {
        return period.map(YearMonth::toString).orElse(LIFETIME);
    }

    /** What the bundle allows on this row. */
    Charge cap(Budgets budgets) {
        if (merchant.isPresent()) {
            return period.isPresent() ? budgets.merchantMonth() : budgets.merchantLifetime();
        }
        return period.isPresent() ? budgets.allMonth() : budgets.allLifetime();
    }

    BudgetRow moved(Charge amount) {
        return new BudgetRow(Optional.of(dataset), merchant, period, amount);
    }
}
