package io.tamis.jobs.selection;

/** How a condition compares. */
public enum Operator {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    IN,
    IS_NULL,
    NOT_NULL
}
