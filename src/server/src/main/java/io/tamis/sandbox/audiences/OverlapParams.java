package io.tamis.sandbox.audiences;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.jobs.selection.Selection;
import io.tamis.privacy.DpPlan;
import java.util.List;
import java.util.Optional;

/**
 * The {@code params} of an OVERLAP job, read strictly.
 *
 * @param audiences 2 to 6 of different names
 * @param segment by what persons are told apart besides
 */
record OverlapParams(List<Asked> audiences, Optional<Selection> segment) {
    /** Least number of audiences: one has no overlap. */
    static final int AUDIENCES_MIN = 2;

    /** Greatest number: cells double with each. */
    static final int AUDIENCES_MAX = 6;

    private static final int SEGMENTS_MAX = 1;

    /** One audience. */
    record Asked(String id, Selection rows) {
        Asked {
            Audience.requireId(id);
        }
    }

    OverlapParams {
        audiences = List.copyOf(audiences);
        if (audiences.size() < AUDIENCES_MIN) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    static OverlapParams parse(Json params) {
        var fields = new JsonFields(params);
        var parsed = new OverlapParams(
                fields.list("audiences", AUDIENCES_MAX, OverlapParams::audience),
                fields.optionalList("segmentBy", SEGMENTS_MAX, Selection::key).stream()
                        .findFirst());
        fields.end();
        return parsed;
    }

    private static Asked audience(Json json) {
        var fields = new JsonFields(json);
        var asked = new Asked(fields.string("id", Audience.ID_LENGTH_MAX), Selection.rows(fields, DpPlan.FILTERS_MAX));
        fields.end();
        return asked;
    }
}
