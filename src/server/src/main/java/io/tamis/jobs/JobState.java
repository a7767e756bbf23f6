package io.tamis.jobs;

/** Where a job is. The gates are states: nothing passes one without leaving a trace in the history and the ledger. */
enum JobState {
    SUBMITTED,
    POLICY_CHECK,
    /** The owners of what it reads have to agree; nothing is reserved yet. */
    AWAITING_APPROVAL,
    QUEUED,
    RUNNING,
    /** Its sums are sealed and paid for; key holders have to open them. */
    AWAITING_SHARES,
    RELEASE_CHECK,
    SUCCEEDED,
    REFUSED,
    FAILED,
    TIMED_OUT,
    CANCELLED;

    /** True when no further state follows. */
    boolean terminal() {
        return switch (this) {
            case SUBMITTED, POLICY_CHECK, AWAITING_APPROVAL, QUEUED, RUNNING, AWAITING_SHARES, RELEASE_CHECK -> false;
            case SUCCEEDED, REFUSED, FAILED, TIMED_OUT, CANCELLED -> true;
        };
    }
}
