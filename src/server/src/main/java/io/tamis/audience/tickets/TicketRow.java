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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ticket as stored.
 *
 * @param draft what will be asked: as issued, but for active set, evidence and validity
 * @param issue the entry that names its active set; from {@link TicketState#ISSUING} on
 * @param signed as issued
 * @param evidence entries the ticket must show beside that: submitted, charged, approvals
 */
record TicketRow(
        TicketId id,
        JobId job,
        KeyEpoch epoch,
        TicketState state,
        DecryptionTicket draft,
        Optional<EventId> issue,
        Optional<SignedTicket> signed,
        SealedTerms terms,
        Optional<NoisedUsers> users,
        List<SealedSegment> segments,
        OpenedMax openedMax,
        List<EventId> evidence) {
    private static final int CHARGE = 1;

    TicketRow {
        segments = List.copyOf(segments);
        evidence = List.copyOf(evidence);
        if (evidence.size() <= CHARGE) {
            throw new IllegalArgumentException("a ticket of a job that was not charged");
        }
    }

    /** The {@code budget.charged} entry. */
    EventId charge() {
        return evidence.get(CHARGE);
    }

    /** The entries whose proofs the ticket shows, once its active set is chosen. */
    List<EventId> shown() {
        var all = new ArrayList<>(evidence);
        all.add(issue.orElseThrow());
        return List.copyOf(all);
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
