package io.tamis.data;

import java.util.Objects;

/**
 * Root of our exceptions: something the caller could not know beforehand. A refusal is a value, not one of these. The
 * message is {@link Code#title()}, so that nothing a caller sent or owns can leak through it.
 */
public abstract class TamisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /** An exception with this code and no cause. */
    protected TamisException(Code code) {
        super(Objects.requireNonNull(code).title());
        this.code = code;
    }

    /** An exception with this code; the cause is for our own log only. */
    protected TamisException(Code code, Throwable cause) {
        super(Objects.requireNonNull(code).title(), cause);
        this.code = code;
    }

    /** The stable code. */
    public Code code() {
        return code;
    }

    /**
     * Further members of the problem+json answer: ids, a line number, a column name; never a value. Empty unless a
     * package's exception overrides it.
     */
    public Json.Obj members() {
        return Json.object().build();
    }
}
