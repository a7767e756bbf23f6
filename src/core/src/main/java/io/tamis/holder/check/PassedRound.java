package io.tamis.holder.check;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Coins;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.SlotAudit;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A slot round that a holder rebuilt bit for bit and passed: which c1 each slot may carry.
 *
 * @param survivors of each slot in order: the hash of the one candidate that was not opened
 */
public record PassedRound(SlotContext context, SlotPlan plan, Hash coin, List<Hash> survivors) {
    private static final int HASH_TEXT = 2 * Hash.LENGTH;
    private static final int NAME_MAX = 64;

    public PassedRound {
        Objects.requireNonNull(context);
        Objects.requireNonNull(plan);
        Objects.requireNonNull(coin);
        survivors = List.copyOf(survivors);
        if (survivors.size() != plan.slots()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** As a holder keeps it between its verdict and the tickets. */
    public Json.Obj json() {
        return Json.object()
                .put("roster", context.roster().hex())
                .put("keyEpoch", context.keyEpoch().number())
                .put("dataset", context.dataset().value())
                .put("version", context.version())
                .put("platform", context.platform().value())
                .put("attempt", context.attempt())
                .put("plan", plan.json())
                .put("coin", coin.hex())
                .put("survivors", Json.strings(survivors.stream().map(Hash::hex).toList()))
                .build();
    }

    /** Reads {@link #json()} strictly. */
    public static PassedRound read(Json json) {
        var fields = new JsonFields(json);
        var context = new SlotContext(
                Hash.parse(fields.string("roster", HASH_TEXT)),
                new KeyEpoch(fields.integer("keyEpoch", 1, Json.Int.MAGNITUDE_MAX)),
                new DatasetId(fields.string("dataset", NAME_MAX)),
                (int) fields.integer("version", 1, Integer.MAX_VALUE),
                new PartyId(fields.string("platform", NAME_MAX)),
                (int) fields.integer("attempt", 1, SlotContext.ATTEMPTS_MAX));
        var round = new PassedRound(
                context,
                SlotPlan.read(fields.value("plan")),
                Hash.parse(fields.string("coin", HASH_TEXT)),
                fields.list("survivors", SlotPlan.SLOTS_MAX, item -> Hash.parse(JsonFields.text(item, HASH_TEXT))));
        fields.end();
        return round;
    }

    /** Whose slots they are. */
    public PartyId platform() {
        return context.platform();
    }

    /** The tag of this name. */
    Optional<TagSpec> tag(String name) {
        return plan.tags().stream()
                .filter(tag -> tag.name().value().equals(name))
                .findFirst();
    }

    /** How many slots the tag of this name has; 0 when there is none. */
    int blocks(String name) {
        return tag(name).map(plan::blocks).orElse(0);
    }

    /** The slot of a tag's block. */
    int slot(String tag, int block) {
        return plan.slot(new TagName(tag), block);
    }

    /** True when this c1 is the slot's survivor. */
    boolean admits(int slot, byte[] c1) {
        int survivor = Coins.survivor(coin, slot, plan.fold());
        return SlotAudit.candidateHash(context.hash(), slot, survivor, c1).equals(survivors.get(slot));
    }
}
