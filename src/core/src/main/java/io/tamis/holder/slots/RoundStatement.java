package io.tamis.holder.slots;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.List;
import java.util.OptionalInt;

/** The body of a round's message. {@code plan} in it is always the hash of the platform's first message. */
sealed interface RoundStatement {
    int HASH_TEXT = 2 * Hash.LENGTH;

    /** {@code {params, fold, tags, blocks, persons?, roots}}: roots is a blob of 32 bytes a slot, in order. */
    record Plan(SlotPlan slots, Hash roots) implements RoundStatement {}

    /** {@code {plan, coin}}: SHA-256 of Tuple("r", plan, index, r). */
    record Coin(Hash plan, Hash coin) implements RoundStatement {}

    /** {@code {plan, coins, coin}}: SHA-256 of Tuple("coins", plan, the coin messages' hashes); r, 32 bytes. */
    record Reveal(Hash plan, Hash coins, Hash coin) implements RoundStatement {}

    /** {@code {plan, coin, openings}}: the coin tossed together; blobs of openings, in order. */
    record Opening(Hash plan, Hash coin, List<Hash> openings) implements RoundStatement {
        public Opening {
            openings = List.copyOf(openings);
        }
    }

    /** {@code {plan, opening}} and {@code slot} when its root is not rebuilt: the opening message's hash. */
    record Verdict(Hash plan, Hash opening, OptionalInt slot) implements RoundStatement {}

    /** The body of a message that says this. */
    default Json.Obj body() {
        return switch (this) {
            case Plan(var slots, var roots) ->
                slots.put(Json.object()).put("roots", roots.hex()).build();
            case Coin(var plan, var coin) ->
                Json.object().put("plan", plan.hex()).put("coin", coin.hex()).build();
            case Reveal(var plan, var coins, var coin) ->
                Json.object()
                        .put("plan", plan.hex())
                        .put("coins", coins.hex())
                        .put("coin", coin.hex())
                        .build();
            case Opening(var plan, var coin, var openings) ->
                Json.object()
                        .put("plan", plan.hex())
                        .put("coin", coin.hex())
                        .put(
                                "openings",
                                Json.strings(openings.stream().map(Hash::hex).toList()))
                        .build();
            case Verdict(var plan, var opening, var slot) -> {
                var body = Json.object().put("plan", plan.hex()).put("opening", opening.hex());
                slot.ifPresent(number -> body.put("slot", number));
                yield body.build();
            }
        };
    }

    /** Reads a body; {@link io.tamis.data.DataException} when it is not of this step's form. */
    static RoundStatement read(RoundStep step, Json.Obj json) {
        var body = new JsonFields(json);
        var statement = switch (step) {
            case PLAN -> new Plan(SlotPlan.read(body), hash(body, "roots"));
            case COINS -> new Coin(hash(body, "plan"), hash(body, "coin"));
            case REVEALS -> new Reveal(hash(body, "plan"), hash(body, "coins"), hash(body, "coin"));
            case OPENING ->
                new Opening(
                        hash(body, "plan"),
                        hash(body, "coin"),
                        body.list(
                                "openings", SlotPlan.CHUNKS_MAX, item -> Hash.parse(JsonFields.text(item, HASH_TEXT))));
            case VERDICTS -> {
                var slot = body.optionalInteger("slot", 0, SlotPlan.SLOTS_MAX - 1);
                yield new Verdict(
                        hash(body, "plan"),
                        hash(body, "opening"),
                        slot.isPresent() ? OptionalInt.of((int) slot.getAsLong()) : OptionalInt.empty());
            }
        };
        body.end();
        return statement;
    }

    private static Hash hash(JsonFields body, String name) {
        return Hash.parse(body.string(name, HASH_TEXT));
    }
}
