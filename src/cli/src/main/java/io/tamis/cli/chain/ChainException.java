package io.tamis.cli.chain;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** A node that could not be asked, or whose answer means nothing. Says nothing about the log. */
public final class ChainException extends TamisException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ChainException(String reason) {
        super(Code.NOT_READY);
        this.reason = reason;
    }

    ChainException(String reason, Throwable cause) {
        super(Code.NOT_READY, cause);
        this.reason = reason;
    }

    /** For other views of a chain than {@link NotaryContract}. */
    public static ChainException of(String reason) {
        return new ChainException(reason);
    }

    /** What went wrong, in a few fixed words. */
    public String reason() {
        return reason;
    }
}
