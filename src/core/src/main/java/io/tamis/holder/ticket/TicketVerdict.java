package io.tamis.holder.ticket;

import io.tamis.data.Hash;
import java.util.Objects;

/** What a holder's check of a ticket came to. A refusal is a value. */
public sealed interface TicketVerdict {
    /** Every check holds: a share may be made, once the own log has it. */
    record Accepted(SignedTicket ticket) implements TicketVerdict {
        public Accepted {
            Objects.requireNonNull(ticket);
        }
    }

    /** This very ticket was answered before: the stored share is sent again, nothing is drawn anew. */
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
