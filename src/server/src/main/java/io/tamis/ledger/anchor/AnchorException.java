package io.tamis.ledger.anchor;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** The chain does not answer ({@code NOT_READY}), or is not what the configuration says ({@code ANCHOR_REFUSED}). */
public final class AnchorException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public AnchorException(Code code) {
        super(code);
    }

    /** An exception with this code and what led to it, for our own log only. */
    public AnchorException(Code code, Throwable cause) {
        super(code, cause);
    }
}
