package io.tamis.cli.audit;

import io.tamis.data.Json;
import io.tamis.log.BudgetRow;
import java.util.Objects;
import java.util.Optional;

/**
 * What a budget row adds up to.
 *
 * @param collaboration whose row it is, of the row over all datasets
 */
public record Spent(Optional<String> collaboration, BudgetRow row) {
    public Spent {
        Objects.requireNonNull(collaboration);
        Objects.requireNonNull(row);
    }

    /** Machine-readable. */
    public Json.Obj toJson() {
        return collaboration
                .map(id -> row.toJson().with("collaborationId", Json.of(id)))
                .orElse(row.toJson());
    }
}
