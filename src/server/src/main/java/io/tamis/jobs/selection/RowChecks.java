package io.tamis.jobs.selection;

import io.tamis.catalog.scan.ScanException;
import io.tamis.catalog.scan.StoredForm;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a question may do with the columns by which it chooses and groups a dataset's rows, by level, declared use and bounds.
 * Policy is asked besides this and may only tighten it: these are the limits of what the kernel and the release can make
 * private at all.
 */
public record RowChecks(Dataset dataset) {
    public RowChecks {
        Objects.requireNonNull(dataset);
    }

    /**
     * The first finding in one fixed order: labels, keys, what is asked about between, conditions.
     *
     * @param columns every column that the question names
     * @param between further checks
     */
    public Optional<Code> refusal(
            Stream<ColumnName> columns,
            Collection<KeyAsk> keys,
            Stream<Optional<Code>> between,
            Collection<Condition> where) {
        if (dataset.unit().isEmpty()) {
            return Optional.of(Code.NO_PRIVACY_UNIT);
        }
        return Stream.of(
                        columns.map(this::label),
                        keys.stream().map(this::key),
                        between,
                        where.stream().map(this::condition))
                .flatMap(Function.identity())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A column that tells when something happened: of a declared range, and open to conditions. */
    public Optional<Code> dated(ColumnName name) {
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

    /** The declaration of a column that passed. */
    public Column known(ColumnName name) {
        return dataset.column(name).orElseThrow(() -> new ScanException(Code.LABEL_L5_USE));
    }

    /** The declared unit of a dataset that passed. */
    public Unit unit() {
        return dataset.unit().orElseThrow(() -> new ScanException(Code.NO_PRIVACY_UNIT));
    }

    /** An undeclared column counts as L4, the level of what nobody has labelled. */
    private Optional<Code> label(ColumnName name) {
        boolean open = dataset.column(name)
                .filter(column -> !column.level().atLeast(Level.L4))
                .filter(column -> !column.uses().contains(Use.DENY))
                .isPresent();
        return open ? Optional.empty() : Optional.of(Code.LABEL_L5_USE);
    }

    private Optional<Code> key(KeyAsk key) {
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

    private Optional<Code> condition(Condition condition) {
        Column column = known(condition.column());
        boolean allowed = switch (condition.operator()) {
            case EQ, NE, IN, IS_NULL, NOT_NULL -> true;
            case LT, LE, GT, GE -> StoredForm.of(column).ordered();
        };
        return allowed && column.allows(Use.FILTER_ONLY) ? Optional.empty() : Optional.of(Code.OP_NOT_ALLOWED);
    }
}
