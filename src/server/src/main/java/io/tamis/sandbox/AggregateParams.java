package io.tamis.sandbox;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.DateFloor;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.Layout;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code params} of an AGGREGATE job, read strictly. What is malformed here is malformed whatever the dataset says:
 * a {@link DataException}, unlike a refusal.
 *
 * @param measures what to compute, 1 to 8
 * @param where all must hold, at most 16
 * @param groupBy at most 3 different columns
 */
record AggregateParams(List<Ask> measures, List<Condition> where, List<KeyAsk> groupBy) {
    static final int REFERENCE_LENGTH_MAX = 192;
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /** What a measure computes. */
    enum Kind {
        COUNT_USERS,
        COUNT,
        SUM,
        MEAN
    }

    /** How a condition compares. */
    enum Operator {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE,
        IN,
        IS_NULL,
        NOT_NULL
    }

    /** One measure; COUNT without a column counts rows. */
    record Ask(String id, Kind kind, Optional<ColumnName> column) {}

    /** One condition; its values are read when the column's type is known. */
    record Condition(ColumnName column, Operator operator, List<Json> values) {}

    /** One group key. */
    record KeyAsk(ColumnName column, Optional<DateFloor> floor) {}

    AggregateParams {
        measures = List.copyOf(measures);
        where = List.copyOf(where);
        groupBy = List.copyOf(groupBy);
        require(distinct(measures, Ask::id) && distinct(groupBy, KeyAsk::column));
    }

    static AggregateParams parse(Json params, DatasetId dataset) {
        var fields = new JsonFields(params);
        var parsed = new AggregateParams(
                fields.list("measures", Layout.COLUMNS_MAX, json -> ask(json, dataset)),
                fields.optionalList("where", DpPlan.FILTERS_MAX, json -> condition(json, dataset)),
                fields.optionalList("groupBy", Layout.KEYS_MAX, json -> key(json, dataset)));
        fields.end();
        return parsed;
    }

    /** Every column named, in order of naming. */
    Stream<ColumnName> columns() {
        return Stream.of(
                        measures.stream().flatMap(ask -> ask.column().stream()),
                        where.stream().map(Condition::column),
                        groupBy.stream().map(KeyAsk::column))
                .flatMap(Function.identity());
    }

    private static Ask ask(Json json, DatasetId dataset) {
        var fields = new JsonFields(json);
        String id = fields.string("id", Layout.Named.ID_LENGTH_MAX);
        Kind kind = fields.constant("kind", Kind.class);
        Optional<ColumnName> column =
                fields.optionalString("column", REFERENCE_LENGTH_MAX).map(reference -> column(reference, dataset));
        fields.end();
        require(ID.matcher(id).matches());
        require(
                switch (kind) {
                    case COUNT_USERS -> column.isEmpty();
                    case COUNT -> true;
                    case SUM, MEAN -> column.isPresent();
                });
        return new Ask(id, kind, column);
    }

    static Condition condition(Json json, DatasetId dataset) {
        var fields = new JsonFields(json);
        ColumnName column = column(fields.string("column", REFERENCE_LENGTH_MAX), dataset);
        Operator operator = fields.constant("op", Operator.class);
        List<Json> values = fields.optionalList("values", DpPlan.Filter.LITERALS_MAX, Function.identity());
        fields.end();
        require(
                switch (operator) {
                    case EQ, NE, LT, LE, GT, GE -> values.size() == 1;
                    case IN -> !values.isEmpty();
                    case IS_NULL, NOT_NULL -> values.isEmpty();
                });
        return new Condition(column, operator, values);
    }

    static KeyAsk key(Json json, DatasetId dataset) {
        var fields = new JsonFields(json);
        var key = new KeyAsk(
                column(fields.string("column", REFERENCE_LENGTH_MAX), dataset),
                fields.optionalConstant("floor", DateFloor.class));
        fields.end();
        return key;
    }

    /** {@code dataset#column}; this job type reads one dataset, so another one's column is malformed here. */
    static ColumnName column(String reference, DatasetId dataset) {
        int hash = reference.indexOf('#');
        require(hash > 0 && reference.substring(0, hash).equals(dataset.value()));
        return new ColumnName(reference.substring(hash + 1));
    }

    private static <T> boolean distinct(List<T> items, Function<T, ?> name) {
        return items.stream().map(name).distinct().count() == items.size();
    }

    private static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
