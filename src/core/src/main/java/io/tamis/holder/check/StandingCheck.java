package io.tamis.holder.check;

import io.tamis.data.PartyId;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.SignedTicket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Item 1, without policy: whose ticket it is, under which roster and key, for how long, and who must answer. */
final class StandingCheck {
    private final HolderFacts facts;
    private final Instant now;

    StandingCheck(HolderFacts facts, Instant now) {
        this.facts = facts;
        this.now = now;
    }

    Optional<HolderRefusal> refusal(SignedTicket signed) {
        DecryptionTicket ticket = signed.ticket();
        Roster roster = facts.roster();
        if (!signed.verifiedBy(roster.server().bytes())) {
            return Optional.of(HolderRefusal.TICKET_SIGNATURE);
        }
        if (!ticket.rosterHash().equals(roster.hash())) {
            return Optional.of(HolderRefusal.ROSTER_UNKNOWN);
        }
        Optional<HolderRefusal> over = over(ticket);
        if (over.isPresent()) {
            return over;
        }
        if (!ticket.asked().bundle().equals(facts.bundle().contentHash())) {
            return Optional.of(HolderRefusal.BUNDLE_UNKNOWN);
        }
        if (!wellFormed(ticket.activeSet(), roster)) {
            return Optional.of(HolderRefusal.ACTIVE_SET);
        }
        if (!ticket.activeSet().contains(facts.party())) {
            return Optional.of(HolderRefusal.NOT_ACTIVE);
        }
        return ticket.lambda() == roster.limit().lambda() ? Optional.empty() : Optional.of(HolderRefusal.LAMBDA);
    }

    /**
     * What may have come true of a ticket after it was answered: its key epoch has ended, or its time is over. From then on a
     * stored share does not leave either.
     */
    Optional<HolderRefusal> over(DecryptionTicket ticket) {
        if (!facts.openEpochs().serves(ticket.keyEpoch())) {
            return Optional.of(HolderRefusal.KEY_EPOCH);
        }
        return valid(ticket.validity()) ? Optional.empty() : Optional.of(HolderRefusal.TICKET_EXPIRED);
    }

    private boolean valid(DecryptionTicket.Validity validity) {
        return !validity.issuedAt().isAfter(now.plus(TicketLimits.CLOCK_SKEW))
                && now.isBefore(validity.expiresAt())
                && !validity.expiresAt().isAfter(validity.issuedAt().plus(TicketLimits.VALIDITY_MAX));
    }

    /** Fewer than the threshold open nothing, and a name twice would be a holder whose noise is not there. */
    private static boolean wellFormed(List<PartyId> activeSet, Roster roster) {
        return activeSet.size() >= roster.threshold()
                && List.copyOf(new TreeSet<>(activeSet)).equals(activeSet)
                && roster.holderParties().containsAll(activeSet);
    }
}
