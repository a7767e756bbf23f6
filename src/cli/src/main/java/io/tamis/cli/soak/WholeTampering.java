package io.tamis.cli.soak;

/** What an administrator may do to the log as a whole while the server is down, so that it starts on another log. */
enum WholeTampering {
    /** A backup is put back: later entries are gone, everything fits. */
    ROLL_BACK,
    /** An anchored entry becomes one that never was, and head, tiles and checkpoints are made to fit. */
    FORK,
    /** Two anchored entries change places, and everything is made to fit. */
    REORDER,
    /** The head says another root. */
    HEAD,
    /** The newest checkpoint is edited. */
    CHECKPOINT,
    /** A key is destroyed, and no entry says so. */
    KEY,
    /** What is younger than the newest anchor is rewritten: the one thing nobody sees. */
    WINDOW
}
