package io.tamis.audience.tags;

import io.tamis.data.Hash;
import io.tamis.holder.slots.SlotAudit;
import io.tamis.holder.slots.SlotPlan;
import java.util.List;
import java.util.Objects;

/**
 * What of a passed round decides which c1 a slot takes; it never changes again.
 *
 * @param coin chose each slot's survivor
 * @param openings the blobs with the survivors' hashes
 * @param audit of this round
 */
record PassedSlots(SlotPlan plan, Hash coin, List<Hash> openings, SlotAudit audit) {
    PassedSlots {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(coin);
        Objects.requireNonNull(audit);
        openings = List.copyOf(openings);
    }

    /** The hash of a c1 as the slot's surviving candidate. */
    Hash hash(int slot, byte[] c1) {
        return audit.uploaded(slot, coin, c1);
    }
}
