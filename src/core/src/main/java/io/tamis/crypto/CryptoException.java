package io.tamis.crypto;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/**
 * A key store that does not open, a key that is gone, a sealed value that is not authentic. Which of the reasons for
 * {@code INTERNAL} it was is not said, as that would tell a forger how far he came.
 */
public final class CryptoException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** An exception with this code. */
    public CryptoException(Code code) {
        super(code);
    }

    /** An exception with this code and what led to it, for our own log only. */
    public CryptoException(Code code, Throwable cause) {
        super(code, cause);
    }
}
