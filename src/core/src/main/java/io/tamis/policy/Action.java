package io.tamis.policy;

/** What is done with a value. A step-up (break-glass) is an action of its own, never an overlapping permit. */
public enum Action {
    READ,
    COMPUTE,
    COMPUTE_ENCRYPTED,
    AGGREGATE,
    MATCH,
    TRAIN,
    EXPORT,
    STORE,
    BREAK_GLASS
}
