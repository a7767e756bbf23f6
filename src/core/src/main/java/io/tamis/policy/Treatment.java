package io.tamis.policy;

import io.tamis.data.Level;
import java.util.Set;

/**
 * The form in which a value may be seen, partially ordered by strictness (policy note, section 4): RAW is below all,
 * TOKEN below PSEUDONYM; PARTIAL, GENERALIZE and PSEUDONYM below DP_AGGREGATE; everything below SUPPRESS.
 */
public enum Treatment {
    RAW,
    PARTIAL,
    GENERALIZE,
    TOKEN,
    PSEUDONYM,
    ENCRYPTED,
    DP_AGGREGATE,
    SUPPRESS;

    /** True when {@code other} is this treatment or a stricter one. False for incomparable ones. */
    public boolean atMost(Treatment other) {
        if (this == other || this == RAW || other == SUPPRESS) {
            return true;
        }
        return switch (this) {
            case TOKEN -> other == PSEUDONYM || other == DP_AGGREGATE;
            case PARTIAL, GENERALIZE, PSEUDONYM -> other == DP_AGGREGATE;
            case RAW, ENCRYPTED, DP_AGGREGATE, SUPPRESS -> false;
        };
    }

    /**
     * The level of a value in this form. Only a keyed pseudonym, an encrypted tag and an approved aggregate lower it
     * (policy note, section 2); a suppressed value says nothing.
     */
    public Level levelOf(Level input) {
        return switch (this) {
            case RAW, PARTIAL, GENERALIZE, TOKEN -> input;
            case PSEUDONYM, ENCRYPTED -> input.atLeast(Level.L3) ? Level.L3 : input;
            case DP_AGGREGATE -> input.atLeast(Level.L2) ? Level.L2 : input;
            case SUPPRESS -> Level.L1;
        };
    }

    /**
     * The member that is at least as strict as every other; SUPPRESS when the set has no such member. It looks at the
     * whole set at once: folding pairs gives an answer that depends on their order.
     */
    public static Treatment strictest(Set<Treatment> treatments) {
        return treatments.stream()
                .filter(candidate -> treatments.stream().allMatch(other -> other.atMost(candidate)))
                .findFirst()
                .orElse(SUPPRESS);
    }
}
