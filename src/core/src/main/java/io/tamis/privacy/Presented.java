package io.tamis.privacy;

import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A release as one job sees it: its own names, its own order.
 *
 * @param result the {@code result} member of the envelope: columns, rows with key and cells, notes
 * @param suppression the {@code suppression} member
 */
public record Presented(Json.Obj result, Suppression suppression) {
    private static final String NOTE = "CI_EXCLUDES_CLIPPING_BIAS";

    /** Shows the release in the layout of this spec. The release may come from the cache: another job's, same plan. */
    public static Presented of(ReleaseSpec spec, Release release) {
        PrivacyException.require(release.rows().size() == spec.kernel().groups());
        Layout layout = spec.layout();
        var columns = new ArrayList<String>();
        layout.keyOrder().forEach(key -> columns.add(spec.keys().get(key).name()));
        layout.columns().forEach(column -> columns.add(column.id()));
        List<Json> rows = release.rows().stream()
                .sorted(byKeysAsNamed(spec))
                .map(row -> row(spec, row))
                .toList();
        Json.Obj result = Json.object()
                .put("columns", Json.strings(columns))
                .put("rows", Json.array(rows))
                .put("notes", Json.strings(List.of(NOTE)))
                .build();
        return new Presented(result, Suppression.of(spec, release));
    }

    private static Comparator<ReleaseRow> byKeysAsNamed(ReleaseSpec spec) {
        Comparator<ReleaseRow> order = (_, _) -> 0;
        for (int key : spec.layout().keyOrder()) {
            order = order.thenComparingInt(row -> spec.position(row.group(), key));
        }
        return order;
    }

    private static Json row(ReleaseSpec spec, ReleaseRow row) {
        var key = spec.layout().keyOrder().stream()
                .map(at -> Json.of(spec.keys().get(at).labels().get(spec.position(row.group(), at))))
                .toList();
        var cells = spec.layout().columns().stream()
                .map(column -> row.cells().get(column.statistic()).toJson())
                .toList();
        return Json.object()
                .put("key", Json.array(key))
                .put("cells", Json.array(cells))
                .build();
    }
}
