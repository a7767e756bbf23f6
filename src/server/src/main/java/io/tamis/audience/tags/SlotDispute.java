package io.tamis.audience.tags;

import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.tags.RoundRows.Row;
import io.tamis.data.Hash;
import io.tamis.holder.slots.Round;
import io.tamis.holder.slots.SlotAudit;
import io.tamis.holder.slots.SlotPlan;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** What a platform opened of a slot, and whether it gives the root it had committed to. */
@Singleton
class SlotDispute {
    private final BlobShelf blobs;
    private final Schemes schemes;

    SlotDispute(BlobShelf blobs, Schemes schemes) {
        this.blobs = blobs;
        this.schemes = schemes;
    }

    /** True when this slot's root is not rebuilt from what the platform opened: 63 candidates, some 26 ms. */
    boolean isTrue(Row row, Round round, KeyStanding key, int slot) {
        SlotPlan plan = round.plan().orElseThrow();
        Hash coin = round.coin().orElseThrow();
        var root = round.roots().flatMap(hash -> blobs.find(row.id(), hash, (long) slot * Hash.LENGTH, Hash.LENGTH));
        var opening = opening(row.id(), plan, round.openings(), slot, 0, plan.openingBytes());
        if (root.isEmpty() || opening.isEmpty()) {
            return true;
        }
        return new SlotAudit(row.context(), plan, schemes.candidates(key))
                .survivor(slot, Hash.of(root.get()), coin, opening.get())
                .isEmpty();
    }

    /** The hash that the c1 of this slot must have; empty when the opening has none. */
    Optional<Hash> survivor(BoardId round, PassedSlots slots, int slot) {
        SlotPlan plan = slots.plan();
        return opening(round, plan, slots.openings(), slot, plan.openingBytes() - Hash.LENGTH, Hash.LENGTH)
                .map(Hash::of);
    }

    private Optional<byte[]> opening(
            BoardId round, SlotPlan plan, List<Hash> openings, int slot, int from, int length) {
        int chunk = slot / plan.chunkSlots();
        if (chunk >= openings.size()) {
            return Optional.empty();
        }
        long at = (long) (slot % plan.chunkSlots()) * plan.openingBytes() + from;
        return blobs.find(round, openings.get(chunk), at, length);
    }
}
