package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A tag as its platform declares and signs it: what a holder recomputes level and sensitivity of a sum from, by its own copy of
 * the dataset's declaration.
 *
 * @param column what it is made of
 * @param atLeast present for AT_LEAST and no other kind
 * @param buckets for BUCKETS the column's declared allowed values, in declared order, one count each; else none. They are signed
 *     with the tag, because a later declaration in another order would give the counts other names
 */
public record TagSpec(TagName name, ColumnName column, OptionalLong atLeast, List<String> buckets) {
    /** Most buckets of a tag. */
    public static final int BUCKETS_MAX = 64;

    /** Longest name of a bucket. */
    public static final int BUCKET_LENGTH_MAX = 256;

    /** What is encrypted. */
    public enum Kind {
        /** A number a person: the value itself, clamped to the column's declared clamp. */
        VALUE,
        /** A number a person: 1 where the column's value is at least {@code atLeast} (minor units), else 0. */
        AT_LEAST,
        /**
         * One vector for all persons: how many have each of the column's allowed values. A person is in one bucket at most; who has
         * no value is in none.
         */
        BUCKETS
    }

    public TagSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(column);
        buckets = List.copyOf(buckets);
        boolean named = buckets.stream().allMatch(value -> !value.isEmpty() && value.length() <= BUCKET_LENGTH_MAX)
                && buckets.stream().distinct().count() == buckets.size();
        if (Math.abs(atLeast.orElse(0)) > Json.Int.MAGNITUDE_MAX
                || (atLeast.isPresent() && !buckets.isEmpty())
                || buckets.size() > BUCKETS_MAX
                || !named) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** A number a person: AT_LEAST with a threshold, VALUE without. */
    public TagSpec(TagName name, ColumnName column, OptionalLong atLeast) {
        this(name, column, atLeast, List.of());
    }

    /** Counts of these values of a column; at least one. */
    public static TagSpec buckets(TagName name, ColumnName column, List<String> values) {
        if (values.isEmpty()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new TagSpec(name, column, OptionalLong.empty(), values);
    }

    /** What is encrypted. */
    public Kind kind() {
        if (isBuckets()) {
            return Kind.BUCKETS;
        }
        return atLeast.isPresent() ? Kind.AT_LEAST : Kind.VALUE;
    }

    /** True when it is one vector of counts, not a number a person: it is summed without masks and opened otherwise. */
    public boolean isBuckets() {
        return !buckets.isEmpty();
    }

    /** {@code {name, column, kind}}, {@code threshold} of an AT_LEAST, {@code buckets} of BUCKETS. */
    public Json.Obj json() {
        var json = Json.object()
                .put("name", name.value())
                .put("column", column.value())
                .put("kind", kind().name());
        atLeast.ifPresent(threshold -> json.put("threshold", threshold));
        if (isBuckets()) {
            json.put("buckets", Json.strings(buckets));
        }
        return json.build();
    }

    /** Reads {@link #json()} strictly. */
    public static TagSpec read(Json json) {
        var fields = new JsonFields(json);
        var name = new TagName(fields.string("name", TagName.LENGTH_MAX));
        var column = new ColumnName(fields.string("column", TagName.LENGTH_MAX));
        Kind kind = fields.constant("kind", Kind.class);
        var spec = new TagSpec(
                name,
                column,
                fields.optionalInteger("threshold", -Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX),
                fields.optionalList("buckets", BUCKETS_MAX, item -> JsonFields.text(item, BUCKET_LENGTH_MAX)));
        fields.end();
        if (spec.kind() != kind) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return spec;
    }
}
