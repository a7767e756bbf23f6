package io.tamis.holder.slots;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import java.util.List;

/** Where a round stands by what its messages say. */
public sealed interface RoundStanding {
    /** These have yet to speak in this step. In {@code VERDICTS} not all of them are needed. */
    record Open(RoundStep step, List<PartyId> missing) implements RoundStanding {
        public Open {
            missing = List.copyOf(missing);
        }
    }

    /** A holder says this slot's root cannot be rebuilt: the reader finds out with {@link SlotAudit}. */
    record Disputed(PartyId by, int slot) implements RoundStanding {}

    /** The platform is at fault: its slots are void, it is out for this key epoch and dataset. */
    record Failed(SlotFault fault) implements RoundStanding {}

    /**
     * Void without the platform's fault; the next attempt has fresh seeds. These holders fell silent or broke a rule; none when
     * the board itself is not right.
     */
    record Voided(List<PartyId> parties) implements RoundStanding {
        public Voided {
            parties = List.copyOf(parties);
        }
    }

    /**
     * The upload is open for these holders' sums.
     *
     * @param by the holders that passed it
     * @param coin decides the survivors: {@link io.tamis.holder.Coins#survivor}
     */
    record Passed(List<PartyId> by, Hash coin) implements RoundStanding {
        public Passed {
            by = List.copyOf(by);
        }
    }
}
