package io.tamis.catalog.scan;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/**
 * A scan that did not end well. It never carries a cause: DuckDB's messages quote cell values, and nobody who reads our
 * log may learn them.
 */
public final class ScanException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public ScanException(Code code) {
        super(code);
    }
}
