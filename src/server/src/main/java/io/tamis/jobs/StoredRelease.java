package io.tamis.jobs;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.Cell;
import io.tamis.privacy.Interval;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.Release;
import io.tamis.privacy.ReleaseRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A release as kept for the answer cache: all cells in canonical order, so that a later job that asks the same under other
 * names is shown the same noise. {@code null} is a suppressed cell; else value, stdDev, low, high as decimal strings.
 */
final class StoredRelease {
    private static final int NUMBER_LENGTH_MAX = 64;
    private static final int CELLS_MAX = 64;

    private StoredRelease() {}

    static String write(Release release) {
        var rows = new ArrayList<Json>();
        for (ReleaseRow row : release.rows()) {
            rows.add(Json.array(row.cells().stream().map(StoredRelease::cell).toList()));
        }
        return Json.object().put("rows", Json.array(rows)).build().canonical();
    }

    static Release read(String stored) {
        List<List<Cell>> cells =
                new JsonFields(Json.parse(stored)).list("rows", KernelSpec.GROUPS_MAX, StoredRelease::row);
        var rows = new ArrayList<ReleaseRow>();
        cells.forEach(row -> rows.add(new ReleaseRow(rows.size(), row)));
        return new Release(rows);
    }

    private static Json cell(Cell cell) {
        return switch (cell) {
            case Cell.Suppressed _ -> new Json.Null();
            case Cell.Shown(BigDecimal value, BigDecimal stdDev, Interval(BigDecimal low, BigDecimal high)) ->
                Json.strings(List.of(
                        value.toPlainString(), stdDev.toPlainString(), low.toPlainString(), high.toPlainString()));
        };
    }

    private static List<Cell> row(Json json) {
        return new JsonFields(Json.object().put("cells", json).build())
                .optionalList("cells", CELLS_MAX, StoredRelease::cell);
    }

    private static Cell cell(Json json) {
        if (json instanceof Json.Null) {
            return new Cell.Suppressed();
        }
        List<BigDecimal> numbers = new JsonFields(Json.object().put("n", json).build())
                .list("n", 4, item -> new BigDecimal(JsonFields.text(item, NUMBER_LENGTH_MAX)));
        return new Cell.Shown(numbers.get(0), numbers.get(1), new Interval(numbers.get(2), numbers.get(3)));
    }
}
