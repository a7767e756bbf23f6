package io.tamis.audience.tickets;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.he.KeyEpoch;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketId;
import io.tamis.privacy.NoisedUsers;
import java.util.List;
import java.util.Optional;

/**
 * A ticket as stored.
 *
 * @param draft what will be asked: as issued, but for active set, evidence and validity
 * @param signed as issued
 * @param evidence entries the ticket must show: submitted, charged, approvals
 */
record TicketRow(
        TicketId id,
        JobId job,
        KeyEpoch epoch,
        TicketState state,
        DecryptionTicket draft,
        Optional<SignedTicket> signed,
        SealedTerms terms,
        NoisedUsers users,
        List<SealedSegment> segments,
        OpenedMax openedMax,
        List<EventId> evidence) {
    TicketRow {
        segments = List.copyOf(segments);
        evidence = List.copyOf(evidence);
    }

    /** As issued. */
    SignedTicket issued() {
        return signed.orElseThrow();
    }

    /** {@link SignedTicket#hash}. */
    Hash hash() {
        return issued().hash();
    }
}
