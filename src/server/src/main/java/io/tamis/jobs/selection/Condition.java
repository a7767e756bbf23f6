package io.tamis.jobs.selection;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.DpPlan;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** One condition on a row; its values are read when the column's type is known. */
public record Condition(ColumnName column, Operator operator, List<Json> values) {
    public Condition {
        Objects.requireNonNull(column);
        Objects.requireNonNull(operator);
        values = List.copyOf(values);
    }

    /** Reads {@code {column, op, values?}} of this dataset. */
    public static Condition read(Json json, DatasetId dataset) {
        var fields = new JsonFields(json);
        ColumnName column = ColumnReference.read(fields.string("column", ColumnReference.LENGTH_MAX), dataset);
        Operator operator = fields.constant("op", Operator.class);
        List<Json> values = fields.optionalList("values", DpPlan.Filter.LITERALS_MAX, Function.identity());
        fields.end();
        boolean wellFormed = switch (operator) {
            case EQ, NE, LT, LE, GT, GE -> values.size() == 1;
            case IN -> !values.isEmpty();
            case IS_NULL, NOT_NULL -> values.isEmpty();
        };
        if (!wellFormed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new Condition(column, operator, values);
    }
}
