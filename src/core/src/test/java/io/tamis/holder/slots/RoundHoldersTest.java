package io.tamis.holder.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.Holders;
import io.tamis.holder.Coins;
import io.tamis.holder.Rosters;
import io.tamis.holder.SignedMessage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Rounds in which holders or the board deviate: silent, late, lying, forking. */
class RoundHoldersTest {
    private static final Holders KEY = Holders.shamir(Schemes.SMALL, 2, 3);
    private static final PartyId ONE = Rosters.holder(1);
    private static final PartyId TWO = Rosters.holder(2);
    private static final PartyId THREE = Rosters.holder(3);

    private final RoundTable table = new RoundTable(KEY, 2, 64, 1);

    /** Two of three commit in time; the third is not needed, and comes too late to choose. */
    @Test
    void thresholdOfHolders_tossesTheCoinAndOpensTheUpload() {
        var planned = table.plan(table.roots());
        table.talk(List.of(ONE, TWO));
        var late = (RoundAct.Post) table.look(THREE);
        assertTrue(table.round().takes(late.message()));
        table.closed.add(RoundStep.COINS);
        table.talk(List.of(ONE, TWO));
        assertFalse(table.round().takes(late.message()));
        table.open(planned, table.coin(), table.openings(table.coin()));
        table.talk(List.of(ONE, TWO)).values().forEach(act -> assertInstanceOf(RoundAct.Passed.class, act));
        var passed = assertInstanceOf(RoundStanding.Passed.class, table.round().standing());
        assertEquals(List.of(ONE, TWO), passed.by());
        // The third still audits, for tickets it will be asked about.
        assertInstanceOf(RoundAct.Passed.class, table.talk().get(THREE));
    }

    @Test
    void tooFewCoins_makeTheRoundVoid() {
        table.plan(table.roots());
        table.talk(List.of(ONE));
        assertInstanceOf(RoundStanding.Open.class, table.round().standing());
        table.closed.add(RoundStep.COINS);
        assertEquals(
                new RoundStanding.Voided(List.of(TWO, THREE)), table.round().standing());
    }

    /** Who has seen the others' coins and falls silent is out; its silence is one try more for a cheat, and counted. */
    @Test
    void silenceAtTheReveal_makesTheRoundVoidAndNamesTheSilent() {
        table.plan(table.roots());
        for (var party : List.of(ONE, TWO, THREE)) {
            speak(party);
        }
        speak(ONE);
        speak(TWO);
        var open = assertInstanceOf(RoundStanding.Open.class, table.round().standing());
        assertEquals(List.of(THREE), open.missing());
        table.closed.add(RoundStep.REVEALS);
        assertEquals(new RoundStanding.Voided(List.of(THREE)), table.round().standing());
        assertInstanceOf(RoundAct.Over.class, table.look(ONE));
    }

    @Test
    void coinChangedAfterTheOthers_makesTheRoundVoidAndNamesItsSigner() {
        table.plan(table.roots());
        for (var party : List.of(ONE, TWO, THREE)) {
            speak(party);
        }
        speak(ONE);
        var round = table.round();
        var other = table.signed(
                THREE,
                RoundStep.REVEALS,
                new RoundStatement.Reveal(round.planHash(), round.coinsHash(), Hash.sha256(new byte[] {1})));
        assertFalse(round.takes(other));
        table.board.add(other);
        assertEquals(new RoundStanding.Voided(List.of(THREE)), table.round().standing());
    }

    /** A copied commitment cannot be opened: the index is hashed with the coin. */
    @Test
    void copiedCoin_cannotBeRevealed() {
        table.plan(table.roots());
        speak(ONE);
        var copy = table.signed(
                THREE,
                RoundStep.COINS,
                RoundStatement.read(
                        RoundStep.COINS, table.board.getLast().message().body()));
        table.board.add(copy);
        speak(TWO);
        speak(ONE);
        var ones = (RoundStatement.Reveal) RoundStatement.read(
                RoundStep.REVEALS, table.board.getLast().message().body());
        assertFalse(table.round().takes(table.signed(THREE, RoundStep.REVEALS, ones)));
        table.board.add(table.signed(THREE, RoundStep.REVEALS, ones));
        assertEquals(new RoundStanding.Voided(List.of(THREE)), table.round().standing());
    }

