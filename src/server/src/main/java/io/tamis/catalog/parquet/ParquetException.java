package io.tamis.catalog.parquet;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** A file that is not whole and well formed, or uses what this reader does not read: INVALID_REQUEST; or TOO_LARGE. */
public final class ParquetException extends TamisException {
    private static final long serialVersionUID = 1L;

    private ParquetException(Code code) {
        super(code);
    }

    static ParquetException malformed() {
        return new ParquetException(Code.INVALID_REQUEST);
    }

    static ParquetException tooLarge() {
        return new ParquetException(Code.TOO_LARGE);
    }

    /** Demands what a well-formed file has. */
    static void require(boolean wellFormed) {
        if (!wellFormed) {
            throw malformed();
        }
    }
}
