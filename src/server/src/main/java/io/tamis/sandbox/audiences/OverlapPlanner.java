package io.tamis.sandbox.audiences;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.jobs.selection.Selection;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.GroupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the plan of an OVERLAP job from its parameters and the declarations; sees no row. */
final class OverlapPlanner {
    /** A person's segment is kept in a byte, with one value for none. */
    static final int SEGMENTS_MAX = 255;

    /** Everybody is in one cell. */
    private static final int CELLS_MAX = 1;

    private final Sources sources;
    private final OverlapParams params;

    private OverlapPlanner(PlanRequest request) {
        this.sources = new Sources(request);
        this.params = OverlapParams.parse(request.params());
        sources.requireUsed(
                params.audiences().stream().map(asked -> asked.rows().dataset()));
    }

    /** The plan, or the code of the first thing that stands against it; malformed parameters throw. */
    static Planned plan(PlanRequest request) {
        var planner = new OverlapPlanner(request);
        Optional<Code> refusal = planner.sources
                .refusal(planner.params.audiences().stream()
                        .map(OverlapParams.Asked::rows)
                        .toList())
                .or(planner::segmentRefusal);
        return refusal.<Planned>map(Planned.Refused::new).orElseGet(planner::sized);
    }

    /**
     * A segment is an L1 or L2 column with a declared domain, of a dataset that has one row a person: with several rows a
     * person would be in several segments. Finer levels would need their groups to be chosen privately.
     */
    private Optional<Code> segmentRefusal() {
        if (params.segment().isEmpty()) {
            return Optional.empty();
        }
        Selection segment = params.segment().get();
        Dataset declared = sources.declared(segment.dataset());
        boolean fine = segment.columns()
                .flatMap(name -> declared.column(name).stream())
                .map(Column::level)
                .anyMatch(level -> level == Level.L3);
        if (fine) {
            return Optional.of(Code.NEEDS_PUBLIC_GROUPS);
        }
        Optional<Code> refusal = segment.refusal(declared);
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean oneRow = declared.unit().orElseThrow().rowsMax() == 1;
        return oneRow ? Optional.empty() : Optional.of(Code.LABEL_GROUP_KEY);
    }

    private Planned sized() {
        var audiences =
                new Audiences(params.audiences().stream().map(this::audience).toList());
        Optional<DpPlan> segment = params.segment().map(rows -> rows.plan(sources.declared(rows.dataset()), List.of()));
        var query = new OverlapQuery(audiences, segment);
        int segments = query.segments().size();
        boolean tooLarge = segments - 1 > SEGMENTS_MAX
                || (long) audiences.cells() * segments > Selection.GROUPS_MAX
                || sources.tooLarge(
                        audiences.asNamed().stream().map(Audience::rows).toList());
        if (tooLarge) {
            return new Planned.Refused(Code.PLAN_TOO_LARGE);
        }
        if (sources.ownListTooSmall()) {
            return new Planned.Refused(Code.LIST_TOO_SMALL);
        }
        return switch (sources.spec(keys(query, audiences.canonicalLabels()), CELLS_MAX)) {
            case Sources.Spec.Ready(var spec) -> new Plan(query, spec, uses());
            case Sources.Spec.Refused(var code) -> new Planned.Refused(code);
        };
    }

    private Audience audience(OverlapParams.Asked asked) {
        PlanRequest.Input input = sources.input(asked.rows().dataset());
        return new Audience(asked.id(), asked.rows().plan(input.dataset(), List.of()), input.own());
    }

    /** The keys of the answer, with these labels for the sets. */
    static List<GroupKey> keys(OverlapQuery query, List<String> sets) {
        var keys = new ArrayList<GroupKey>();
        keys.add(new GroupKey("audiences", sets));
        query.segment()
                .map(rows -> rows.groupBy().getFirst().column().value())
                .ifPresent(name -> keys.add(new GroupKey(name, query.segments())));
        return List.copyOf(keys);
    }

    private List<ColumnUse> uses() {
        Stream<ColumnUse> conditions = params.audiences().stream()
                .map(OverlapParams.Asked::rows)
                .flatMap(rows -> rows.columns().map(column -> Sources.read(rows.dataset(), column)));
        Stream<ColumnUse> segment = params.segment().stream()
                .flatMap(rows -> rows.columns()
                        .flatMap(column -> Stream.of(
                                Sources.read(rows.dataset(), column),
                                new ColumnUse(rows.dataset(), column, Context.SANDBOX_OUTPUT, Action.AGGREGATE))));
        return sources.uses(Stream.concat(conditions, segment));
    }
}
