package io.tamis.log;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** Bytes that are not of the log's formats, a position outside the tree, a folder that cannot be read or written. */
public final class LogException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public LogException(Code code) {
        super(code);
    }

    /** An exception with this code and what led to it, for our own log only. */
    public LogException(Code code, Throwable cause) {
        super(code, cause);
    }

    static LogException malformed() {
        return new LogException(Code.INVALID_REQUEST);
    }
}
