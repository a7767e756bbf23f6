package io.tamis.sandbox.audiences;

import io.tamis.data.ColumnName;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.jobs.selection.Selection;
import io.tamis.privacy.DpPlan;
import java.util.List;

/**
 * The {@code params} of a REACH_FREQUENCY job, read strictly.
 *
 * @param exposures 1 to 4 of different names
 * @param frequencyMax exposures beyond it are not told apart
 */
record ReachParams(List<Asked> exposures, Window window, int frequencyMax) {
    /** Greatest number of exposures: cells double with each. */
    static final int EXPOSURES_MAX = 4;

    /** Greatest number of frequency buckets. */
    static final int FREQUENCY_MAX = 10;

    private static final int REFERENCE_LENGTH_MAX = 192;

    /** One platform's exposures; {@code on} says when. */
    record Asked(String id, Selection rows, ColumnName on) {
        Asked {
            Audience.requireId(id);
        }
    }

    ReachParams {
        exposures = List.copyOf(exposures);
    }

    static ReachParams parse(Json params) {
        var fields = new JsonFields(params);
        var parsed = new ReachParams(
                fields.list("exposures", EXPOSURES_MAX, ReachParams::exposure),
                Window.read(fields.object("window")),
                (int) fields.integer("maxFrequency", 1, FREQUENCY_MAX));
        fields.end();
        return parsed;
    }

    private static Asked exposure(Json json) {
        var fields = new JsonFields(json);
        String id = fields.string("id", Audience.ID_LENGTH_MAX);
        // The window is two conditions more.
        Selection rows = Selection.rows(fields, DpPlan.FILTERS_MAX - Window.CONDITIONS);
        var asked = new Asked(id, rows, rows.column(fields.string("on", REFERENCE_LENGTH_MAX)));
        fields.end();
        return asked;
    }
}
