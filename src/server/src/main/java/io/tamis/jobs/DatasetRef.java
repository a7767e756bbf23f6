package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Purpose;

/** A dataset version a job reads, and what for. */
public record DatasetRef(DatasetId id, int version, Purpose purpose) {
    static DatasetRef parse(Json json) {
        var fields = new JsonFields(json);
        var reference = new DatasetRef(
                new DatasetId(fields.string("id", 64)),
                (int) fields.integer("version", 1, Snapshot.VERSION_MAX),
                fields.constant("purpose", Purpose.class));
        fields.end();
        return reference;
    }

    Json.Obj toJson() {
        return Json.object()
                .put("id", id.value())
                .put("version", version)
                .put("purpose", purpose.name())
                .build();
    }
}
