package io.tamis.jobs;

import io.tamis.privacy.Loss;

/** How a budget row is spent. One merchant's month on one family is spent in one way only, whichever its first charge has. */
enum BudgetMode {
    /** Many questions, their costs added in zCDP. */
    ZCDP,
    /** One-shots, their costs added in pure epsilon. */
    PURE,
    /** Rows of several merchants or months, which hold a cap for each. */
    ANY;

    static BudgetMode of(Loss loss) {
        return switch (loss) {
            case Loss.Zcdp _ -> ZCDP;
            case Loss.Pure _ -> PURE;
        };
    }

    /** What a new row starts with. */
    BudgetMode on(BudgetRowKey row) {
        return row.choosesMode() ? this : ANY;
    }
}
