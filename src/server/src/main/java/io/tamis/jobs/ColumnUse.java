package io.tamis.jobs;

import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import java.util.Objects;

/**
 * One thing a plan does with a column, to be decided by policy. A column read is (SANDBOX_INPUT, COMPUTE), the unit
 * (SANDBOX_INPUT, MATCH); one grouped or measured is (SANDBOX_OUTPUT, AGGREGATE) too, asked at its level after treatment.
 */
public record ColumnUse(DatasetId dataset, ColumnName column, Context context, Action action) {
    public ColumnUse {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(column);
        Objects.requireNonNull(context);
        Objects.requireNonNull(action);
    }

    /** True of a tag of level 4, which this service sees encrypted only. */
    boolean encrypted() {
        return action == Action.COMPUTE_ENCRYPTED;
    }
}
