package io.tamis.data;

/** Who may ask a dataset. Nobody ever reads its rows; this is about whose jobs may be planned over it. */
public enum Sharing {
    /** Its owner alone, and members of a collaboration it is attached to, inside it. What a declaration says by silence. */
    COLLABORATION,
    /** Any merchant besides, without a collaboration: policy, budget and noise are all that stand between. */
    PUBLISHED
}
