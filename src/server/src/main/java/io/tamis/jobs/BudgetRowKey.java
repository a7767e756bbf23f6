package io.tamis.jobs;

import io.tamis.data.Charge;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import io.tamis.log.BudgetRow;
import io.tamis.policy.Budgets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Name of a budget row: one dataset family, one merchant or all of them, one month or the lifetime; or a collaboration as a
 * whole. The row of all merchants stops colluders, the lifetime row stops patience, the collaboration's caps the sum of
 * what its families tell of one person.
 */
record BudgetRowKey(
        Optional<CollaborationId> collaboration,
        Optional<DatasetId> dataset,
        Optional<PartyId> merchant,
        Optional<YearMonth> period) {
    static final String ALL = "*";
    static final String LIFETIME = "LIFETIME";

    BudgetRowKey {
        boolean whole = dataset.isEmpty() && merchant.isEmpty() && period.isEmpty();
        if (collaboration.isPresent() ? !whole : dataset.isEmpty()) {
            throw new IllegalArgumentException("a budget row is a family's or a collaboration's");
        }
    }

    /** The collaboration's one row. */
    static BudgetRowKey of(CollaborationId collaboration) {
        return new BudgetRowKey(Optional.of(collaboration), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The four rows a charge on this family touches, in the one order in which every transaction locks them. */
    static List<BudgetRowKey> touchedBy(DatasetId dataset, PartyId merchant, YearMonth month) {
        return List.of(
                family(dataset, Optional.empty(), Optional.empty()),
                family(dataset, Optional.empty(), Optional.of(month)),
                family(dataset, Optional.of(merchant), Optional.empty()),
                family(dataset, Optional.of(merchant), Optional.of(month)));
    }

    private static BudgetRowKey family(DatasetId dataset, Optional<PartyId> merchant, Optional<YearMonth> period) {
        return new BudgetRowKey(Optional.empty(), Optional.of(dataset), merchant, period);
    }

    /** The key of a row of {@code privacy_budget} or {@code privacy_charge}. */
    static BudgetRowKey read(ResultSet row) throws SQLException {
        return new BudgetRowKey(
                named(row.getString("collaboration")).map(CollaborationId::new),
                named(row.getString("dataset")).map(DatasetId::new),
                named(row.getString("merchant")).map(PartyId::new),
                Optional.of(row.getString("period"))
                        .filter(text -> !text.equals(LIFETIME))
                        .map(YearMonth::parse));
    }

    private static Optional<String> named(String text) {
        return Optional.of(text).filter(name -> !name.equals(ALL));
    }

    String collaborationText() {
        return collaboration.map(CollaborationId::value).orElse(ALL);
    }

    String datasetText() {
        return dataset.map(DatasetId::value).orElse(ALL);
    }

    String merchantText() {
        return merchant.map(PartyId::value).orElse(ALL);
    }

    String periodText() {
        return period.map(YearMonth::toString).orElse(LIFETIME);
    }

    /** True of a merchant's month on a family: the row that has one mechanism, chosen by its first charge. */
    boolean choosesMode() {
        return merchant.isPresent() && period.isPresent();
    }

    /** What the bundle allows on this row. */
    Charge cap(Budgets budgets) {
        if (collaboration.isPresent()) {
            return budgets.collaborationLifetime();
        }
        if (merchant.isPresent()) {
            return period.isPresent() ? budgets.merchantMonth() : budgets.merchantLifetime();
        }
        return period.isPresent() ? budgets.allMonth() : budgets.allLifetime();
    }

    BudgetRow moved(Charge amount) {
        return new BudgetRow(dataset, merchant, period, amount);
    }
}
