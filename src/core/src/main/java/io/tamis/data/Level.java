package io.tamis.data;

/**
 * How sensitive a value is. The order is the strictness: a value derived from several inputs has the greatest of their
 * levels unless a treatment lowers it.
 */
public enum Level {
    /** Public: category, list price. */
    L1,
    /** Internal: order date, city tier. */
    L2,
    /** Behaviour: purchases, clicks, amounts. */
    L3,
    /** Identifying data and the social chain: phone, device, address, friends. */
    L4,
    /** Core identity: resident id, bank card, biometrics, anything of a child under 14. */
    L5;

    /** The level of a column nobody has labelled: never a low one. */
    public static final Level UNLABELLED = L4;

    /** The stricter of the two. */
    public Level max(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** True when this level is at least as strict as {@code other}. */
    public boolean atLeast(Level other) {
        return compareTo(other) >= 0;
    }
}
