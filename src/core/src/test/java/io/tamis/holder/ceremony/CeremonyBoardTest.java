package io.tamis.holder.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.Schemes;
import io.tamis.holder.Message;
import io.tamis.holder.MessageContext;
import io.tamis.holder.MessageType;
import io.tamis.holder.Rosters;
import io.tamis.holder.SignedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Boards that are turned back, forked, forged or incomplete, holders that crash, and what a board takes. */
class CeremonyBoardTest {
    private static final PartyId ONE = Rosters.holder(1);
    private static final PartyId TWO = Rosters.holder(2);

    private final Table table = new Table(Schemes.SMALL, 2, 2, 16);

    /** Whenever it crashes between storing and posting, it says the same again, blobs and all. */
    @ParameterizedTest
    @EnumSource(Stage.class)
    void crash_betweenStoringAndPosting_saysTheSameAgain(Stage stage) {
        table.runTo(stage);
        var first = assertInstanceOf(Step.Post.class, table.look(ONE));
        table.own.get(ONE).add(first.message());
        var again = assertInstanceOf(Step.Post.class, table.look(ONE));
        assertEquals(first.message(), again.message());
        assertEquals(first.blobs().keySet(), again.blobs().keySet());
    }

    /**
     * The server turns its board back and shows another holder's other words: with the same seeds under two coins the survivor
     * would be opened too. The holder answers nothing more in this ceremony.
     */
    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"REVEAL", "CANDIDATES", "COINS", "OPENINGS", "VERDICTS", "SHARES", "SUBSETS", "DONE"})
    void boardTurnedBack_afterTheHolderSpoke_isNotAnswered(Stage stage) {
        table.runTo(stage);
        var post = assertInstanceOf(Step.Post.class, table.look(ONE));
        table.own.get(ONE).add(post.message());
        var before = List.copyOf(table.board);
        table.board.clear();
        table.board.addAll(before.subList(0, before.size() - 2));
        assertEquals(new Step.Aborted(Fault.BOARD_CHANGED, List.of()), table.look(ONE));
    }

    /** Other words of the other holder under the same step, shown after the first were answered. */
    @Test
    void boardForked_afterTheHolderSpoke_isNotAnswered() {
        table.runTo(Stage.REVEAL);
        var post = assertInstanceOf(Step.Post.class, table.look(ONE));
        table.own.get(ONE).add(post.message());
        table.board.removeIf(message -> message.message().from().equals(TWO));
        table.board.add(table.signed(Stage.COMMIT, TWO, new Statement.Commit(Hash.sha256(new byte[] {5}))));
        assertEquals(new Step.Aborted(Fault.BOARD_CHANGED, List.of()), table.look(ONE));
    }

    @Test
    void wordsTheHolderNeverSaid_areNotAnswered() {
        table.board.add(table.signed(Stage.COMMIT, ONE, new Statement.Commit(Hash.sha256(new byte[] {5}))));
        assertEquals(new Step.Aborted(Fault.BOARD_CHANGED, List.of()), table.look(ONE));
    }

    @Test
    void forgedMessages_blameTheBoard() {
        table.runTo(Stage.REVEAL);
        var real = table.board.getFirst();
        var stranger = new PartyId("stranger");
        var terms = table.terms;
        var statement = new Statement.Commit(Hash.sha256(new byte[] {5}));
        var body = statement.body(terms.hash());
        var type = Stage.COMMIT.type();
        var forged = List.of(
                new SignedMessage(real.message(), new byte[64]),
                signed(new Message(type, terms.roster().hash(), terms.context(), stranger, body), stranger),
                signed(new Message(type, Hash.sha256(), terms.context(), TWO, body), TWO),
                signed(new Message(type, terms.roster().hash(), new MessageContext("kc_2"), TWO, body), TWO),
                signed(
                        new Message(
                                new MessageType("ceremony.other"),
                                terms.roster().hash(),
                                terms.context(),
                                TWO,
                                body),
                        TWO));
        for (var message : forged) {
            assertEquals(Optional.of(Fault.BOARD_FORGED), table.transcript().refusal(message));
            var board = new ArrayList<>(table.board);
            board.add(message);
            assertEquals(
                    new Standing.Aborted(Fault.BOARD_FORGED, List.of()),
                    Transcript.read(terms, Board.of(board)).standing());
        }
    }

    /** The door of the board: what would abort is not taken, what honest holders say is. */
    @Test
    void refusal_ofAMessage_isTheFaultItWouldShow() {
        table.runTo(Stage.REVEAL);
        var transcript = table.transcript();
        var honest = assertInstanceOf(Step.Post.class, table.look(ONE)).message();
        assertEquals(Optional.empty(), transcript.refusal(honest));
        assertEquals(
                Optional.of(Fault.WRONG_REVEAL),
                transcript.refusal(table.signed(Stage.REVEAL, ONE, new Statement.Reveal(Hash.sha256(new byte[] {5})))));
        assertEquals(
                Optional.of(Fault.OTHER_TRANSCRIPT),
                transcript.refusal(table.signed(Stage.COMMIT, ONE, new Statement.Commit(Hash.sha256()))));
        var malformed = table.terms.message(
                Stage.REVEAL, ONE, Json.object().put("nonce", "x").build());
        assertEquals(Optional.of(Fault.MALFORMED), transcript.refusal(signed(malformed, ONE)));
        table.board.add(honest);
        assertEquals(Optional.of(Fault.SAID_TWICE), table.transcript().refusal(honest));
    }

    @Test
    void messages_takenOneByOne_areAllTaken() {
        var all = new Table(Schemes.SMALL, 2, 3, 16);
        all.run();
        var taken = new ArrayList<SignedMessage>();
        for (var message : all.board) {
            assertEquals(
                    Optional.empty(),
                    Transcript.read(all.terms, Board.of(taken)).refusal(message));
            taken.add(message);
        }
    }

    /** The same message twice is one message: a board may be asked twice. */
    @Test
    void messageShownTwice_isOne() {
        table.runTo(Stage.REVEAL);
        table.board.addAll(List.copyOf(table.board));
        var open = assertInstanceOf(Standing.Open.class, table.transcript().standing());
        assertEquals(Stage.REVEAL, open.stage());
    }

    @ParameterizedTest
    @CsvSource({"OPENINGS, VERDICTS", "SHARES, SUBSETS", "SUBSETS, DONE"})
    void missingBlobs_areWaitedFor(Stage stage, Stage next) {
        table.runTo(stage);
        var mine = Set.copyOf(table.blobs.keySet());
        table.runTo(next);
        table.blobs.keySet().retainAll(mine);
        var waiting = assertInstanceOf(Step.Waiting.class, table.look(ONE));
        assertEquals(stage, waiting.stage());
        assertTrue(waiting.missing().contains(TWO));
    }

    /** All later messages are over the transcripts before: a change anywhere changes all hashes that follow. */
    @Test
    void transcript_ofOtherTerms_isAnother() {
        var roster = table.terms.roster();
        var id = table.terms.id();
        var hash = table.terms.hash();
        assertNotEquals(hash, new CeremonyTerms(id, new KeyEpoch(2), roster).hash());
        var other = CeremonyId.parse("kc_0190163d-8694-739b-aea5-966c26f8ad92");
        assertNotEquals(hash, new CeremonyTerms(other, new KeyEpoch(1), roster).hash());
        var bigger = Rosters.of(2, 3, "TEST-64");
        assertNotEquals(hash, new CeremonyTerms(id, new KeyEpoch(1), bigger).hash());
    }

    @Test
    void ceremony_underOtherParameters_isRefused() {
        var other = Bfv.of(Schemes.small(128));
        assertThrows(DataException.class, () -> new CeremonyAudit(other, table.terms));
        var params = Schemes.SMALL.params();
        var weaker = new HeParams(params.profile(), params.n(), params.primes(), params.t(), 39);
        assertThrows(DataException.class, () -> new CeremonyAudit(Bfv.of(weaker), table.terms));
    }

    @Test
    void id_ofAnotherForm_isRefused() {
        assertEquals(
                "kc_0190163d-8694-739b-aea5-966c26f8ad91",
                CeremonyId.parse("kc_0190163d-8694-739b-aea5-966c26f8ad91").toString());
        for (var text : List.of("", "kc_", "0190163d-8694-739b-aea5-966c26f8ad91", "kc_x", "tk_1")) {
            assertThrows(DataException.class, () -> CeremonyId.parse(text));
        }
    }

    private static SignedMessage signed(Message message, PartyId by) {
        return message.signed(Rosters.keys(by), KeyName.HOLDER_SIGNING);
    }
}
