package io.tamis.data;

import java.util.EnumSet;
import java.util.Set;

/** What a column may be used for in a job. An owner narrows the rights of a level, never widens them. */
public enum Use {
    PUBLIC,
    GROUP_KEY,
    FILTER_ONLY,
    AGGREGATE_ONLY,
    JOIN_ONLY,
    ENCRYPTED_ONLY,
    DENY;

    /** The uses of a column whose owner has said nothing. */
    public static Set<Use> defaultsOf(Level level) {
        return switch (level) {
            case L1 -> EnumSet.of(PUBLIC);
            case L2, L3 -> EnumSet.of(GROUP_KEY, FILTER_ONLY, AGGREGATE_ONLY);
            case L4 -> EnumSet.of(JOIN_ONLY);
            case L5 -> EnumSet.of(DENY);
        };
    }
}
