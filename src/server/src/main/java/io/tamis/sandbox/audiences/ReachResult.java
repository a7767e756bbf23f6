package io.tamis.sandbox.audiences;

import io.tamis.data.Json;
import io.tamis.privacy.Release;
import io.tamis.privacy.ReleaseSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The {@code result} of a REACH_FREQUENCY job: its cells, and reach, k+ curve and incremental reach made of them. Shown
 * counts are never negative, so the curve never rises.
 */
final class ReachResult {
    /** The two sums that both are the reach differ by more than their noise explains: cells are withheld, or bad luck. */
    static final String CONSISTENCY_LARGE = "CONSISTENCY_LARGE";

    private final ReachQuery query;
    private final Derived derived;
    private final ShownCells cells;
    private final int frequencyMax;

    private ReachResult(ReachQuery query, Derived derived) {
        this.query = query;
        this.derived = derived;
        this.cells = derived.cells();
        this.frequencyMax = query.frequencyMax();
    }

    static Json.Obj of(ReachQuery query, ReleaseSpec spec, Release release) {
        int first = query.frequencyMax();
        var key = ReachPlanner.key(query, query.exposures().labels());
        var derived = Derived.of(
                spec,
                release,
                List.of(key),
                group -> group < first ? group : first + query.exposures().canonicalMask(group - first + 1) - 1);
        return new ReachResult(query, derived).result();
    }

    private Json.Obj result() {
        ShownCells.Sum byFrequency = cells.sum(group -> group < frequencyMax);
        ShownCells.Sum byPlatforms = cells.sum(group -> group >= frequencyMax);
        // Both are the same number of persons; fewer cells have less noise.
        ShownCells.Sum reach = byFrequency.count() < byPlatforms.count() ? byFrequency : byPlatforms;
        Json.Obj json = Json.object()
                .put("reach", cells.cell(reach).toJson())
                .put("curve", curve())
                .put("platforms", platforms())
                .build();
        return derived.result(json, cells.apart(byFrequency, byPlatforms) ? List.of(CONSISTENCY_LARGE) : List.of());
    }

    private Json curve() {
        return Json.array(IntStream.rangeClosed(1, frequencyMax)
                .mapToObj(times -> Json.object()
                        .put("atLeast", times)
                        .put(
                                "people",
                                cells.cell(cells.sum(group -> group >= times - 1 && group < frequencyMax))
                                        .toJson())
                        .build())
                .toList());
    }

    /** Incremental is who was reached there and nowhere else: what the reach would lose without it. */
    private Json platforms() {
        return Json.array(IntStream.range(0, query.exposures().size())
                .mapToObj(at -> Json.object()
                        .put("id", query.exposures().asNamed().get(at).id())
                        .put(
                                "reach",
                                cells.cell(cells.sum(group -> (mask(group) >> at & 1) == 1))
                                        .toJson())
                        .put(
                                "incremental",
                                cells.cell(cells.sum(group -> mask(group) == 1 << at))
                                        .toJson())
                        .build())
                .toList());
    }

    /** The platforms of a cell; none for a frequency bucket. */
    private int mask(int group) {
        return group < frequencyMax ? 0 : group - frequencyMax + 1;
    }
}
