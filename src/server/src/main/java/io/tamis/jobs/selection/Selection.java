package io.tamis.jobs.selection;

import io.tamis.catalog.scan.StoredForm;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.DateFloor;
import io.tamis.privacy.DpPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows of one dataset as a job type chooses them: by conditions, with at most one key. The same reading and checks as
 * AGGREGATE's, for job types that put persons of several datasets together.
 */
public final class Selection {
    /** Greatest number of values of private dictionaries in a job: each is a guess at what occurs there. */
    public static final int PRIVATE_LITERALS_MAX = 64;

    /** Greatest number of groups of an answer: each is a row of JSON, whether anybody is in it or not. */
    public static final int GROUPS_MAX = 10_000;

    private final DatasetId dataset;
    private final List<Condition> where;
    private final Optional<KeyAsk> key;

    private Selection(DatasetId dataset, List<Condition> where, Optional<KeyAsk> key) {
        this.dataset = dataset;
        this.where = List.copyOf(where);
        this.key = key;
    }

    /** The rows of this dataset that meet all conditions, each with its label when there is a key. */
    public static Selection of(DatasetId dataset, List<Condition> where, Optional<KeyAsk> key) {
        return new Selection(dataset, where, key);
    }

    /** Reads the members {@code dataset} and {@code where}, the latter of at most so many conditions. */
    public static Selection rows(JsonFields fields, int conditionsMax) {
        var dataset = new DatasetId(fields.string("dataset", ColumnReference.LENGTH_MAX));
        return new Selection(
                dataset,
                fields.optionalList("where", conditionsMax, json -> Condition.read(json, dataset)),
                Optional.empty());
    }

    /** Reads a key, {@code {column, floor?}}, of whatever dataset its column names: all rows, each with its label. */
    public static Selection key(Json json) {
        String reference = new JsonFields(json).string("column", ColumnReference.LENGTH_MAX);
        int hash = reference.indexOf('#');
        if (hash < 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        var dataset = new DatasetId(reference.substring(0, hash));
        return new Selection(dataset, List.of(), Optional.of(KeyAsk.read(json, dataset)));
    }

    /** Where the rows are. */
    public DatasetId dataset() {
        return dataset;
    }

    /** A column of this dataset, written {@code dataset#column}. */
    public ColumnName column(String reference) {
        return ColumnReference.read(reference, dataset);
    }

    /** Every column named, in order of naming. */
    public Stream<ColumnName> columns() {
        return Stream.concat(where.stream().map(Condition::column), key.stream().map(KeyAsk::column));
    }

    /** The first thing that stands against it by this declaration, which is the dataset's. */
    public Optional<Code> refusal(Dataset declared) {
        return new RowChecks(declared).refusal(columns(), key.stream().toList(), Stream.empty(), where);
    }

    /** What stands against choosing rows by this column as a day or a moment within a window. */
    public static Optional<Code> datedRefusal(Dataset declared, ColumnName column) {
        return new RowChecks(declared).dated(column);
    }

    /** The canonical plan: these rows, and those of the further conditions. Nothing must stand against it. */
    public DpPlan plan(Dataset declared, List<DpPlan.Filter> further) {
        var checks = new RowChecks(declared);
        List<DpPlan.Filter> filters = Stream.concat(
                        where.stream()
                                .map(condition -> FilterReading.read(condition, checks.known(condition.column()))),
                        further.stream())
                .toList();
        List<DpPlan.Key> keys =
                key.stream().map(ask -> label(ask, checks.known(ask.column()))).toList();
        return new DpPlan(dataset, filters, keys, 1, DpPlan.inOrder(List.of()));
    }

    private static DpPlan.Key label(KeyAsk ask, Column column) {
        return StoredForm.of(column).dated()
                ? new DpPlan.Key.Dated(
                        ask.column(),
                        ask.floor().orElse(DateFloor.DAY),
                        column.dateRange().orElseThrow())
                : new DpPlan.Key.Listed(ask.column(), StoredForm.domain(column));
    }
}
