package io.tamis.sandbox;

import io.tamis.catalog.scan.StoredForm;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import io.tamis.jobs.selection.RowChecks;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an AGGREGATE question may do with a dataset's columns: {@link RowChecks}, and what may be measured. The first finding
 * is the answer, in one fixed order: labels, keys, measures, conditions.
 */
record ColumnChecks(RowChecks rows) {
    static ColumnChecks of(Dataset dataset) {
        return new ColumnChecks(new RowChecks(dataset));
    }

    Optional<Code> refusal(AggregateParams params) {
        return rows.refusal(
                params.columns(), params.groupBy(), params.measures().stream().map(this::measure), params.where());
    }

    /** The bound of a count: the column's own or the unit's. */
    OptionalInt rowsMax(Optional<ColumnName> column) {
        OptionalInt own = column.isPresent() ? known(column.get()).countMax() : OptionalInt.empty();
        return own.isPresent() ? own : known(unit().column()).countMax();
    }

    Column known(ColumnName name) {
        return rows.known(name);
    }

    Unit unit() {
        return rows.unit();
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
}
