package io.tamis.jobs;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.Mechanism;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The {@code Privacy-Budget-Remaining} header: what the caller's own rows hold, as in the envelope. */
final class BudgetHeader {
    private static final int ROWS_MAX = 16;

    private BudgetHeader() {}

    static String of(Json.Obj envelope) {
        return new JsonFields(envelope)
                .object("privacy").optionalList("remaining", ROWS_MAX, JsonFields::new).stream()
                        .map(row -> '"' + row.string("dataset", 64) + "\";" + amount(row) + ";period=\""
                                + row.string("period", 8) + '"')
                        .collect(Collectors.joining(", "));
    }

    private static String amount(JsonFields row) {
        OptionalLong rho = row.optionalInteger(Mechanism.ZCDP_GAUSSIAN.amount(), 0, Long.MAX_VALUE);
        return rho.isPresent()
                ? "rho=" + rho.getAsLong()
                : "epsilon=" + row.integer(Mechanism.PURE_LAPLACE.amount(), 0, Long.MAX_VALUE);
    }
}
