package io.tamis.privacy;

import io.tamis.data.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much of what the job asked for was withheld, coarsely. Judged on released numbers, so it reveals nothing beyond them. */
public record Suppression(Bucket bucket, Optional<Hint> hint) {
    /** How many cells were withheld: none, at most a tenth, more. */
    public enum Bucket {
        NONE,
        FEW,
        MANY
    }

    /** What could help. */
    public enum Hint {
        /** Ask for fewer or coarser keys. */
        MERGE_KEYS,
        /** Ask about more people. */
        WIDEN_FILTER
    }

    private static final int FEW_PARTS = 10;

    static Suppression of(ReleaseSpec spec, Release release) {
        List<Layout.Named> columns = spec.layout().columns();
        long cells = (long) release.rows().size() * columns.size();
        long withheld = 0;
        for (ReleaseRow row : release.rows()) {
            withheld += columns.stream()
                    .filter(column -> row.cells().get(column.statistic()) instanceof Cell.Suppressed)
                    .count();
        }
        if (withheld == 0) {
            return new Suppression(Bucket.NONE, Optional.empty());
        }
        return new Suppression(
                withheld * FEW_PARTS <= cells ? Bucket.FEW : Bucket.MANY,
                Optional.of(spec.keys().isEmpty() ? Hint.WIDEN_FILTER : Hint.MERGE_KEYS));
    }

    /** The {@code suppression} member of a result envelope. */
    public Json.Obj toJson() {
        return Json.object()
                .put("any", bucket != Bucket.NONE)
                .put("bucket", bucket.name().toLowerCase(Locale.ROOT))
                .putIfPresent("hint", hint.map(Enum::name))
                .build();
    }
}
