package io.tamis.holder.check;

import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.he.Aggregate;
import io.tamis.he.threshold.MerchantKey;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.SignedTicket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a holder's check of a ticket came to. A refusal is a value. */
public sealed interface TicketVerdict {
    /**
     * Every check holds: a share may be made, once the own log has it.
     *
     * @param sums the re-executed aggregates in the order of segments
     * @param charge the ledger entry that pays
     * @param resultKey the key the ticket names, to which alone the sums are opened; empty when it names none
     */
    record Accepted(SignedTicket ticket, List<Aggregate> sums, EventId charge, Optional<MerchantKey> resultKey)
            implements TicketVerdict {
        public Accepted {
            Objects.requireNonNull(ticket);
            Objects.requireNonNull(charge);
            sums = List.copyOf(sums);
            // Whatever a caller mixes up: no plain share of what was asked for a key, and none to a key that was not
            // asked for.
            if (!resultKey.map(MerchantKey::hash).equals(ticket.ticket().asked().resultKey())) {
                throw new IllegalArgumentException("another result key than the ticket's");
            }
        }
    }

    /** This very ticket was answered before, and neither it nor its key epoch is over: the stored share is sent again, nothing is drawn anew. */
    record Answered(Hash ticket) implements TicketVerdict {
        public Answered {
            Objects.requireNonNull(ticket);
        }
    }

    /** No share; the first reason in the order of the checks. */
    record Refused(HolderRefusal reason) implements TicketVerdict {
        public Refused {
            Objects.requireNonNull(reason);
        }
    }
}
