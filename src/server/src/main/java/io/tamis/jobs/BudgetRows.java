package io.tamis.jobs;

import io.tamis.data.Charge;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table {@code privacy_budget}: conditional updates, each within the caller's transaction. Its CHECKs are the last line. */
@Singleton
class BudgetRows {
    private static final String KEY =
            " collaboration = :collaboration and dataset = :dataset and merchant = :merchant" + " and period = :period";

    private static final String NOTHING_COMMITTED = " rho_micro_reserved + rho_micro_spent + delta_e18_reserved"
            + " + delta_e18_spent + pure_epsilon_micro_reserved + pure_epsilon_micro_spent = 0";

    /**
     * Makes the row when it is new, and follows the bundle's cap, though never below what is already committed. True when
     * the cap changed.
     */
    boolean open(Handle tx, BudgetRowKey row, Charge cap, BudgetMode mode) {
        return bound(
                                tx.createUpdate(
                                                "insert into privacy_budget as b (collaboration, dataset, merchant, period, mode,"
                                                        + " rho_micro_cap, delta_e18_cap, pure_epsilon_micro_cap)"
                                                        + " values (:collaboration, :dataset, :merchant, :period, :mode, :rho, :delta, :epsilon)"
                                                        + " on conflict (collaboration, dataset, merchant, period) do update set"
                                                        + " rho_micro_cap = greatest(:rho, b.rho_micro_reserved + b.rho_micro_spent),"
                                                        + " delta_e18_cap = greatest(:delta, b.delta_e18_reserved + b.delta_e18_spent),"
                                                        + " pure_epsilon_micro_cap ="
                                                        + " greatest(:epsilon, b.pure_epsilon_micro_reserved + b.pure_epsilon_micro_spent)"
                                                        + " where b.rho_micro_cap <> :rho or b.delta_e18_cap <> :delta"
                                                        + " or b.pure_epsilon_micro_cap <> :epsilon")
                                        .bind("mode", mode.on(row).name()),
                                row,
                                cap)
                        .execute()
                > 0;
    }

    /** Reserves when the row covers it in this mode. A row that nothing is committed on may still choose its mode. */
    boolean reserve(Handle tx, BudgetRowKey row, Charge amount, BudgetMode mode) {
        return bound(
                                tx.createUpdate("update privacy_budget set"
                                                + " mode = case when mode = 'ANY' then mode else :mode end,"
                                                + " rho_micro_reserved = rho_micro_reserved + :rho,"
                                                + " delta_e18_reserved = delta_e18_reserved + :delta,"
                                                + " pure_epsilon_micro_reserved = pure_epsilon_micro_reserved + :epsilon"
                                                + " where" + KEY
                                                + " and (mode in ('ANY', :mode) or" + NOTHING_COMMITTED + ")"
                                                + " and rho_micro_reserved + rho_micro_spent + :rho <= rho_micro_cap"
                                                + " and delta_e18_reserved + delta_e18_spent + :delta <= delta_e18_cap"
                                                + " and pure_epsilon_micro_reserved + pure_epsilon_micro_spent + :epsilon"
                                                + " <= pure_epsilon_micro_cap")
                                        .bind("mode", mode.name()),
                                row,
                                amount)
                        .execute()
                == 1;
    }

    /** Frees what was reserved, and counts {@code spent} of it as spent. */
    void free(Handle tx, BudgetRowKey row, Charge reserved, Charge spent) {
        int hit = bound(
                        tx.createUpdate("update privacy_budget set rho_micro_reserved = rho_micro_reserved - :rho,"
                                + " rho_micro_spent = rho_micro_spent + :spentRho,"
                                + " delta_e18_reserved = delta_e18_reserved - :delta,"
                                + " delta_e18_spent = delta_e18_spent + :spentDelta,"
                                + " pure_epsilon_micro_reserved = pure_epsilon_micro_reserved - :epsilon,"
                                + " pure_epsilon_micro_spent = pure_epsilon_micro_spent + :spentEpsilon"
                                + " where" + KEY),
                        row,
                        reserved)
                .bind("spentRho", spent.rho().value())
                .bind("spentDelta", spent.delta().value())
                .bind("spentEpsilon", spent.pureEpsilon().value())
                .execute();
        if (hit != 1) {
            throw new IllegalStateException("a charge without its budget row");
        }
    }

    /** Binds the names of a row and an amount. */
    static Update bound(Update update, BudgetRowKey row, Charge amount) {
        return update.bind("collaboration", row.collaborationText())
                .bind("dataset", row.datasetText())
                .bind("merchant", row.merchantText())
                .bind("period", row.periodText())
                .bind("rho", amount.rho().value())
                .bind("delta", amount.delta().value())
                .bind("epsilon", amount.pureEpsilon().value());
    }
}
