package io.tamis.sandbox;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.jobs.selection.ColumnReference;
import io.tamis.jobs.selection.Condition;
import io.tamis.jobs.selection.KeyAsk;
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
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /** What a measure computes. */
    enum Kind {
        COUNT_USERS,
        COUNT,
        SUM,
        MEAN
    }

    /** One measure; COUNT without a column counts rows. */
    record Ask(String id, Kind kind, Optional<ColumnName> column) {}

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
                fields.optionalList("where", DpPlan.FILTERS_MAX, json -> Condition.read(json, dataset)),
                fields.optionalList("groupBy", Layout.KEYS_MAX, json -> KeyAsk.read(json, dataset)));
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
        Optional<ColumnName> column = fields.optionalString("column", ColumnReference.LENGTH_MAX)
                .map(reference -> ColumnReference.read(reference, dataset));
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

    private static <T> boolean distinct(List<T> items, Function<T, ?> name) {
        return items.stream().map(name).distinct().count() == items.size();
    }

    private static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
