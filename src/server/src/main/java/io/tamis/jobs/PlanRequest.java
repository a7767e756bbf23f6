package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.data.Dataset;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import java.util.Objects;

/**
 * What a plan is made from; nothing in it comes from rows.
 *
 * @param params the type's own parameters, not yet read
 * @param dataset the declaration
 * @param rowsMost greatest number of rows the version, or a person in it, may have ({@link Snapshot#rowsMost})
 * @param rho what the merchant offers to spend
 * @param minUsers k, already the greatest of all that claim one
 */
public record PlanRequest(Json.Obj params, Dataset dataset, long rowsMost, MicroRho rho, int minUsers) {
    public PlanRequest {
        Objects.requireNonNull(params);
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(rho);
    }
}
