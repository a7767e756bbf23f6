package io.tamis.he;

import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.util.Objects;

/**
 * What this package refuses. All that came from outside and is not right (bytes, ciphertexts, shares, an opened value out
 * of range) is ONE refusal without an offset, a noise reading or a cause: which check failed would help an attacker who
 * tries ciphertexts against holders of a key (IND-CPA-D, eprint 2025/2288).
 */
public final class HeException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** Whose mistake it was. */
    public enum Fault {
        /** Our own caller passed something outside the documented limits. */
        OUT_OF_LIMITS(Code.INVALID_REQUEST),
        /** Something that came from outside is not what it says it is. */
        REJECTED(Code.CIPHERTEXT_REJECTED);

        private final Code code;

        Fault(Code code) {
            this.code = code;
        }
    }

    private final Fault fault;

    private HeException(Fault fault) {
        super(Objects.requireNonNull(fault).code);
        this.fault = fault;
    }

    /** Whose mistake it was. */
    public Fault fault() {
        return fault;
    }

    /** The refusal of everything from outside. */
    public static HeException rejected() {
        return new HeException(Fault.REJECTED);
    }

    /** Refuses input from outside unless the condition holds. */
    public static void accept(boolean wellFormed) {
        if (!wellFormed) {
            throw rejected();
        }
    }

    /** Refuses a caller's parameter unless it is within its documented limits. */
    public static void require(boolean withinLimits) {
        if (!withinLimits) {
            throw new HeException(Fault.OUT_OF_LIMITS);
        }
    }
}
