package io.tamis.ledger.witness;

import io.tamis.log.SignedNote;

/** What came back from a witness. */
sealed interface Reply {
    /** A cosignature that verifies under the witness's key. */
    record Cosigned(SignedNote.Signature signature) implements Reply {}

    /** It knows a tree of this size. */
    record Conflict(long size) implements Reply {}

    /** It refuses: 400, 403, 404, 422. */
    record Refused(int status) implements Reply {}

    /** A yes without a valid cosignature of the witness's key, or an answer of no documented form. */
    record Nonsense() implements Reply {}

    /** No answer in time, or one that says to come again. */
    record Silent() implements Reply {}
}
