package io.tamis.sandbox.audiences;

import io.tamis.data.Json;
import io.tamis.privacy.GroupKey;
import io.tamis.privacy.Presented;
import io.tamis.privacy.Release;
import io.tamis.privacy.ReleaseRow;
import io.tamis.privacy.ReleaseSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A release in one job's own order and names, and what follows from it. */
record Derived(ReleaseSpec spec, Release release) {
    /** Some cells are withheld: derived numbers count them as 0, and their intervals reach up by k for each. */
    static final String WITHHELD_AS_ZERO = "WITHHELD_CELLS_COUNT_AS_ZERO";

    /** The same numbers under these keys, in which group g is what the release keeps as {@code canonical(g)}. */
    static Derived of(ReleaseSpec kept, Release release, List<GroupKey> keys, IntUnaryOperator canonical) {
        var spec =
                new ReleaseSpec(kept.kernel(), kept.shares(), kept.minUsers(), keys, kept.statistics(), kept.layout());
        var rows = new ArrayList<ReleaseRow>();
        for (int group = 0; group < release.rows().size(); group++) {
            rows.add(new ReleaseRow(
                    group, release.rows().get(canonical.applyAsInt(group)).cells()));
        }
        return new Derived(spec, new Release(rows));
    }

    ShownCells cells() {
        return new ShownCells(spec, release);
    }

    /**
     * The {@code result} with what was derived. A person counts by one in a cell, so there is nothing that clipping could
     * have cut, and the note about it is left out.
     */
    Json.Obj result(Json.Obj derived, List<String> notes) {
        var all = new ArrayList<String>();
        if (cells().withheld()) {
            all.add(WITHHELD_AS_ZERO);
        }
        all.addAll(notes);
        return Presented.of(spec, release)
                .result()
                .with("notes", Json.strings(all))
                .with("derived", derived);
    }
}
