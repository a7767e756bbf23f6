package io.tamis.holder.slots;

import io.tamis.data.Hash;
import io.tamis.holder.SignedMessage;
import java.util.List;

/** What a holder does next in a round. */
public sealed interface RoundAct {
    /**
     * Say this. The caller stores the message durably FIRST: it must never say another thing in this step, and gives all it has
     * ever stored of the round back to {@link HolderRound#next}.
     */
    record Post(SignedMessage message) implements RoundAct {}

    /** Ask again later: the round stands like this, or blobs are not there yet. */
    record Waiting(RoundStanding standing) implements RoundAct {}

    /** The round is over, or shows the holder something else than before ({@link RoundStanding.Voided} of nobody). */
    record Over(RoundStanding standing) implements RoundAct {}

    /**
     * The round is open for uploads and this holder has passed it itself. It keeps the survivors: they are the inputs it will
     * accept in a ticket.
     *
     * @param survivors a hash a slot, in order: {@link SlotAudit#uploaded} of the c1 that may be uploaded
     */
    record Passed(SlotPlan plan, Hash coin, List<Hash> survivors) implements RoundAct {
        public Passed {
            survivors = List.copyOf(survivors);
        }
    }
}
