package io.tamis.holder.check;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.TicketApproval;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketEvidence;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.TicketNoise;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.log.BudgetRow;
import io.tamis.log.JobQuestion;
import java.util.List;

/** A ticket's members, each to be changed by an attack, before it is signed. */
final class TicketDraft {
    TicketId id;
    DecryptionTicket.Asked asked;
    JobQuestion question;
    long keyEpoch;
    Hash rosterHash;
    List<TicketSource> sources;
    List<TicketSegment> segments;
    TicketBounds bounds;
    TicketNoise noise;
    List<BudgetRow> charges;
    List<PartyId> activeSet;
    int lambda;
    List<TicketApproval> approvals;
    List<TicketEvidence> evidence;
    DecryptionTicket.Validity validity;

    DecryptionTicket ticket() {
        return new DecryptionTicket(
                id,
                asked,
                question,
                keyEpoch,
                rosterHash,
                sources,
                segments,
                bounds,
                noise,
                charges,
                activeSet,
                lambda,
                approvals,
                evidence,
                validity);
    }
}
