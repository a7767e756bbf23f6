package io.tamis.audience.tickets;

import io.tamis.data.Actor;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What happens to tickets, as entries of the log, each in the transaction of the state it records. */
@Singleton
class TicketMinutes {
    private final Ledger ledger;
    private final Events events;

    TicketMinutes(Ledger ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
    }

    /**
     * Which holders are asked, and to open what, for which charge. The ticket shows this entry's proof, so it cannot name the
     * ticket's hash: it names what is opened by the hash of the aggregates.
     */
    EventId issued(Handle tx, TicketRow row, List<PartyId> active) {
        var draft = row.draft();
        return ledger.append(
                tx,
                about(events.bySystem(EventType.TICKET_ISSUED, draft.asked().merchant()), draft)
                        .with("charge", Json.of(row.charge().toString()))
                        .with("keyEpoch", Json.of(draft.keyEpoch()))
                        .with("openings", Json.of(draft.segments().size()))
                        .with("aggregates", Json.of(draft.aggregatesHash().hex()))
                        .with(
                                "holders",
                                Json.strings(active.stream().map(PartyId::value).toList()))
                        .build());
    }

    /** A share came in. */
    EventId shared(Handle tx, Actor holder, SignedTicket signed, Hash share) {
        return ledger.append(
                tx,
                about(events.of(EventType.KEY_SHARE_USED, holder), signed)
                        .with("keyEpoch", Json.of(signed.ticket().keyEpoch()))
                        .with("share", Json.of(share.hex()))
                        .build());
    }

    /** A holder will not open, and says why. */
    EventId refused(Handle tx, Actor holder, SignedTicket signed, HolderRefusal refusal) {
        return ledger.append(
                tx,
                about(events.of(EventType.HOLDER_REFUSED, holder), signed)
                        .with("refusal", Json.of(refusal.name()))
                        .build());
    }

    private static Events.Builder about(Events.Builder event, SignedTicket signed) {
        return about(event, signed.ticket())
                .with("ticketHash", Json.of(signed.hash().hex()));
    }

    private static Events.Builder about(Events.Builder event, DecryptionTicket ticket) {
        return event.collaboration(ticket.asked().collaboration())
                .job(ticket.asked().job())
                .with("ticket", Json.of(ticket.id().toString()));
    }
}
