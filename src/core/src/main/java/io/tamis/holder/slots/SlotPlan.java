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
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which slots a platform asks for, each with {@code fold} candidates of which one survives. Slots are numbered tag by tag, and
 * within a tag block by block: a tag of a number a person has {@code blocks} of them, a tag of BUCKETS one.
 *
 * @param paramsId of the encryption's parameters
 * @param fold candidates a slot: a bad one survives with probability 1/fold; {@link Round} takes no plan with fewer than
 *     {@link #FOLD}
 * @param tags 1 to {@link #TAGS_MAX}, no name twice
 * @param blocks of positions, each one ciphertext of a tag
 * @param persons of the version, where a tag is of BUCKETS and nowhere else: no ciphertext of counts says how many persons
 *     it counts, and holders must know that they are enough and that no sum wraps around
 */
public record SlotPlan(Hash paramsId, int fold, List<TagSpec> tags, int blocks, OptionalInt persons) {
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
                || chunks(slots(tags, blocks), fold) > CHUNKS_MAX
                || persons.isPresent() != tags.stream().anyMatch(TagSpec::isBuckets)
                || persons.orElse(1) < 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** A plan of tags of a number a person. */
    public SlotPlan(Hash paramsId, int fold, List<TagSpec> tags, int blocks) {
        this(paramsId, fold, tags, blocks, OptionalInt.empty());
    }

    /** A plan for this many persons, which it tells where a tag needs it. */
    public static SlotPlan of(Hash paramsId, List<TagSpec> tags, int blocks, int persons) {
        boolean told = tags.stream().anyMatch(TagSpec::isBuckets);
        return new SlotPlan(paramsId, FOLD, tags, blocks, told ? OptionalInt.of(persons) : OptionalInt.empty());
    }

    /**
     * What a slot carries.
     *
     * @param column place of its tag among all tags
     */
    public record Place(int column, TagSpec tag, int block) {}

    /** How many slots. */
    public int slots() {
        return slots(tags, blocks);
    }

    /** How many slots a tag of this kind has. */
    public int blocks(TagSpec tag) {
        return blocks(tag, blocks);
    }

    /** The slot of a tag's block. */
    public int slot(TagName tag, int block) {
        int column = tags.stream().map(TagSpec::name).toList().indexOf(tag);
        if (column < 0 || block < 0 || block >= blocks(tags.get(column))) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return slots(tags.subList(0, column), blocks) + block;
    }

    /** What a slot carries; INVALID_REQUEST when there is no such slot. */
    public Place place(int slot) {
        int rest = slot;
        for (int column = 0; column < tags.size() && rest >= 0; column++) {
            TagSpec tag = tags.get(column);
            if (rest < blocks(tag)) {
                return new Place(column, tag, rest);
            }
            rest -= blocks(tag);
        }
        throw new DataException(Code.INVALID_REQUEST);
    }

    /** How many slots these tags have for so many blocks of positions. */
    public static int slots(List<TagSpec> tags, int blocks) {
        return tags.stream().mapToInt(tag -> blocks(tag, blocks)).sum();
    }

    /** How many slots a tag has for so many blocks of positions. */
    public static int blocks(TagSpec tag, int blocks) {
        return switch (tag.kind()) {
            case VALUE, AT_LEAST -> blocks;
            case BUCKETS -> 1;
        };
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

    /** {@code {params, fold, tags, blocks, persons?}}. */
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
        body.put("params", paramsId.hex())
                .put("fold", fold)
                .put("tags", Json.array(tags.stream().map(TagSpec::json).toList()))
                .put("blocks", blocks);
        persons.ifPresent(told -> body.put("persons", told));
        return body;
    }

    static SlotPlan read(JsonFields body) {
        return new SlotPlan(
                Hash.parse(body.string("params", 2 * Hash.LENGTH)),
                (int) body.integer("fold", 2, Coins.FOLD_MAX),
                body.list("tags", TAGS_MAX, TagSpec::read),
                (int) body.integer("blocks", 1, SLOTS_MAX),
                persons(body));
    }

    private static OptionalInt persons(JsonFields body) {
        OptionalLong persons = body.optionalInteger("persons", 1, Integer.MAX_VALUE);
        return persons.isPresent() ? OptionalInt.of((int) persons.getAsLong()) : OptionalInt.empty();
    }
}
