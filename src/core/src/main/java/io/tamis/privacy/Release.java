package io.tamis.privacy;

import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What leaves: a row per declared group, empty ones too, in order of the group code. All of it is noised; showing it
 * again, reordered or renamed, reveals nothing new.
 */
public record Release(List<ReleaseRow> rows) {
    public Release {
        rows = List.copyOf(rows);
        for (int group = 0; group < rows.size(); group++) {
            PrivacyException.require(rows.get(group).group() == group);
        }
    }

    /** The form kept by the answer cache: per group, in order, its cells. */
    public Json toJson() {
        return Json.array(rows.stream()
                .map(row -> Json.array(row.cells().stream().map(Cell::toJson).toList()))
                .toList());
    }

    /** Reads what {@link #toJson()} wrote. */
    public static Release fromJson(Json json) {
        var rows = new ArrayList<ReleaseRow>();
        for (Json row : items(json)) {
            rows.add(new ReleaseRow(
                    rows.size(), items(row).stream().map(Cell::fromJson).toList()));
        }
        return new Release(rows);
    }

    private static List<Json> items(Json json) {
        if (!(json instanceof Json.Arr(List<Json> items))) {
            throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
        }
        return items;
    }
}