    /** A holder accuses a slot that is right: the reader looks, refutes it, and goes on with the others' verdicts. */
    @Test
    void falseAccusation_isRefutedByEvidence() {
        var planned = table.plan(table.roots());
        table.talk();
        var opened = table.open(planned, table.coin(), table.openings(table.coin()));
        table.board.add(table.signed(
                THREE,
                RoundStep.VERDICTS,
                new RoundStatement.Verdict(planned.hash(), opened.hash(), OptionalInt.of(1))));
        table.talk(List.of(ONE, TWO));
        assertEquals(new RoundStanding.Disputed(THREE, 1), table.round().standing());
        assertInstanceOf(RoundAct.Waiting.class, table.look(ONE));
        var evidence = new SlotEvidence(table.context, table.candidates);
        assertEquals(Optional.of(true), evidence.isRight(table.round(), 1, table.store()));
        table.refuted.add(THREE);
        assertInstanceOf(RoundStanding.Passed.class, table.round().standing());
        assertInstanceOf(RoundAct.Passed.class, table.look(ONE));
    }

    @Test
    void evidenceWithoutItsBlobs_saysNothing() {
        table.honest();
        table.blobs.clear();
        var evidence = new SlotEvidence(table.context, table.candidates);
        assertEquals(Optional.empty(), evidence.isRight(table.round(), 0, table.store()));
    }

    /** Stored, then crashed before it was posted: the same words again. */
    @Test
    void crashBeforePosting_saysTheSameAgain() {
        table.plan(table.roots());
        var first = (RoundAct.Post) table.look(ONE);
        assertEquals(first, table.look(ONE));
        table.own.get(ONE).add(first.message());
        assertEquals(first, table.look(ONE));
    }

    /** The server shows another plan to a holder that has committed to a coin for the first: no second coin. */
    @Test
    void otherPlan_afterTheCoin_isNotAnswered() {
        table.plan(table.roots());
        speak(ONE);
        table.board.clear();
        table.plan(new byte[2 * Hash.LENGTH]);
        assertEquals(new RoundAct.Over(new RoundStanding.Voided(List.of())), table.look(ONE));
    }

    /** The server shows one set of coins, has it answered, and then another: the holder reveals for one set only. */
    @Test
    void otherSetOfCoins_afterTheReveal_isNotAnswered() {
        table.plan(table.roots());
        speak(ONE);
        speak(TWO);
        table.closed.add(RoundStep.COINS);
        speak(ONE);
        table.board.removeLast();
        table.closed.clear();
        speak(THREE);
        assertEquals(new RoundAct.Over(new RoundStanding.Voided(List.of())), table.look(ONE));
    }

    @Test
    void wordsTheHolderNeverSaid_areNotAnswered() {
        var planned = table.plan(table.roots());
        var r = Hash.sha256(new byte[] {1});
        table.board.add(table.signed(
                ONE,
                RoundStep.COINS,
                new RoundStatement.Coin(planned.hash(), Coins.commitment("r", planned.hash(), new HolderIndex(1), r))));
        assertEquals(new RoundAct.Over(new RoundStanding.Voided(List.of())), table.look(ONE));
    }

    /** A plan under the parameters of another key is not audited. */
    @Test
    void planOfOtherParameters_isNotAudited() {
        table.plan(table.roots());
        var act = table.holder(ONE).next(Hash.sha256(), table.shown(), table.store(), List.of());
        assertEquals(new RoundAct.Over(new RoundStanding.Failed(SlotFault.MALFORMED)), act);
    }

    /** Signed by nobody of the roster, by a holder in the platform's place, or for another round. */
    @Test
    void forgedMessages_areNotTakenAndMakeTheBoardVoid() {
        table.plan(table.roots());
        speak(ONE);
        var coin = table.board.getLast();
        var broken = new SignedMessage(coin.message(), new byte[64]);
        var body = RoundStatement.read(
                RoundStep.PLAN, table.board.getFirst().message().body());
        var holdersPlan = table.signed(ONE, RoundStep.PLAN, body);
        var other = new RoundTable(KEY, 2, 64, 2);
        var otherRound = other.plan(other.roots());
        assertNotEquals(otherRound.hash(), table.board.getFirst().hash());
        for (var forged : List.of(broken, holdersPlan)) {
            assertFalse(table.round().takes(forged));
            table.board.add(forged);
            assertEquals(new RoundStanding.Voided(List.of()), table.round().standing());
            table.board.removeLast();
        }
    }

    private void speak(PartyId party) {
        var post = assertInstanceOf(RoundAct.Post.class, table.look(party));
        assertTrue(table.round().takes(post.message()), "the board takes what an honest holder says");
        table.own.get(party).add(post.message());
        table.board.add(post.message());
    }
}
