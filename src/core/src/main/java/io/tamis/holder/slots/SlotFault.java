package io.tamis.holder.slots;

/** How a platform failed a round. Its own signed messages prove all but the last. */
public enum SlotFault {
    /** It signed two plans or two openings. */
    SAID_TWICE,
    /** What it signed is not of the documented form, or of another plan or coin. */
    MALFORMED,
    /** A slot's seeds and its survivor's hash do not give the root it committed to. */
    ROOT_DIFFERS,
    /** It did not open within the time. */
    LATE
}
