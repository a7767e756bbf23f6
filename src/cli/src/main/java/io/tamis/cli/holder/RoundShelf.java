package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.holder.check.PassedRound;
import io.tamis.holder.slots.SlotContext;
import java.util.Optional;

/** The slot rounds that this holder is done with: passed with their survivors, or over. */
final class RoundShelf {
    private final SealedFolder sealed;

    RoundShelf(SealedFolder sealed) {
        this.sealed = sealed;
    }

    /** Keeps a round that this holder passed: its survivors are the inputs that tickets may name. */
    void passed(PassedRound round) {
        sealed.put("passed-" + name(round.context()), round.json().canonicalBytes());
    }

    /** Marks a round as over: nothing is said in it again. */
    void over(SlotContext context) {
        sealed.put("over-" + name(context), new byte[] {1});
    }

    /**
     * Remembers that a platform failed an audit: it is out for the epoch, in all its datasets, whatever the server says later.
     * Otherwise a server in league with it would have round after round played until a bad slot passes.
     */
    void out(SlotContext context) {
        sealed.put(outName(context), new byte[] {1});
    }

    /** True when the holder may take part in this round, or go on with it; see {@link Tosses}. */
    boolean mayToss(SlotContext context) {
        return new Tosses(sealed)
                .allow(context, name -> sealed.find("passed-" + name).isPresent());
    }

    /** Writes down that the coin of this round is about to be shown. */
    void tossing(SlotContext context) {
        new Tosses(sealed).show(context);
    }

    private boolean isOut(SlotContext context) {
        return sealed.find(outName(context)).isPresent();
    }

    /** True when there is nothing left to do. */
    boolean settled(SlotContext context) {
        return isOut(context)
                || sealed.find("passed-" + name(context)).isPresent()
                || sealed.find("over-" + name(context)).isPresent();
    }

    /** The round with this context, when this holder passed it and its platform is not out. */
    Optional<PassedRound> find(SlotContext context) {
        return isOut(context)
                ? Optional.empty()
                : sealed.find("passed-" + name(context)).map(bytes -> PassedRound.read(Json.parse(bytes)));
    }

    private static String outName(SlotContext context) {
        return "out-" + context.keyEpoch().number() + "-" + context.platform();
    }

    static String name(SlotContext context) {
        return Hash.sha256(
                        context.messages().value().getBytes(UTF_8),
                        context.hash().bytes())
                .hex();
    }
}
