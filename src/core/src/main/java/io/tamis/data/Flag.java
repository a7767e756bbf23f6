package io.tamis.data;

/** Legal facts about a column beside its level; each may set a floor under the level. */
public enum Flag {
    PERSONAL,
    SENSITIVE_PERSONAL,
    MINOR_U14,
    CROSS_BORDER,
    LOOKS_REAL
}
