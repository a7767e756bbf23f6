package io.tamis.cli.audit;

import io.tamis.data.Json;
import java.util.Objects;

/**
 * Something an audit found.
 *
 * @param where a file's path, or {@code entry N}
 * @param detail what exactly, in words
 */
public record Finding(String where, Kind kind, String detail) {
    public Finding {
        Objects.requireNonNull(where);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(detail);
    }

    /** What is wrong. */
    public enum Kind {
        /** The files are not what the log signed; the detail is the log's own word for it. */
        EXPORT_BROKEN,
        /** An entry does not say what its type has to say. */
        ENTRY_MALFORMED,
        /** An entry can no longer be opened: its key was destroyed, as the log itself says. */
        ENTRY_ERASED,
        /** An entry is withheld as erased, and no entry says that its key was destroyed. */
        ERASED_WITHOUT_RECORD,
        /** The log is shorter than it is known to be. */
        LOG_TOO_SHORT,
        /** The log is shorter than an earlier audit, or the chain, has seen it. */
        LOG_ROLLED_BACK,
        /** The log is signed and does not begin with the entries that an earlier audit has seen. */
        LOG_FORKED,
        /** A new year's log does not say that it continues the one before. */
        LOG_NOT_CONTINUED,
        /** Fewer witnesses cosigned the checkpoint than must have; none wrongly. */
        WITNESSES_MISSING,
        /** A line of a known witness is wrong: forged, or of another checkpoint. */
        WITNESS_WRONG,
        /** The chain holds another root than the log has, or holds one no longer. */
        ANCHOR_DIFFERS,
        /** The chain holds a root of more entries than there are: an older export, or a log rolled back. */
        LOG_BEHIND_CHAIN,
        /** An anchored root lies before what this run looked at. */
        ANCHOR_NOT_COMPARED,
        /** The newest entries are not anchored yet. */
        NOT_ANCHORED,
        /** The auditor's node does not answer, or answers nonsense. */
        CHAIN_UNREADABLE,
        /** A bundle's files do not have the hash they are named after, or are no valid bundle. */
        BUNDLE_INVALID,
        /** A decision names a bundle that the export does not hold. */
        BUNDLE_MISSING,
        /** A decision names a bundle that no entry brought into force. */
        BUNDLE_NOT_IN_FORCE,
        /** Decided again, the answer is another. */
        DECISION_DIFFERS,
        /** What was asked is not what the bundle declares of the column, or not the caller's role. */
        DECISION_FACT_DIFFERS,
        /** A decision was split and a part is missing. */
        DECISION_PART_MISSING,
        /** Budget was reserved, or a result released, for a job that nothing permitted. */
        PERMIT_MISSING,
        /** A charge moved in a way that charges do not move: twice, or without the move before. */
        BUDGET_MOVE_ILLEGAL,
        /** A charge is not the one that was reserved, or does not touch every row it must. */
        BUDGET_ROWS_WRONG,
        /** A merchant's month on a dataset was spent by two mechanisms. */
        BUDGET_MODE_MIXED,
        /** More was spent than the bundle's cap, or a cap was set above it. */
        BUDGET_OVER_CAP,
        /** A sum over encrypted tags was opened or released without an owner's approval of that question, or against it. */
        APPROVAL_MISSING,
        /** A second ticket for one job or one charge: key holders were asked to open more than was paid. */
        TICKET_REPEATED,
        /** A ticket for a job that was not charged, or for another's charge. */
        TICKET_UNPAID,
        /** A key holder's share for a ticket that was not issued, or does not ask that holder; or a second one. */
        SHARE_UNMATCHED,
        /** A result was released without a charge, and is not an earlier answer given again. */
        RELEASE_UNPAID,
        /** A job released twice. */
        RELEASE_REPEATED,
        /** A release is not about the datasets, or not inside the collaboration, that were decided on. */
        RELEASE_SUBJECT_DIFFERS,
        /** Something was attached, reserved, released or made in a collaboration whose keys were destroyed before. */
        COLLABORATION_ENDED,
        /** A collaboration was closed and its key kept. */
        COLLABORATION_KEY_KEPT,
        /** Something was done in a collaboration by a party that is not among its members, has not signed or has left. */
        COLLABORATION_NOT_MEMBER,
        /** Something was done in a collaboration before all of its members had signed. */
        COLLABORATION_UNSIGNED,
        /** Something was done in a collaboration that no entry created. */
        COLLABORATION_UNKNOWN,
        /** An agreementHash is not that of the terms, or a release is for a purpose that is not among them. */
        COLLABORATION_TERMS_DIFFER,
        /** Something was delivered that was not released as such. */
        DELIVERY_UNMATCHED
    }

    /** Machine-readable. */
    public Json.Obj toJson() {
        return Json.object()
                .put("where", where)
                .put("kind", kind.name())
                .put("detail", detail)
                .build();
    }

    @Override
    public String toString() {
        // Names of files are an export's own: an escape sequence in one could write "VALID" on a terminal.
        return (where + ": " + kind + ", " + detail).replaceAll("\\p{C}", "?");
    }
}
