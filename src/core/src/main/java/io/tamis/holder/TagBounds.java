package io.tamis.holder;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.DataException;

/**
 * What a tag's values are made with.
 *
 * @param scale decimals of the column; clamp and threshold are in its minor units
 * @param clamp what a value is clipped to, not zero alone
 */
public record TagBounds(int scale, Clamp clamp) {
    static final int SCALE_MAX = 9;

    public TagBounds {
        if (scale < 0 || scale > SCALE_MAX || clamp.magnitude() < 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** True when this column is a number of this scale under this clamp. */
    public boolean areOf(Column declared) {
        boolean number = declared.type() == ColumnType.INTEGER || declared.type() == ColumnType.DECIMAL;
        return number
                && declared.scale() == scale
                && declared.clamp().filter(clamp::equals).isPresent();
    }
}
