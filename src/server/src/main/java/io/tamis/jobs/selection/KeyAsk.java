package io.tamis.jobs.selection;

import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.DateFloor;
import java.util.Objects;
import java.util.Optional;

/** One group key. */
public record KeyAsk(ColumnName column, Optional<DateFloor> floor) {
    public KeyAsk {
        Objects.requireNonNull(column);
        Objects.requireNonNull(floor);
    }

    /** Reads {@code {column, floor?}} of this dataset. */
    public static KeyAsk read(Json json, DatasetId dataset) {
        var fields = new JsonFields(json);
        var key = new KeyAsk(
                ColumnReference.read(fields.string("column", ColumnReference.LENGTH_MAX), dataset),
                fields.optionalConstant("floor", DateFloor.class));
        fields.end();
        return key;
    }
}
