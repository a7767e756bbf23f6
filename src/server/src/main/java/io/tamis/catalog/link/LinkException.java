package io.tamis.catalog.link;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** Link files that are damaged, of another version or closed; a version that splits a person. */
public final class LinkException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public LinkException(Code code) {
        super(code);
    }

    /** An exception with this code; the cause is for our own log only. */
    public LinkException(Code code, Throwable cause) {
        super(code, cause);
    }
}
