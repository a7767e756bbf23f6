package io.tamis.sandbox.audiences;

import io.tamis.catalog.scan.UnitIndex;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Unit;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.selection.Selection;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.GroupKey;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.Layout;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Measure;
import io.tamis.privacy.ReleaseSpec;
import io.tamis.privacy.Statistic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The datasets of a request whose persons are to be put together, and what is the same for all such plans. */
record Sources(PlanRequest request) {
    /** Least number of persons of the caller's own list: of a list of one, a match would be that person's. */
    static final long OWN_UNITS_MIN = 1_000;

    /** The name of the one number: distinct persons. */
    static final String PEOPLE = "people";

    /** Malformed outside a collaboration, and unless exactly the datasets of the request are used. */
    Sources {
        if (!request.collaborating()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    void requireUsed(Stream<DatasetId> used) {
        Set<DatasetId> asked =
                request.inputs().stream().map(input -> input.dataset().id()).collect(Collectors.toSet());
        if (!used.collect(Collectors.toSet()).equals(asked)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    Dataset declared(DatasetId id) {
        return input(id).dataset();
    }

    PlanRequest.Input input(DatasetId id) {
        return request.input(id).orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
    }

    /** The first thing that stands against any of these, in their order. */
    Optional<Code> refusal(Collection<Selection> selections) {
        return selections.stream()
                .flatMap(selection -> selection.refusal(declared(selection.dataset())).stream())
                .findFirst();
    }

    /** By the size of the whole list; what a condition leaves of it is counted in the scan. */
    boolean ownListTooSmall() {
        return request.inputs().stream().anyMatch(input -> input.ownUnits().orElse(OWN_UNITS_MIN) < OWN_UNITS_MIN);
    }

    /** True when all of it is the caller's own: then nothing is matched that it could not count by itself. */
    boolean allOwn() {
        return request.inputs().stream().allMatch(PlanRequest.Input::own);
    }

    /** A byte is kept for each person while a job runs; how many there are is bounded by what is declared, not by data. */
    boolean tooLarge(Collection<DpPlan> plans) {
        long rows =
                request.inputs().stream().mapToLong(PlanRequest.Input::rowsMost).reduce(0, Sources::saturated);
        long literals = plans.stream()
                .flatMap(plan -> plan.where().stream())
                .flatMap(filter -> filter.literals().stream())
                .filter(DpPlan.Literal.Text.class::isInstance)
                .count();
        return rows > UnitIndex.UNITS_MAX || literals > Selection.PRIVATE_LITERALS_MAX;
    }

    private static long saturated(long left, long right) {
        return Math.min(UnitIndex.UNITS_MAX + 1, left + Math.min(UnitIndex.UNITS_MAX + 1, right));
    }

    /** What is asked of the policy: every dataset's unit as a match and in the answer, every condition's column as input. */
    List<ColumnUse> uses(Stream<ColumnUse> further) {
        var units = request.inputs().stream().map(PlanRequest.Input::dataset).flatMap(Sources::unit);
        return Stream.concat(units, further).distinct().toList();
    }

    private static Stream<ColumnUse> unit(Dataset dataset) {
        return dataset.unit().map(Unit::column).stream()
                .flatMap(column -> Stream.of(
                        new ColumnUse(dataset.id(), column, Context.SANDBOX_INPUT, Action.MATCH),
                        new ColumnUse(dataset.id(), column, Context.SANDBOX_OUTPUT, Action.AGGREGATE)));
    }

    /** A column read. */
    static ColumnUse read(DatasetId dataset, ColumnName column) {
        return new ColumnUse(dataset, column, Context.SANDBOX_INPUT, Action.COMPUTE);
    }

    /**
     * How these cells are released: one measure, USERS, and nobody in more than {@code cellsMax} of them.
     *
     * @return the release, or the code of what stands against it
     */
    Spec spec(List<GroupKey> keys, int cellsMax) {
        int groups = keys.stream().mapToInt(key -> key.labels().size()).reduce(1, Math::multiplyExact);
        var users = new Measure.Users();
        Loss loss = request.loss();
        if (loss.micro() < 1) {
            return new Spec.Refused(Code.BELOW_UTILITY_FLOOR);
        }
        if (!loss.buys(users, cellsMax)) {
            return new Spec.Refused(Code.MAY_FAIL_AT_RUNTIME);
        }
        return new Spec.Ready(new ReleaseSpec(
                new KernelSpec(groups, cellsMax, List.of(users)),
                List.of(loss),
                request.minUsers(),
                keys,
                List.of(new Statistic.Users()),
                new Layout(IntStream.range(0, keys.size()).boxed().toList(), List.of(new Layout.Named(PEOPLE, 0)))));
    }

    /** A release, or why there is none. */
    sealed interface Spec {
        record Ready(ReleaseSpec spec) implements Spec {}

        record Refused(Code code) implements Spec {}
    }
}
