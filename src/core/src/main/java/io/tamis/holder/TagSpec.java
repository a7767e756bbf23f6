package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A tag as its platform declares and signs it: what a holder recomputes level and sensitivity of a sum from, by its own copy of
 * the dataset's declaration.
 *
 * @param column what it is made of
 * @param atLeast present: the tag is 1 where the column's value is at least this (minor units), else 0; empty: the tag is the
 *     value itself, clamped to the column's declared clamp
 */
public record TagSpec(TagName name, ColumnName column, OptionalLong atLeast) {
    private static final String VALUE = "VALUE";
    private static final String AT_LEAST = "AT_LEAST";
    private static final int KIND_MAX = 16;

    public TagSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(column);
        if (atLeast.isPresent() && Math.abs(atLeast.getAsLong()) > Json.Int.MAGNITUDE_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** {@code {name, column, kind}}, and {@code threshold} of an AT_LEAST. */
    public Json.Obj json() {
        var json = Json.object()
                .put("name", name.value())
                .put("column", column.value())
                .put("kind", atLeast.isPresent() ? AT_LEAST : VALUE);
        atLeast.ifPresent(threshold -> json.put("threshold", threshold));
        return json.build();
    }

    /** Reads {@link #json()} strictly. */
    public static TagSpec read(Json json) {
        var fields = new JsonFields(json);
        var name = new TagName(fields.string("name", TagName.LENGTH_MAX));
        var column = new ColumnName(fields.string("column", TagName.LENGTH_MAX));
        String kind = fields.string("kind", KIND_MAX);
        OptionalLong threshold = fields.optionalInteger("threshold", -Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX);
        fields.end();
        if (!kind.equals(threshold.isPresent() ? AT_LEAST : VALUE)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new TagSpec(name, column, threshold);
    }
}
