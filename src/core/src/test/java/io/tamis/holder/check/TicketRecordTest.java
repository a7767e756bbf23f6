package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.LedgerOfTickets;
import io.tamis.holder.ticket.TicketEvidence;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.Tickets;
import io.tamis.log.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Several openings for one charge: a server with all but one of a threshold's holders gives each honest holder a ticket of its own.
 * A holder cannot see the others'; it sees to it that its own is in the ledger, alone for this job, as it is.
 */
class TicketRecordTest {
    private final TicketWorld world = new TicketWorld();
    private final TicketDraft draft = world.draft;

    @Test
    void ticket_writtenDownOnce_isAccepted() {
        world.recorded = false;
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    @Test
    void ticket_thatTheLedgerDoesNotHave_isRefused() {
        world.recorded = false;
        draft.evidence = without(EventType.TICKET_ISSUED);
        refused();
    }

    /** The second ticket for one charge, shown to another holder with the entry of the first. */
    @Test
    void secondActiveSet_underTheEntryOfTheFirst_isRefused() {
        world.recorded = false;
        draft.activeSet = List.of(TicketWorld.SELF, new PartyId("holder-2"));
        refused();
    }

    @Test
    void secondTicket_underTheEntryOfTheFirst_isRefused() {
        world.recorded = false;
        draft.id = TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad93");
        refused();
    }

    /** Both entries of two tickets shown: the holder need not choose. */
    @Test
    void twoEntriesOfOneJob_areRefused() {
        world.recorded = false;
        var more = new ArrayList<>(draft.evidence);
        more.add(world.ledger.evidence(world.issued(world.charge().orElseThrow())));
        draft.evidence = List.copyOf(more);
        refused();
    }

    @Test
    void entry_withAnythingElseThanTheTicket_isRefused() {
        world.recorded = false;
        Json.Obj honest = world.issuedFor(world.charge().orElseThrow());
        for (Json.Obj other : List.of(
                honest.with("ticket", Json.of("tk_0190163d-8694-739b-aea5-966c26f8ad93")),
                honest.with("job", Json.of("job_0190163d-8694-739b-aea5-966c26f8ad99")),
                honest.with("charge", Json.of(Tickets.event(1).toString())),
                honest.with("keyEpoch", Json.of(draft.keyEpoch + 1)),
                honest.with("openings", Json.of(1)),
                honest.with("openings", Json.of("2")),
                honest.with("aggregates", Json.of(Tickets.hash("others").hex())),
                honest.with("holders", Json.strings(List.of("holder-1", "holder-2"))),
                honest.with("holders", Json.strings(List.of("holder-3", "holder-1"))),
                honest.with("holders", Json.strings(List.of("holder-1"))),
                honest.without("charge"),
                honest.without("holders"))) {
            world.replaceIssue(issued(other));
            refused();
        }
        world.replaceIssue(issued(honest));
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    @Test
    void entry_ofAnotherLedger_isRefused() {
        world.recorded = false;
        var other = new LedgerOfTickets(2);
        EventId forged = other.append(
                EventType.TICKET_ISSUED,
                draft.validity.issuedAt(),
                world.issuedFor(world.charge().orElseThrow()));
        var evidence = new ArrayList<>(without(EventType.TICKET_ISSUED));
        evidence.add(other.evidence(forged));
        draft.evidence = List.copyOf(evidence);
        refused();
    }

    private EventId issued(Json.Obj members) {
        return world.ledger.append(EventType.TICKET_ISSUED, draft.validity.issuedAt(), members);
    }

    private List<TicketEvidence> without(EventType type) {
        return draft.evidence.stream()
                .filter(evidence -> !evidence.event().type().equals(Optional.of(type)))
                .toList();
    }

    private void refused() {
        assertEquals(new TicketVerdict.Refused(HolderRefusal.TICKET_UNRECORDED), world.verdict());
    }
}
