package io.tamis.holder.slots;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Hash;
import io.tamis.holder.Message;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import java.util.List;
import java.util.Optional;

/**
 * A platform's messages of a round. It stores each durably before it posts it: a second plan or opening, signed, puts it out.
 * Blobs first, then the message.
 */
public final class PlatformRound {
    private final SlotContext context;
    private final KeyProvider keys;

    /** A platform in a round; {@code keys} sign with {@link KeyName#PLATFORM_SIGNING}. */
    public PlatformRound(SlotContext context, KeyProvider keys) {
        this.context = context;
        this.keys = keys;
    }

    /** The first message: the plan, and the hash of the blob of all roots, 32 bytes a slot, in order. */
    public SignedMessage plan(SlotPlan plan, Hash roots) {
        return signed(RoundStep.PLAN, new RoundStatement.Plan(plan, roots));
    }

    /**
     * The coin under which to open: once everybody who committed has revealed, of a plan that is the platform's own. Empty before
     * that, and when the board is not right.
     */
    public Optional<Hash> coin(Roster roster, RoundBoard board, SignedMessage plan) {
        var round = Round.read(roster, context, board);
        boolean mine = round.message(RoundStep.PLAN, context.platform())
                .filter(shown -> shown.hash().equals(plan.hash()))
                .isPresent();
        return mine && round.standing() instanceof RoundStanding.Open open && open.step() == RoundStep.OPENING
                ? round.coin()
                : Optional.empty();
    }

    /** The second message: the coin, and the blobs of openings in order, each of {@link SlotPlan#chunkSlots} slots. */
    public SignedMessage opening(SignedMessage plan, Hash coin, List<Hash> openings) {
        return signed(RoundStep.OPENING, new RoundStatement.Opening(plan.hash(), coin, openings));
    }

    private SignedMessage signed(RoundStep step, RoundStatement statement) {
        return new Message(step.type(), context.roster(), context.messages(), context.platform(), statement.body())
                .signed(keys, KeyName.PLATFORM_SIGNING);
    }
}
