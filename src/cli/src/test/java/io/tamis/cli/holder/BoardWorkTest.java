package io.tamis.cli.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ExitCode;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.holder.slots.SlotContext;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ceremonies and slot rounds as agents play them. */
class BoardWorkTest {
    @TempDir
    Path temp;

    private BoardScene scene;

    @BeforeEach
    void begin() {
        scene = new BoardScene(temp);
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void ceremony_ofThreeAgents_makesOneKeyAndThreeShares() {
        scene.ceremony(false);
        Hash key = scene.desk(1).epochs().key(1).orElseThrow().hash();
        for (int i = 1; i <= 3; i++) {
            assertTrue(scene.desk(i).epochs().serves(1));
            assertEquals(key, scene.desk(i).epochs().key(1).orElseThrow().hash());
            try (var share = scene.desk(i).epochs().share(1)) {
                assertEquals(i, share.holder().number());
            }
            assertFalse(scene.stores
                    .get(i - 1)
                    .sealed()
                    .find("secret-" + BoardScene.CEREMONY)
                    .isPresent());
        }
    }

    /** Every agent is killed after every turn, and begins again from its folder. */
    @Test
    void ceremony_ofAgentsKilledAfterEveryTurn_isTheSame() {
        scene.ceremony(true);
        assertTrue(scene.desk(3).epochs().serves(1));
        assertEquals(27, scene.service.messages(BoardScene.CEREMONY_PATH).size());
    }

    /** The message was stored, the service away: what is posted later is the same to the letter. */
    @Test
    void ceremony_whoseServiceIsAwayBetween_goesOn() {
        var agent = new HolderAgent(
                HolderAgent.works(scene.desk(1), tickets()),
                new HolderEvents(scene.shell.shell(), true),
                duration -> true);
        scene.service.away(3);
        assertEquals(ExitCode.UNAVAILABLE, agent.once());
        scene.ceremony(false);
        assertTrue(scene.desk(1).epochs().serves(1));
    }

    @Test
    void ceremony_ofAnotherRoster_isNotJoined() {
        scene.service.open(
                BoardScene.CEREMONY_PATH,
                Json.object()
                        .put("id", BoardScene.CEREMONY.toString())
                        .put("rosterHash", Hash.sha256(new byte[] {1}).hex())
                        .put("keyEpoch", 1)
                        .build());
        assertFalse(new CeremonyWork(scene.desk(1)).turn());
        var over = assertInstanceOf(
                CeremonyWork.Turn.Over.class, new CeremonyWork(scene.desk(1)).turn(BoardScene.CEREMONY));
        assertEquals("ROSTER", over.fault());
        assertEquals(List.of(), scene.service.messages(BoardScene.CEREMONY_PATH));
    }

    /** A server that gives one number to two keys: old inputs would stand under a new one. */
    @Test
    void epoch_ofAnotherCeremony_isNotOverwritten() {
        scene.ceremony(false);
        var other = new CeremonyId(new UUID(0, 8));
        try (var share = scene.desk(1).epochs().share(1)) {
            var key = scene.desk(1).epochs().key(1).orElseThrow();
            assertThrows(StoreException.class, () -> scene.desk(1).epochs().keep(1, other, key, share));
        }
    }

    @Test
    void round_ofAnHonestPlatform_isPassedByAllWithTheSameSurvivors() {
        scene.ceremony(false);
        var context = round(1, false);
        var first = scene.desk(1).rounds().find(context).orElseThrow();
        assertEquals(2, first.survivors().size());
        for (int i = 2; i <= 3; i++) {
            assertEquals(first, scene.desk(i).rounds().find(context).orElseThrow());
        }
        assertEquals(new AuditWork.Turn(false, 0), new AuditWork(scene.desk(1)).turn());
    }

    /** One seed of one slot is another than was committed to: nobody passes the round. */
    @Test
    void round_whoseOpeningWasChanged_isOver() {
        scene.ceremony(false);
        var context = round(1, true);
        assertTrue(scene.desk(1).rounds().find(context).isEmpty());
        assertTrue(scene.desk(1).rounds().settled(context));
    }

    /** A server in league with the platform opens one more round, of another version: a bad slot would pass in the end. */
    @Test
    void attack_roundAfterAFailedOne_isNotAudited() {
        scene.ceremony(false);
        var failed = round(1, true);
        var next = new SlotContext(
                scene.roster.hash(),
                new KeyEpoch(1),
                new DatasetId("shop-orders"),
                3,
                BoardScene.SHOP,
                failed.attempt() + 1);
        assertTrue(scene.desk(1).rounds().settled(next));
        var another = new SlotContext(
                scene.roster.hash(), new KeyEpoch(1), new DatasetId("video-users"), 1, new PartyId("video"), 1);
        assertFalse(scene.desk(1).rounds().settled(another));
    }

    /**
     * The attack on a round by silence: the platform's friend among the holders lets each round become void that would expose it.
     * The honest holders show their coins in three rounds and in no fourth, whatever version it is of.
     */
    @Test
    void attack_voidRoundAfterVoidRound_isNotPlayedAFourthTime() {
        scene.ceremony(false);
        for (int version = 1; version <= 3; version++) {
            var play = scene.play(version, 1);
            scene.turns();
            assertEquals(3, play.said("slots.reveal"), "version " + version);
        }
        var fourth = scene.play(4, 1);
        scene.turns();
        assertEquals(0, fourth.said("slots.coin"));
        assertTrue(
                scene.shell.out().contains("\"event\":\"round-refused\",\"more\":\"SLOT_REFUSED\""), scene.shell.out());
        scene.restart(1);
        scene.turns();
        assertEquals(0, fourth.said("slots.coin"));
        assertEquals(new AuditWork.Turn(false, 3), new AuditWork(scene.desk(1)).turn());
    }

    /** A round that is passed after all was no chance missed: the next one is played. */
    @Test
    void rounds_thatArePassed_makeRoomForTheNext() {
        scene.ceremony(false);
        var first = scene.play(1, 1);
        for (int version = 2; version <= 3; version++) {
            scene.play(version, 1);
        }
        scene.turns();
        var fourth = scene.play(4, 1);
        scene.turns();
        assertEquals(0, fourth.said("slots.coin"));
        first.open(false);
        scene.turns();
        assertTrue(scene.desk(1).rounds().find(first.context).isPresent());
        assertEquals(3, fourth.said("slots.reveal"));
    }

    /** The crash story: it was written down that the coin is about to be shown, and then the power went. */
    @Test
    void reveal_writtenDownAndNotSent_isSentLaterAndCountsOnce() {
        scene.ceremony(false);
        var play = scene.play(1, 1);
        for (int i = 1; i <= 3; i++) {
            new AuditWork(scene.desk(i)).turn();
        }
        assertEquals(3, play.said("slots.coin"));
        scene.desk(1).rounds().tossing(play.context);
        scene.restart(1);
        scene.turns();
        assertEquals(3, play.said("slots.reveal"));
        for (int version = 2; version <= 3; version++) {
            var next = scene.play(version, 1);
            scene.turns();
            assertEquals(3, next.said("slots.reveal"));
        }
    }

    private SlotContext round(int attempt, boolean cheating) {
        var play = scene.play(2, attempt);
        scene.turns();
        play.open(cheating);
        scene.turns();
        return play.context;
    }

    private TicketWork tickets() {
        return new TicketWork(scene.desk(1), scene.shell.shell(), spread -> 0, new SystemRandom());
    }
}
