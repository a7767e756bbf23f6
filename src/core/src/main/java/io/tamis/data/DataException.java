package io.tamis.data;

/** Input that is not what this package accepts: malformed JSON, an unknown field, a value out of range. */
public final class DataException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public DataException(Code code) {
        super(code);
    }
}
