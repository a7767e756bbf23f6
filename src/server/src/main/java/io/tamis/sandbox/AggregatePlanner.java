package io.tamis.sandbox;

import io.tamis.catalog.scan.StoredForm;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.DateRange;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.jobs.selection.FilterReading;
import io.tamis.jobs.selection.KeyAsk;
import io.tamis.jobs.selection.Selection;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.DateFloor;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.Layout;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Measure;
import io.tamis.privacy.ReleaseSpec;
import io.tamis.privacy.Statistic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Makes the plan of an AGGREGATE job from its parameters and the dataset's declaration; sees no row. */
final class AggregatePlanner {
    /** Greatest number of groups of an answer: each is a row of JSON, whether anybody is in it or not. */
    static final int GROUPS_MAX = Selection.GROUPS_MAX;

    /** Greatest number of values of private dictionaries in a job: each is a guess at what occurs there. */
    static final int PRIVATE_LITERALS_MAX = Selection.PRIVATE_LITERALS_MAX;

    /** Sums must stay under 2^62, or an overflow keyed to one person could show in an error. */
    private static final int SUM_BITS_MAX = 62;

    private final PlanRequest request;
    private final PlanRequest.Input input;
    private final AggregateParams params;
    private final ColumnChecks checks;

    private AggregatePlanner(PlanRequest request) {
        this.request = request;
        this.input = request.single();
        this.params = AggregateParams.parse(request.params(), input.dataset().id());
        this.checks = ColumnChecks.of(input.dataset());
    }

    /** The plan, or the code of the first thing that stands against it; malformed parameters throw. */
    static Planned plan(PlanRequest request) {
        var planner = new AggregatePlanner(request);
        Optional<Code> refusal = planner.checks.refusal(planner.params);
        return refusal.<Planned>map(Planned.Refused::new).orElseGet(planner::sized);
    }

