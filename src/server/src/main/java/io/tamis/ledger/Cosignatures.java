package io.tamis.ledger;

import io.tamis.data.EventId;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import java.time.Duration;
import java.util.Optional;

/**
 * What independent witnesses have cosigned. A quorum of them that has cosigned a checkpoint will cosign no other tree of
 * that size, nor one that does not continue it: who shows such a checkpoint cannot show somebody else another past.
 *
 * <p>NOT promised: anything when fewer than the quorum are independent of the log's operator.
 */
public interface Cosignatures {
    /** How many witnesses make a quorum; 0 when none is asked for. */
    int quorum();

    /** False when fewer witnesses are configured than make a quorum: then no wait can succeed. */
    boolean attainable();

    /** The newest checkpoint of this log that a quorum has cosigned, with their signature lines. */
    Optional<PublishedLog.Published> newest(Origin origin);

    /** A published checkpoint's note with the signature lines of those who have cosigned just this one, as it is if nobody has. */
    SignedNote cosigned(SignedNote note);

    /** True when a checkpoint that covers the event has a quorum, or none is asked for; looks, and does not wait. */
    boolean covers(EventId event);

    /**
     * Waits, at most so long, until {@link #covers}; false when that did not happen. After a wait in vain the next ones only
     * look, until a quorum has answered again: many who ask do not each wait for witnesses that are down.
     */
    boolean awaitQuorum(EventId event, Duration max);
}
