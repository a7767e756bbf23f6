package io.tamis.audience;

import io.tamis.audience.tickets.SealedTerms;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.TagName;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.QueryKind;
import io.tamis.jobs.selection.Condition;
import io.tamis.privacy.DpPlan;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The {@code params} of an AUDIENCE_AGGREGATE job, read strictly: {@code {metric, tags: {dataset: tag}, where?: {dataset:
 * [condition]}, groupBy?: column, resultKey?: hash}}, or {@code {metric: COUNT, buckets: {dataset: tag}}} for counts that the
 * platforms made themselves: of all their persons, as nobody else can choose among them, and to no result key, as small counts
 * are withheld after they were opened. What is malformed here is malformed whatever the datasets say.
 *
 * @param kind BUCKETS for counts, which have neither conditions nor a key
 * @param tags of each dataset of the job, one; 1 to 7
 * @param where all must hold, at most 16 for each dataset
 * @param groupBy the name of a column that every dataset has
 * @param resultKey the merchant's own key that alone reads the sums
 */
record AudienceParams(
        Metric metric,
        QueryKind kind,
        NavigableMap<DatasetId, TagName> tags,
        Map<DatasetId, List<Condition>> where,
        Optional<ColumnName> groupBy,
        Optional<Hash> resultKey) {
    private static final int COLUMN_LENGTH_MAX = 128;

    AudienceParams {
        tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
        where = Map.copyOf(where);
        boolean counts = kind == QueryKind.BUCKETS;
        if (tags.isEmpty()
                || !tags.keySet().containsAll(where.keySet())
                || (counts
                        && (metric != Metric.COUNT
                                || !where.isEmpty()
                                || groupBy.isPresent()
                                || resultKey.isPresent()))) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    static AudienceParams parse(Json.Obj params) {
        var fields = new JsonFields(params);
        Metric metric = fields.constant("metric", Metric.class);
        boolean counts = params.member("buckets").isPresent();
        var tags = byDataset(
                fields.value(counts ? "buckets" : "tags"),
                (_, tag) -> new TagName(JsonFields.text(tag, TagName.LENGTH_MAX)));
        if (counts) {
            fields.end();
            return new AudienceParams(
                    metric, QueryKind.BUCKETS, new TreeMap<>(tags), Map.of(), Optional.empty(), Optional.empty());
        }
        Map<DatasetId, List<Condition>> where = params.member("where").isPresent()
                ? byDataset(fields.value("where"), AudienceParams::conditions)
                : Map.of();
        var groupBy = fields.optionalString("groupBy", COLUMN_LENGTH_MAX).map(ColumnName::new);
        var resultKey = fields.optionalString("resultKey", 2 * Hash.LENGTH).map(Hash::parse);
        fields.end();
        return new AudienceParams(metric, QueryKind.MASKED, new TreeMap<>(tags), where, groupBy, resultKey);
    }

    /** The conditions on the rows of a dataset of the job. */
    List<Condition> where(DatasetId dataset) {
        return where.getOrDefault(dataset, List.of());
    }

    private static List<Condition> conditions(DatasetId dataset, Json json) {
        if (!(json instanceof Json.Arr(List<Json> items))) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        if (items.size() > DpPlan.FILTERS_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
        return items.stream().map(item -> Condition.read(item, dataset)).toList();
    }

    private static <T> Map<DatasetId, T> byDataset(Json json, BiFunction<DatasetId, Json, T> item) {
        if (!(json instanceof Json.Obj(Map<String, Json> members))) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        if (members.size() > SealedTerms.PARTIES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
        var read = new TreeMap<DatasetId, T>();
        members.forEach((name, value) -> {
            var dataset = new DatasetId(name);
            read.put(dataset, item.apply(dataset, value));
        });
        return read;
    }
}
