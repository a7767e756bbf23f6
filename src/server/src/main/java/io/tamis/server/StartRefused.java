package io.tamis.server;

import io.tamis.data.Code;
import io.tamis.data.TamisException;

/** The service may not start as it is configured. The hint names a setting or a file, for the operator alone. */
final class StartRefused extends TamisException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    StartRefused(Code code, String hint) {
        super(code);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
