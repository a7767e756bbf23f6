package io.tamis.jobs;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.stream.Collectors;

/** The {@code Privacy-Budget-Remaining} header: what the caller's own rows hold, as in the envelope. */
final class BudgetHeader {
    private static final int ROWS_MAX = 16;

    private BudgetHeader() {}

    static String of(Json.Obj envelope) {
        return new JsonFields(envelope)
                .object("privacy").list("remaining", ROWS_MAX, JsonFields::new).stream()
                        .map(row -> '"' + row.string("dataset", 64) + "\";rho="
                                + row.integer("rhoMicro", 0, Long.MAX_VALUE) + ";period=\""
                                + row.string("period", 8) + '"')
                        .collect(Collectors.joining(", "));
    }
}
