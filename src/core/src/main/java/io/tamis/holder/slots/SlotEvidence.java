package io.tamis.holder.slots;

import io.tamis.data.Hash;
import io.tamis.he.SlotCandidates;
import io.tamis.holder.Blobs;
import java.util.Arrays;
import java.util.Optional;

/**
 * Settles an accusation: whoever has the board and two blobs finds out whether a slot's root can be rebuilt, at the cost of one
 * slot. The server does it before it puts a platform out, an auditor does it again.
 */
public final class SlotEvidence {
    private final SlotContext context;
    private final SlotCandidates candidates;

    /** Evidence of a round under this key epoch's candidates. */
    public SlotEvidence(SlotContext context, SlotCandidates candidates) {
        this.context = context;
        this.candidates = candidates;
    }

    /**
     * True when the platform's own messages show the slot to be right, false when they show it to be wrong, empty while a blob
     * is missing. The round must have an opening, which includes a plan, coins and reveals that fit.
     */
    public Optional<Boolean> isRight(Round round, int slot, Blobs blobs) {
        var plan = round.plan().orElseThrow();
        int chunk = slot / plan.chunkSlots();
        var roots = round.roots().flatMap(blobs::checked);
        var openings = blobs.checked(round.openings().get(chunk));
        if (roots.isEmpty() || openings.isEmpty()) {
            return Optional.empty();
        }
        int first = chunk * plan.chunkSlots();
        int slots = Math.min(plan.chunkSlots(), plan.slots() - first);
        if (roots.get().length != plan.slots() * Hash.LENGTH || openings.get().length != slots * plan.openingBytes()) {
            return Optional.of(false);
        }
        int at = (slot - first) * plan.openingBytes();
        var root = Hash.of(Arrays.copyOfRange(roots.get(), slot * Hash.LENGTH, (slot + 1) * Hash.LENGTH));
        byte[] opening = Arrays.copyOfRange(openings.get(), at, at + plan.openingBytes());
        return Optional.of(new SlotAudit(context, plan, candidates)
                .survivor(slot, root, round.coin().orElseThrow(), opening)
                .isPresent());
    }
}
