package io.tamis.jobs;

/** Where a job is. The gates are states: nothing passes one without leaving a trace in the history and the ledger. */
enum JobState {
    SUBMITTED,
    POLICY_CHECK,
    QUEUED,
    RUNNING,
    RELEASE_CHECK,
    SUCCEEDED,
    REFUSED,
    FAILED,
    TIMED_OUT,
    CANCELLED;

    /** True when no further state follows. */
    boolean terminal() {
        return switch (this) {
            case SUBMITTED, POLICY_CHECK, QUEUED, RUNNING, RELEASE_CHECK -> false;
            case SUCCEEDED, REFUSED, FAILED, TIMED_OUT, CANCELLED -> true;
        };
    }
}
