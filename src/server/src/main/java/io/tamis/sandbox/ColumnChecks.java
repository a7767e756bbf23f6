package io.tamis.sandbox;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a question may do with a dataset's columns, by level, declared use and bounds. Policy is asked besides this and
 * may only tighten it: these are the limits of what the kernel and the release can make private at all. The first
 * finding is the answer, in one fixed order: labels, keys, measures, conditions.
 */
record ColumnChecks(Dataset dataset) {
    Optional<Code> refusal(AggregateParams params) {
        if (dataset.unit().isEmpty()) {
            return Optional.of(Code.NO_PRIVACY_UNIT);
        }
        return Stream.of(
                        first(params.columns(), this::label),
                        first(params.groupBy().stream(), this::key),
                        first(params.measures().stream(), this::measure),
                        first(params.where().stream(), this::condition))
                .flatMap(Function.identity())
                .findFirst();
    }

    /** A column that tells when something happened: of a declared range, and open to conditions. */
    Optional<Code> dated(ColumnName name) {
        Optional<Code> closed = label(name);
        if (closed.isPresent()) {
            return closed;
        }
        Column column = known(name);
        if (!StoredForm.of(column).dated() || !column.allows(Use.FILTER_ONLY)) {
            return Optional.of(Code.OP_NOT_ALLOWED);
        }
        return column.dateRange().isPresent() ? Optional.empty() : Optional.of(Code.NO_BOUNDS);
    }

    /** The bound of a count: the column's own or the unit's. */
    OptionalInt rowsMax(Optional<ColumnName> column) {
        OptionalInt own = column.isPresent() ? known(column.get()).countMax() : OptionalInt.empty();
        return own.isPresent() ? own : known(unit().column()).countMax();
    }

    Column known(ColumnName name) {
        return dataset.column(name).orElseThrow(() -> new SandboxException(Code.LABEL_L5_USE));
    }

    Unit unit() {
        return dataset.unit().orElseThrow(() -> new SandboxException(Code.NO_PRIVACY_UNIT));
    }

    private static <T> Stream<Code> first(Stream<T> items, Function<T, Optional<Code>> check) {
        return items.flatMap(item -> check.apply(item).stream());
    }

    /** An undeclared column counts as L4, the level of what nobody has labelled. */
    private Optional<Code> label(ColumnName name) {
        boolean open = dataset.column(name)
                .filter(column -> !column.level().atLeast(Level.L4))
                .filter(column -> !column.uses().contains(Use.DENY))
                .isPresent();
        return open ? Optional.empty() : Optional.of(Code.LABEL_L5_USE);
    }

    private Optional<Code> key(AggregateParams.KeyAsk key) {
        Column column = known(key.column());
        if (column.level().atLeast(Level.L3) || !column.allows(Use.GROUP_KEY)) {
            return Optional.of(Code.LABEL_GROUP_KEY);
        }
        boolean dated = StoredForm.of(column).dated();
        if (key.floor().isPresent() && !dated) {
            return Optional.of(Code.OP_NOT_ALLOWED);
        }
        boolean declared = dated
                ? column.dateRange().isPresent()
                : !StoredForm.domain(column).isEmpty();
        return declared ? Optional.empty() : Optional.of(Code.NEEDS_PUBLIC_GROUPS);
    }

    private Optional<Code> measure(AggregateParams.Ask ask) {
        Optional<Column> column = ask.column().map(this::known);
        if (column.isPresent() && !column.get().allows(Use.AGGREGATE_ONLY)) {
            return Optional.of(Code.AGG_NOT_ALLOWED);
        }
        return switch (ask.kind()) {
            case COUNT_USERS -> Optional.empty();
            case COUNT -> counted(ask);
            case SUM -> summed(column.orElseThrow());
            case MEAN -> summed(column.orElseThrow()).or(() -> counted(ask));
        };
    }

    private Optional<Code> counted(AggregateParams.Ask ask) {
        return rowsMax(ask.column()).isPresent() ? Optional.empty() : Optional.of(Code.NO_BOUNDS);
    }

    private static Optional<Code> summed(Column column) {
        if (StoredForm.of(column) != StoredForm.AMOUNT) {
            return Optional.of(Code.AGG_NOT_ALLOWED);
        }
        boolean bounded = column.clamp().map(Clamp::magnitude).orElse(0L) >= 1;
        return bounded ? Optional.empty() : Optional.of(Code.NO_BOUNDS);
    }

    private Optional<Code> condition(AggregateParams.Condition condition) {
        Column column = known(condition.column());
        boolean allowed = switch (condition.operator()) {
            case EQ, NE, IN, IS_NULL, NOT_NULL -> true;
            case LT, LE, GT, GE -> StoredForm.of(column).ordered();
        };
        return allowed && column.allows(Use.FILTER_ONLY) ? Optional.empty() : Optional.of(Code.OP_NOT_ALLOWED);
    }
}
