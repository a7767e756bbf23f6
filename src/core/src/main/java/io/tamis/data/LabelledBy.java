package io.tamis.data;

/** Who gave a column its level. */
public enum LabelledBy {
    STEWARD,
    PROFILER_CONFIRMED,
    PROFILER_RAISED,
    DEFAULT
}
