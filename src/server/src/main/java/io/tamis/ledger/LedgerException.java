package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** The log does not acknowledge ({@code LEDGER_UNAVAILABLE}), or an event id was used for two events. */
public final class LedgerException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public LedgerException(Code code) {
        super(code);
    }

    /** An exception with this code and what led to it, for our own log only. */
    public LedgerException(Code code, Throwable cause) {
        super(code, cause);
    }
}
