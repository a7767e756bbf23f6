package io.tamis.audience.tickets;

/** Where a ticket is. */
enum TicketState {
    /** Sealed and paid; too few key holders were seen to name an active set. */
    WAITING,
    /** The active set is chosen and written down; the entry's proof is not there yet. */
    ISSUING,
    /** Issued: its active set may answer. */
    OPEN,
    /** All shares were in, and the job was released or refused by its release check. */
    OPENED,
    /** A holder of the active set will not open it. */
    REFUSED,
    /** All shares were in and gave no sensible numbers, or the key is gone. */
    FAILED,
    /** The job ended otherwise. */
    ENDED;

    boolean over() {
        return switch (this) {
            case WAITING, ISSUING, OPEN -> false;
            case OPENED, REFUSED, FAILED, ENDED -> true;
        };
    }
}
