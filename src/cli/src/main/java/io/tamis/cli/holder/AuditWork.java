package io.tamis.cli.holder;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.CollectiveKey;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SlotCandidates;
import io.tamis.holder.check.PassedRound;
import io.tamis.holder.slots.HolderRound;
import io.tamis.holder.slots.RoundAct;
import io.tamis.holder.slots.RoundBoard;
import io.tamis.holder.slots.RoundStanding;
import io.tamis.holder.slots.RoundStep;
import io.tamis.holder.slots.SlotContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A holder's part in platforms' slot rounds: a coin, and a verdict after rebuilding every root bit for bit. What it passed it
 * keeps, for no ticket may name another input. Each message is stored before it is posted, and that a coin is shown before
 * the message that shows it ({@link Tosses}).
 */
final class AuditWork {
    private final HolderDesk desk;
    private final Set<SlotContext> refused = new HashSet<>();

    AuditWork(HolderDesk desk) {
        this.desk = desk;
    }

    /** What a turn at all rounds came to. */
    record Turn(boolean spoke, int waiting) {}

    /** A turn at every round of the holder's roster that is not settled. */
    Turn turn() {
        boolean spoke = false;
        int waiting = 0;
        for (JsonView item :
                desk.api().get("/v1/tag-rounds").orRefused().view().at("items").items()) {
            Optional<SlotContext> context = context(item);
            if (context.isPresent() && !desk.rounds().settled(context.get()) && joins(context.get())) {
                boolean said =
                        Isolated.turn(desk.events(), context.get().messages().value(), () -> turn(context.get()));
                spoke |= said;
                waiting += said || desk.rounds().settled(context.get()) ? 0 : 1;
            }
        }
        return new Turn(spoke, waiting);
    }

    /** Neither coin nor verdict is given in a round too many: it is told once, and waits for nothing here. */
    private boolean joins(SlotContext context) {
        boolean joins = desk.rounds().mayToss(context);
        if (!joins && refused.add(context)) {
            desk.events().tell("round-refused", context.messages().value(), Code.SLOT_REFUSED.name());
        }
        return joins;
    }

    /** The round's context when it is of this holder's roster, and of an epoch that the holder has. */
    private Optional<SlotContext> context(JsonView item) {
        Hash roster = Hash.parse(item.at("rosterHash").text());
        long epoch = item.at("keyEpoch").integerOrZero();
        if (!roster.equals(desk.roster().hash()) || epoch < 1 || !desk.epochs().serves(epoch)) {
            return Optional.empty();
        }
        return Optional.of(new SlotContext(
                roster,
                new KeyEpoch(epoch),
                new DatasetId(item.at("dataset").text()),
                small(item, "version"),
                new PartyId(item.at("platform").text()),
                small(item, "try")));
    }

    private static int small(JsonView item, String name) {
        long number = item.at(name).integerOrZero();
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return (int) number;
    }

    /** A turn at one round; true when something was said. */
    private boolean turn(SlotContext context) {
        long epoch = context.keyEpoch().number();
        CollectiveKey key = desk.epochs().key(epoch).orElseThrow(() -> new StoreException(Code.KEYS_MISSING));
        String path = "/v1/tags/" + context.dataset() + "/" + context.version() + "/rounds/" + context.attempt();
        var board = new BoardClient(desk.api(), path, "?epoch=" + epoch, desk.cache());
        JsonView view = board.view();
        var shown = new RoundBoard(board.messages(view, RoundBoard.MESSAGES_MAX), closed(view), refuted(view));
        try (var secret = desk.store().sealed().secret("coins")) {
            var round = new HolderRound(
                    desk.roster(), context, desk.store().party(), desk.store().keys(), secret, new SlotCandidates(key));
            RoundAct act = round.next(
                    desk.scheme().paramsId(), shown, board, desk.store().said(context.messages()));
            return done(context, board, act);
        }
    }

    private boolean done(SlotContext context, BoardClient board, RoundAct act) {
        return switch (act) {
            case RoundAct.Post(var message) -> {
                if (message.message().type().equals(RoundStep.REVEALS.type())) {
                    desk.rounds().tossing(context);
                }
                desk.store().say(message);
                board.post(message);
                desk.events()
                        .tell(
                                "round-said",
                                context.messages().value(),
                                message.message().type().value());
                yield true;
            }
            case RoundAct.Waiting _ -> false;
            case RoundAct.Over(var standing) -> {
                if (standing instanceof RoundStanding.Failed) {
                    desk.rounds().out(context);
                }
                desk.rounds().over(context);
                desk.events().tell("round-over", context.messages().value(), standing.toString());
                yield false;
            }
            case RoundAct.Passed(var plan, var coin, var survivors) -> {
                desk.rounds().passed(new PassedRound(context, plan, coin, survivors));
                desk.events().tell("round-passed", context.messages().value(), "");
                yield false;
            }
        };
    }

    private static Set<RoundStep> closed(JsonView view) {
        var closed = new HashSet<RoundStep>();
        view.at("closed")
                .items()
                .forEach(name -> Arrays.stream(RoundStep.values())
                        .filter(step -> step.name().equals(name.text()))
                        .forEach(closed::add));
        return closed;
    }

    private static Set<PartyId> refuted(JsonView view) {
        var refuted = new HashSet<PartyId>();
        view.at("refuted").items().forEach(party -> refuted.add(new PartyId(party.text())));
        return refuted;
    }
}
