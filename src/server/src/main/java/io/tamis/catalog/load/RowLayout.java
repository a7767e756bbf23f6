package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.data.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a declaration's columns part: L1, L2, L3 go to the scan files, L4, L5 to the sealed sidecar, the unit column among
 * them; what is withheld by its owner ({@link Column#isWithheld}) comes with no upload and has no place. Also the layout of a row on its way there: {@code high[8] low[8] place[8] scan[8]* (length[4] utf8)*}.
 */
record RowLayout(Dataset dataset, Unit unit, List<Column> scanned, List<Column> sealed) {
    /** The scan files' own column. */
    static final String UNIT_NO = "unit_no";

    /** Where a row's scan values begin. */
    static final int VALUES_AT = 3 * Long.BYTES;

    /** The length that stands for NULL in the sealed part. */
    static final int NO_TEXT = -1;

    RowLayout {
        scanned = List.copyOf(scanned);
        sealed = List.copyOf(sealed);
    }

    /** The layout of a dataset as it is uploaded; a declaration that cannot be laid out is refused. */
    static RowLayout of(Dataset declared) {
        var dataset = declared.uploaded();
        var unit = dataset.unit().orElseThrow(() -> new LoadException(Code.NO_PRIVACY_UNIT));
        var scanned = dataset.columns().stream().filter(RowLayout::isScanned).toList();
        var sealed = dataset.columns().stream().filter(c -> !isScanned(c)).toList();
        boolean unitSealed = sealed.stream().anyMatch(column -> column.name().equals(unit.column()));
        // Parquet readers fold case, so two names that differ by case only would be one column.
        Set<String> names = new HashSet<>(Set.of(UNIT_NO));
        boolean distinct = scanned.stream()
                .allMatch(column -> names.add(column.name().value().toLowerCase(Locale.ROOT)));
        if (!unitSealed || !distinct) {
            throw new LoadException(Code.INVALID_REQUEST);
        }
        return new RowLayout(dataset, unit, scanned, sealed);
    }

    /** True when the column's values are in the scan files. */
    static boolean isScanned(Column column) {
        return !column.level().atLeast(Level.L4);
    }

    /** True when the column is kept as codes of a private dictionary. */
    static boolean hasDictionary(Column column) {
        return isScanned(column)
                && column.type() == ColumnType.STRING
                && column.domain().isEmpty();
    }

    /** True when the column is kept as a code, 0 for NULL. */
    static boolean isCoded(Column column) {
        return column.type() == ColumnType.STRING || column.type() == ColumnType.BOOLEAN;
    }

    /** Offset of the first sealed text of a row. */
    int textsAt() {
        return VALUES_AT + scanned.size() * Long.BYTES;
    }

    /** Position of the unit column among the sealed ones. */
    int unitText() {
        return positions(sealed).indexOf(unit.column());
    }

    private static List<ColumnName> positions(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
