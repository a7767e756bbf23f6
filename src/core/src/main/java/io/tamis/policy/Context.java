package io.tamis.policy;

/** Where a value would appear. */
public enum Context {
    AT_REST,
    IN_TRANSIT,
    SANDBOX_INPUT,
    SANDBOX_OUTPUT,
    LOG,
    SUBJECT_UI,
    CASE_UI,
    RECORD_UI
}
