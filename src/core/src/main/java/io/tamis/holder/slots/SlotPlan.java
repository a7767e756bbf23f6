package io.tamis.holder.slots;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.Coins;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import java.util.List;

/**
 * Which slots a platform asks for: slot = tag * blocks + block, each with {@code fold} candidates of which one survives.
 *
 * @param paramsId of the encryption's parameters
 * @param fold candidates a slot: a bad one survives with probability 1/fold; {@link Round} takes no plan with fewer than
 *     {@link #FOLD}
 * @param tags 1 to {@link #TAGS_MAX}, no name twice
 * @param blocks of positions, each one ciphertext of a tag
 */
public record SlotPlan(Hash paramsId, int fold, List<TagSpec> tags, int blocks) {
    /** Candidates a slot. */
    public static final int FOLD = 64;

    /** Most tags of a round. */
    public static final int TAGS_MAX = 16;

    /** Most slots of a round: 16 tags of 33 million users. */
    public static final int SLOTS_MAX = 1 << 16;

    /** Most blobs of openings of a round. */
    public static final int CHUNKS_MAX = 256;

    private static final int CHUNK_BYTES = 2 << 20;

    public SlotPlan {
        tags = List.copyOf(tags);
        if (!Coins.isFold(fold)
                || tags.isEmpty()
                || tags.size() > TAGS_MAX
                || tags.stream().map(TagSpec::name).distinct().count() != tags.size()
                || blocks < 1
                || blocks > SLOTS_MAX / tags.size()
                || chunks(tags.size() * blocks, fold) > CHUNKS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** How many slots. */
    public int slots() {
        return tags.size() * blocks;
    }

    /** The slot of a tag's block. */
    public int slot(TagName tag, int block) {
        int column = tags.stream().map(TagSpec::name).toList().indexOf(tag);
        if (column < 0 || block < 0 || block >= blocks) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return column * blocks + block;
    }

    /** Bytes of one slot's opening: fold - 1 seeds, then the survivor's hash. */
    public int openingBytes() {
        return fold * Hash.LENGTH;
    }

    /** Slots whose openings travel in one blob. */
    public int chunkSlots() {
        return chunkSlots(fold);
    }

    /** Blobs of all openings, in order. */
    public int chunks() {
        return chunks(slots(), fold);
    }

    private static int chunks(int slots, int fold) {
        return Math.ceilDiv(slots, chunkSlots(fold));
    }

    private static int chunkSlots(int fold) {
        return Math.max(1, CHUNK_BYTES / (fold * Hash.LENGTH));
    }

    /** {@code {params, fold, tags, blocks}}. */
    public Json.Obj json() {
        return put(Json.object()).build();
    }

    /** Reads {@link #json()} strictly. */
    public static SlotPlan read(Json json) {
        var fields = new JsonFields(json);
        var plan = read(fields);
        fields.end();
        return plan;
    }

    Json.Builder put(Json.Builder body) {
        return body.put("params", paramsId.hex())
                .put("fold", fold)
                .put("tags", Json.array(tags.stream().map(TagSpec::json).toList()))
                .put("blocks", blocks);
    }

    static SlotPlan read(JsonFields body) {
        return new SlotPlan(
                Hash.parse(body.string("params", 2 * Hash.LENGTH)),
                (int) body.integer("fold", 2, Coins.FOLD_MAX),
                body.list("tags", TAGS_MAX, TagSpec::read),
                (int) body.integer("blocks", 1, SLOTS_MAX));
    }
}
