package io.tamis.jobs.selection;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;

/** A column as job parameters name it: {@code dataset#column}. */
public final class ColumnReference {
    /** Greatest length. */
    public static final int LENGTH_MAX = 192;

    private ColumnReference() {}

    /** The column of this dataset; another one's column is malformed here. */
    public static ColumnName read(String reference, DatasetId dataset) {
        int hash = reference.indexOf('#');
        if (hash <= 0 || !reference.substring(0, hash).equals(dataset.value())) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new ColumnName(reference.substring(hash + 1));
    }
}
