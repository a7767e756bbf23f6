package io.tamis.data;

import java.util.Objects;

/**
 * The privacy unit of a dataset: one person.
 *
 * @param column the identifying column
 * @param groupsMax greatest number of groups one person contributes to (L0)
 * @param rowsMax greatest number of rows one person may have; enforced at import
 */
public record Unit(ColumnName column, Semantic semantic, int groupsMax, int rowsMax) {
    public Unit {
        Objects.requireNonNull(column);
        Objects.requireNonNull(semantic);
        if (groupsMax < 1 || rowsMax < 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
