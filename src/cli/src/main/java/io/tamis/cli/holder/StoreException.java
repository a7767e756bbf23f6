package io.tamis.cli.holder;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** A holder's folder that is not there, in use, damaged or not writable. Says nothing of what is in it. */
public final class StoreException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    StoreException(Code code) {
        super(code);
    }

    /** An exception with this code and what led to it. */
    StoreException(Code code, Throwable cause) {
        super(code, cause);
    }
}
