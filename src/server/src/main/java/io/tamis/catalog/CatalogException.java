package io.tamis.catalog;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** What a caller of the catalog could not know beforehand: a damaged version, a policy bundle that does not load. */
public final class CatalogException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public CatalogException(Code code) {
        super(code);
    }

    /** An exception with this code; the cause is for our own log only. */
    public CatalogException(Code code, Throwable cause) {
        super(code, cause);
    }
}
