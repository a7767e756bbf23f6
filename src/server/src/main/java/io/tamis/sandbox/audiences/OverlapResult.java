package io.tamis.sandbox.audiences;

import io.tamis.data.Json;
import io.tamis.privacy.Release;
import io.tamis.privacy.ReleaseSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The {@code result} of an OVERLAP job: its cells, and totals, unions, intersections and match rates made of them. */
final class OverlapResult {
    private final OverlapQuery query;
    private final Derived derived;
    private final ShownCells cells;
    private final List<Audience> audiences;
    private final int width;

    private OverlapResult(OverlapQuery query, Derived derived) {
        this.query = query;
        this.derived = derived;
        this.cells = derived.cells();
        this.audiences = query.audiences().asNamed();
        this.width = query.segments().size();
    }

    static Json.Obj of(OverlapQuery query, ReleaseSpec spec, Release release) {
        int width = query.segments().size();
        var keys = OverlapPlanner.keys(query, query.audiences().labels());
        var derived = Derived.of(
                spec,
                release,
                keys,
                group -> (query.audiences().canonicalMask(group / width + 1) - 1) * width + group % width);
        return new OverlapResult(query, derived).result();
    }

    private Json.Obj result() {
        var json = block(Json.object(), _ -> true);
        if (query.segment().isPresent()) {
            List<String> labels = query.segments();
            json.put(
                    "segments",
                    Json.array(IntStream.range(0, width)
                            .mapToObj(label -> block(
                                            Json.object().put("segment", labels.get(label)),
                                            group -> group % width == label)
                                    .build())
                            .toList()));
        }
        return derived.result(json.build(), List.of());
    }

    private Json.Builder block(Json.Builder json, IntPredicate segment) {
        var totals = new ArrayList<Json>();
        var pairs = new ArrayList<Json>();
        for (int one = 0; one < audiences.size(); one++) {
            totals.add(Json.object()
                    .put("id", audiences.get(one).id())
                    .put("people", cells.cell(sum(segment, 1 << one, 0)).toJson())
                    .build());
            for (int other = one + 1; other < audiences.size(); other++) {
                pairs.add(pair(segment, one, other));
            }
        }
        return json.put("audiences", Json.array(totals))
                .put("pairs", Json.array(pairs))
                .put("union", cells.cell(cells.sum(segment)).toJson());
    }

    private Json pair(IntPredicate segment, int one, int other) {
        int first = 1 << one;
        int second = 1 << other;
        ShownCells.Sum both = sum(segment, first | second, 0);
        ShownCells.Sum firstOnly = sum(segment, first, second);
        ShownCells.Sum secondOnly = sum(segment, second, first);
        ShownCells.Sum union = cells.sum(group -> segment.test(group) && (mask(group) & (first | second)) != 0);
        return Json.object()
                .put(
                        "of",
                        Json.strings(List.of(
                                audiences.get(one).id(), audiences.get(other).id())))
                .put("intersection", cells.cell(both).toJson())
                .put("union", cells.cell(union).toJson())
                .put(
                        "matchRates",
                        Json.array(List.of(
                                rate(
                                        audiences.get(one).id(),
                                        cells.share(both, firstOnly).toJson()),
                                rate(
                                        audiences.get(other).id(),
                                        cells.share(both, secondOnly).toJson()))))
                .build();
    }

    private static Json rate(String of, Json rate) {
        return Json.object().put("of", of).put("rate", rate).build();
    }

    /** Over the cells of this segment that have all audiences of one mask and none of the other. */
    private ShownCells.Sum sum(IntPredicate segment, int with, int without) {
        return cells.sum(group -> segment.test(group) && (mask(group) & with) == with && (mask(group) & without) == 0);
    }

    private int mask(int group) {
        return group / width + 1;
    }
}
