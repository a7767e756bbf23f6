package io.tamis.privacy;

import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.util.Objects;

/** Something this package was handed would break its guarantee or its limits. Carries no value that was seen. */
public final class PrivacyException extends TamisException {
    private static final long serialVersionUID = 1L;

    /** What was wrong; for our own log and tests, callers see the code. */
    public enum Fault {
        /** A parameter outside its documented limits. */
        OUT_OF_LIMITS(Code.INVALID_REQUEST),
        /** A row whose unit does not belong to the file it came from: a unit in two shards would count twice. */
        UNIT_OUT_OF_BUCKET(Code.JOB_FAILED),
        /** Rows of one unit are not next to each other in ascending order of units. */
        UNIT_NOT_CLUSTERED(Code.JOB_FAILED),
        /** A group code outside the declared groups. */
        GROUP_OUT_OF_RANGE(Code.JOB_FAILED),
        /** A sum left the range the plan had proven. */
        SUM_OUT_OF_RANGE(Code.JOB_FAILED);

        private final Code code;

        Fault(Code code) {
            this.code = code;
        }
    }

    private final Fault fault;

    /** An exception for this fault. */
    public PrivacyException(Fault fault) {
        super(Objects.requireNonNull(fault).code);
        this.fault = fault;
    }

    /** What was wrong. */
    public Fault fault() {
        return fault;
    }

    static void require(boolean withinLimits) {
        if (!withinLimits) {
            throw new PrivacyException(Fault.OUT_OF_LIMITS);
        }
    }
}
