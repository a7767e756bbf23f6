package io.tamis.sandbox.audiences;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.jobs.selection.Selection;
import io.tamis.privacy.GroupKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the plan of a REACH_FREQUENCY job from its parameters and the declarations; sees no row. */
final class ReachPlanner {
    /** Everybody reached is in one frequency bucket and in one set of platforms. */
    static final int CELLS_MAX = 2;

    private final Sources sources;
    private final ReachParams params;

    private ReachPlanner(PlanRequest request) {
        this.sources = new Sources(request);
        this.params = ReachParams.parse(request.params());
        sources.requireUsed(
                params.exposures().stream().map(asked -> asked.rows().dataset()));
    }

    /** The plan, or the code of the first thing that stands against it; malformed parameters throw. */
    static Planned plan(PlanRequest request) {
        var planner = new ReachPlanner(request);
        Optional<Code> refusal = planner.sources
                .refusal(planner.params.exposures().stream()
                        .map(ReachParams.Asked::rows)
                        .toList())
                .or(planner::momentRefusal);
        return refusal.<Planned>map(Planned.Refused::new).orElseGet(planner::sized);
    }

    private Optional<Code> momentRefusal() {
        return params.exposures().stream()
                .flatMap(asked ->
                        Selection.datedRefusal(sources.declared(asked.rows().dataset()), asked.on()).stream())
                .findFirst();
    }

    private Planned sized() {
        var exposures =
                new Audiences(params.exposures().stream().map(this::exposure).toList());
        if (sources.tooLarge(exposures.asNamed().stream().map(Audience::rows).toList())) {
            return new Planned.Refused(Code.PLAN_TOO_LARGE);
        }
        if (!sources.allOwn() && sources.ownListTooSmall()) {
            return new Planned.Refused(Code.LIST_TOO_SMALL);
        }
        var query = new ReachQuery(exposures, params.frequencyMax());
        var key = key(query, exposures.canonicalLabels());
        return switch (sources.spec(List.of(key), CELLS_MAX)) {
            case Sources.Spec.Ready(var spec) -> new Plan(query, spec, uses());
            case Sources.Spec.Refused(var code) -> new Planned.Refused(code);
        };
    }

    /** Beside another party's, one's own exposures are a list that is matched, as in OVERLAP, and as long. */
    private Audience exposure(ReachParams.Asked asked) {
        PlanRequest.Input input = sources.input(asked.rows().dataset());
        Dataset declared = input.dataset();
        Column on = declared.column(asked.on()).orElseThrow();
        return new Audience(
                asked.id(), asked.rows().plan(declared, params.window().on(on)), input.own() && !sources.allOwn());
    }

    /** The key of the answer, with these labels for the sets. */
    static GroupKey key(ReachQuery query, List<String> sets) {
        return new GroupKey("exposures", query.labels(sets));
    }

    private List<ColumnUse> uses() {
        return sources.uses(params.exposures().stream()
                .flatMap(asked -> Stream.concat(asked.rows().columns(), Stream.of(asked.on()))
                        .map(column -> Sources.read(asked.rows().dataset(), column))));
    }
}
