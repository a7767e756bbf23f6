package io.tamis.holder;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A tag as its platform declares and signs it, with the bounds that its values are made with. Holders compare these with their
 * own copy of the declaration and make noise for what is signed: bounds that a server slips to a platform are bounds that no
 * holder opens.
 *
 * @param column what it is made of
 * @param bounds of the column's numbers; none for BUCKETS
 * @param atLeast present for AT_LEAST and no other kind
 * @param buckets for BUCKETS the column's declared allowed values, in declared order, one count each; else none. They are signed
 *     with the tag, because a later declaration in another order would give the counts other names
 */
public record TagSpec(
        TagName name, ColumnName column, Optional<TagBounds> bounds, OptionalLong atLeast, List<String> buckets) {
    /** Most buckets of a tag. */
    public static final int BUCKETS_MAX = 64;

    /** Longest name of a bucket. */
    public static final int BUCKET_LENGTH_MAX = 256;

    /** What is encrypted. */
    public enum Kind {
        /** A number a person: the value itself, clipped to the bounds. */
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
                || bounds.isPresent() != buckets.isEmpty()
                || buckets.size() > BUCKETS_MAX
                || !named) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** A number a person: AT_LEAST with a threshold, VALUE without. */
    public TagSpec(TagName name, ColumnName column, TagBounds bounds, OptionalLong atLeast) {
        this(name, column, Optional.of(bounds), atLeast, List.of());
    }

    /** Counts of these values of a column; at least one. */
    public static TagSpec buckets(TagName name, ColumnName column, List<String> values) {
        if (values.isEmpty()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new TagSpec(name, column, Optional.empty(), OptionalLong.empty(), values);
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

    /** The greatest magnitude of a number: what one person adds to one sum at most. */
    public long maxAbs() {
        return switch (kind()) {
            case VALUE -> bounds.orElseThrow().clamp().magnitude();
            case AT_LEAST, BUCKETS -> 1;
        };
    }

    /** True when this column is declared as the tag was made: the same bounds, or the same allowed values in the same order. */
    public boolean isOf(Column declared) {
        boolean made = isBuckets()
                ? buckets.equals(declared.domain())
                : bounds.orElseThrow().areOf(declared);
        return made && declared.name().equals(column);
    }

    /** {@code {name, column, kind}}, {@code scale, min, max} of numbers, {@code threshold} of an AT_LEAST, or {@code buckets}. */
    public Json.Obj json() {
        var json = Json.object()
                .put("name", name.value())
                .put("column", column.value())
                .put("kind", kind().name());
        bounds.ifPresent(known -> json.put("scale", known.scale())
                .put("min", known.clamp().min())
                .put("max", known.clamp().max()));
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
                kind == Kind.BUCKETS ? Optional.empty() : Optional.of(bounds(fields)),
                fields.optionalInteger("threshold", -Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX),
                fields.optionalList("buckets", BUCKETS_MAX, item -> JsonFields.text(item, BUCKET_LENGTH_MAX)));
        fields.end();
        if (spec.kind() != kind) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return spec;
    }

    private static TagBounds bounds(JsonFields fields) {
        int scale = (int) fields.integer("scale", 0, TagBounds.SCALE_MAX);
        return new TagBounds(scale, new Clamp(number(fields, "min"), number(fields, "max")));
    }

    private static long number(JsonFields fields, String name) {
        return fields.integer(name, -Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX);
    }
}
