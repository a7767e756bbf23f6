package io.tamis.cli.holder;

import io.tamis.cli.client.JsonView;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.ceremony.Board;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.holder.ceremony.CeremonyTerms;
import io.tamis.holder.ceremony.Fault;
import io.tamis.holder.ceremony.KeyCeremony;
import io.tamis.holder.ceremony.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A holder's part in key ceremonies. Every message is stored before it is posted, and the ceremony's secret before the first:
 * after a crash the same step gives the same message, to the letter.
 */
final class CeremonyWork {
    private static final int ITEMS_MAX = 50;

    private final HolderDesk desk;

    CeremonyWork(HolderDesk desk) {
        this.desk = desk;
    }

    /** What a turn at a ceremony came to. */
    sealed interface Turn {
        /** Something was said; there may be more to say at once. */
        record Spoke(String stage) implements Turn {}

        /** Others have yet to speak. */
        record Waiting(String stage, List<PartyId> missing) implements Turn {
            public Waiting {
                missing = List.copyOf(missing);
            }
        }

        /** The key is made, and this holder has its share. */
        record Finished(long epoch) implements Turn {}

        /** Nothing more is said in it. */
        record Over(String fault, List<PartyId> parties) implements Turn {
            public Over {
                parties = List.copyOf(parties);
            }
        }
    }

    /** A turn at every ceremony of the holder's roster that is not settled. True when something was said. */
    boolean turn() {
        boolean spoke = false;
        for (JsonView item : desk.api()
                .get("/v1/key-ceremonies?limit=" + ITEMS_MAX)
                .orRefused()
                .view()
                .at("items")
                .items()) {
            boolean ours =
                    item.at("rosterHash").text().equals(desk.roster().hash().hex());
            if (ours && !settled(CeremonyId.parse(item.at("id").text()))) {
                spoke |= Isolated.turn(
                        desk.events(),
                        item.at("id").text(),
                        () -> turn(CeremonyId.parse(item.at("id").text())) instanceof Turn.Spoke);
            }
        }
        return spoke;
    }

    private boolean settled(CeremonyId id) {
        return desk.store().sealed().find("done-" + id).isPresent();
    }

    /** A turn at one ceremony. */
    Turn turn(CeremonyId id) {
        var board = new BoardClient(desk.api(), "/v1/key-ceremonies/" + id, "", desk.cache());
        JsonView view = board.view();
        if (!Hash.parse(view.at("rosterHash").text()).equals(desk.roster().hash())) {
            return over(id, "ROSTER", List.of());
        }
        var epoch = new KeyEpoch(view.at("keyEpoch").integerOrZero());
        var terms = new CeremonyTerms(id, epoch, desk.roster());
        List<SignedMessage> shown = board.messages(view, Board.MESSAGES_MAX);
        try (var secret = desk.store().sealed().secret("secret-" + id)) {
            var ceremony = new KeyCeremony(
                    desk.scheme(), terms, desk.store().party(), desk.store().keys(), secret);
            Step step = ceremony.next(
                    new Board(shown, late(view)), board, desk.store().said(terms.context()));
            return switch (step) {
                case Step.Post post -> posted(id, board, post);
                case Step.Waiting(var stage, var missing) -> new Turn.Waiting(stage.name(), missing);
                case Step.Aborted(var fault, var parties) -> over(id, fault.name(), parties);
                case Step.Finished finished -> finished(id, epoch, finished);
            };
        }
    }

    private Turn posted(CeremonyId id, BoardClient board, Step.Post post) {
        desk.store().say(post.message());
        post.blobs().forEach(board::put);
        String stage = post.message().message().type().value();
        if (!board.post(post.message())) {
            return new Turn.Waiting(stage, List.of());
        }
        desk.events().tell("ceremony-said", id.toString(), stage);
        return new Turn.Spoke(stage);
    }

    private Turn finished(CeremonyId id, KeyEpoch epoch, Step.Finished finished) {
        try (var share = finished.share()) {
            desk.epochs().keep(epoch.number(), id, finished.key(), share);
        }
        settle(id);
        desk.events().tell("ceremony-finished", id.toString(), "epoch " + epoch.number());
        return new Turn.Finished(epoch.number());
    }

    private Turn over(CeremonyId id, String fault, List<PartyId> parties) {
        settle(id);
        desk.events().tell("ceremony-over", id.toString(), fault + " " + parties);
        return new Turn.Over(fault, parties);
    }

    /** The mark first: without the secret nothing could be said a second time anyway, and with the mark nothing is tried. */
    private void settle(CeremonyId id) {
        desk.store().sealed().put("done-" + id, new byte[] {1});
        desk.store().sealed().delete("secret-" + id);
    }

    /** Whom the server gave up waiting for, by its own word. */
    private static Set<PartyId> late(JsonView view) {
        var late = new HashSet<PartyId>();
        if (view.at("fault").text().equals(Fault.SILENT.name())) {
            for (JsonView party : view.at("faulty").items()) {
                try {
                    late.add(new PartyId(party.text()));
                } catch (DataException notAParty) {
                    return Set.of();
                }
            }
        }
        return late;
    }
}
