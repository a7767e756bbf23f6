package io.tamis.holder.ceremony;

/** Why a ceremony was aborted. All but the last two name the party whose signed messages prove it. */
public enum Fault {
    /** A message is not of its documented form. */
    MALFORMED,
    /** A message was made over another transcript than the others'. */
    OTHER_TRANSCRIPT,
    /** A party said two things in one step. */
    SAID_TWICE,
    /** The nonce or coin is not the one committed to. */
    WRONG_REVEAL,
    /** The seeds and the chosen candidate do not give the root committed to, bit for bit. */
    WRONG_OPENING,
    /** A party accused another one whose messages are right. */
    FALSE_VERDICT,
    /** The party's shares, partial openings or statement are not what its disclosed secret gives. */
    WRONG_SHARES,
    /** The statement of success is not the key all can compute, or success was stated of a test that failed. */
    WRONG_KEY,
    /** The party said nothing in time. */
    SILENT,
    /** The board holds what no party signed, or not what this holder posted: whoever runs it is at fault. */
    BOARD_FORGED,
    /** The board no longer shows what it showed when this holder spoke. */
    BOARD_CHANGED
}
