package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.Arrays;

/** One thing a permit may require. */
public enum Requirement {
    CONSENT("consent"),
    PIA("pia"),
    MIN_COHORT("minCohort"),
    MAX_RHO_MICRO("maxRhoMicro"),
    MAX_EPSILON_MICRO("maxEpsilonMicro"),
    APPROVALS("approvals"),
    STRONG_AUTH("strongAuth"),
    DPO_APPROVAL("dpoApproval");

    private final String wire;

    Requirement(String wire) {
        this.wire = wire;
    }

    /** The name in policy files and ledger entries. */
    public String wire() {
        return wire;
    }

    /** The requirement with this name in files. */
    public static Requirement fromWire(String wire) {
        return Arrays.stream(values())
                .filter(requirement -> requirement.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
    }
}