    private Planned sized() {
        List<DpPlan.Filter> where = params.where().stream()
                .map(condition -> FilterReading.read(condition, checks.known(condition.column())))
                .toList();
        if (privateLiterals(where) > PRIVATE_LITERALS_MAX) {
            return new Planned.Refused(Code.PLAN_TOO_LARGE);
        }
        List<DpPlan.Key> keys =
                params.groupBy().stream().map(key -> key(key, where)).toList();
        if (groups(keys) > GROUPS_MAX) {
            return new Planned.Refused(Code.PLAN_TOO_LARGE);
        }
        List<DpPlan.Measured> measures = DpPlan.inOrder(
                params.measures().stream().flatMap(this::measured).toList());
        if (measures.size() > KernelSpec.MEASURES_MAX) {
            return new Planned.Refused(Code.PLAN_TOO_LARGE);
        }
        var plan = new DpPlan(input.dataset().id(), where, keys, checks.unit().groupsMax(), measures);
        return numbersFit(plan.kernel()) ? affordable(plan) : new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME);
    }

    private Planned affordable(DpPlan plan) {
        int measures = plan.measures().size();
        Loss loss = request.loss();
        if (loss.micro() < measures) {
            // Less than one millionth a measure: no noise would be enough.
            return new Planned.Refused(Code.BELOW_UTILITY_FLOOR);
        }
        List<Loss> shares = loss.split(measures);
        for (int at = 0; at < measures; at++) {
            Measure measure = plan.measures().get(at).measure();
            if (!shares.get(at).buys(measure, plan.kernel().groupsMax())) {
                return new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME);
            }
        }
        return new Plan(plan, ReleaseSpec.of(plan, loss, request.minUsers(), layout(plan)), uses());
    }

    /** Proven before the scan: no data the dataset may hold can make a sum, or a person's part of it, overflow. */
    private boolean numbersFit(KernelSpec kernel) {
        BigInteger factor = BigInteger.valueOf(input.rowsMost()).multiply(BigInteger.valueOf(kernel.groupsMax()));
        return kernel.measures().stream()
                .allMatch(measure ->
                        factor.multiply(BigInteger.valueOf(measure.bound())).bitLength() <= SUM_BITS_MAX);
    }

    /** The kernel's measures behind one of the job's; USERS is there anyway. */
    private Stream<DpPlan.Measured> measured(AggregateParams.Ask ask) {
        return switch (ask.kind()) {
            case COUNT_USERS -> Stream.empty();
            case COUNT -> Stream.of(count(ask.column()));
            case SUM -> Stream.of(sum(ask.column().orElseThrow()));
            case MEAN -> Stream.of(sum(ask.column().orElseThrow()), count(ask.column()));
        };
    }

    private DpPlan.Measured count(Optional<ColumnName> column) {
        OptionalInt rowsMax = checks.rowsMax(column);
        return new DpPlan.Measured(new Measure.Count(rowsMax.orElseThrow()), column);
    }

    private DpPlan.Measured sum(ColumnName column) {
        var clamp = checks.known(column).clamp().orElseThrow();
        return new DpPlan.Measured(new Measure.Sum(clamp), Optional.of(column));
    }

    private DpPlan.Key key(KeyAsk ask, List<DpPlan.Filter> where) {
        Column column = checks.known(ask.column());
        if (!StoredForm.of(column).dated()) {
            return new DpPlan.Key.Listed(ask.column(), StoredForm.domain(column));
        }
        DateRange declared = column.dateRange().orElseThrow();
        return new DpPlan.Key.Dated(
                ask.column(), ask.floor().orElse(DateFloor.DAY), FilteredRange.of(column, declared, where));
    }

    private static long privateLiterals(List<DpPlan.Filter> where) {
        return where.stream()
                .flatMap(filter -> filter.literals().stream())
                .filter(DpPlan.Literal.Text.class::isInstance)
                .count();
    }

    /** Counted before the labels are made: a DAY key over centuries is refused without writing them down. */
    private static long groups(List<DpPlan.Key> keys) {
        long groups = 1;
        for (DpPlan.Key key : keys) {
            long size = switch (key) {
                case DpPlan.Key.Listed listed -> listed.labels().size();
                case DpPlan.Key.Dated dated -> dated.floor().count(dated.range());
            };
            groups = Math.min(GROUPS_MAX + 1L, groups * Math.min(GROUPS_MAX + 1L, size));
        }
        return groups;
    }

    private Layout layout(DpPlan plan) {
        List<ColumnName> canonical =
                plan.groupBy().stream().map(DpPlan.Key::column).toList();
        List<Integer> keyOrder = params.groupBy().stream()
                .map(key -> canonical.indexOf(key.column()))
                .toList();
        List<Statistic> statistics = plan.statistics();
        List<Layout.Named> columns = params.measures().stream()
                .map(ask -> new Layout.Named(ask.id(), statistics.indexOf(statistic(ask, plan))))
                .toList();
        return new Layout(keyOrder, columns);
    }

    private Statistic statistic(AggregateParams.Ask ask, DpPlan plan) {
        List<DpPlan.Measured> measures = plan.measures();
        return switch (ask.kind()) {
            case COUNT_USERS -> new Statistic.Users();
            case COUNT -> new Statistic.Count(measures.indexOf(count(ask.column())));
            case SUM -> new Statistic.Sum(measures.indexOf(sum(ask.column().orElseThrow())));
            case MEAN ->
                new Statistic.Mean(
                        new Statistic.Sum(measures.indexOf(sum(ask.column().orElseThrow()))),
                        new Statistic.Count(measures.indexOf(count(ask.column()))));
        };
    }

    /**
     * Everything read is asked as input, the unit as a match; what is grouped or measured also as output. The unit always
     * is: every answer rests on a released count of persons, and a question that only counts must meet the limits too.
     */
    private List<ColumnUse> uses() {
        var uses = new LinkedHashSet<ColumnUse>();
        uses.add(use(checks.unit().column(), Context.SANDBOX_INPUT, Action.MATCH));
        params.columns().forEach(column -> uses.add(use(column, Context.SANDBOX_INPUT, Action.COMPUTE)));
        uses.add(use(checks.unit().column(), Context.SANDBOX_OUTPUT, Action.AGGREGATE));
        Stream.concat(
                        params.measures().stream().flatMap(ask -> ask.column().stream()),
                        params.groupBy().stream().map(KeyAsk::column))
                .forEach(column -> uses.add(use(column, Context.SANDBOX_OUTPUT, Action.AGGREGATE)));
        return new ArrayList<>(uses);
    }

    private ColumnUse use(ColumnName column, Context context, Action action) {
        return new ColumnUse(input.dataset().id(), column, context, action);
    }
}
