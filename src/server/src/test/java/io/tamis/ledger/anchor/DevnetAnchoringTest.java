package io.tamis.ledger.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.ledger.anchor.AnchorState.Alarm;
import io.tamis.ledger.anchor.evm.DevnetNotary;
import io.tamis.ledger.contract.Devnet;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state machine on the real contract in a real node, which makes blocks when it is told to. */
@TamisTest
class DevnetAnchoringTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONFIRMATIONS = 2;
    private static final BigInteger WEI_MAX = BigInteger.valueOf(500_000_000_000L);

    @Inject
    Jdbi jdbi;

    @TempDir
    Path folder;

    private final GrowingLog log = new GrowingLog("devnet" + NUMBER.incrementAndGet() + ".example/2026");
    private final ManyLogs logs = new ManyLogs(log);
    private final StoppedClock clock = new StoppedClock();
    private final AnchorState state = new AnchorState();
    private Devnet devnet;
    private DevnetNotary deployed;

    @BeforeEach
    void start() {
        devnet = Devnet.start(Devnet.Setup.every(Duration.ZERO)
                .withState(folder.resolve("chain.json"))
                .withFlags("--no-mining"));
        // A submitter of each test's own, so that equal contract addresses of two tests' chains do not meet in the
        // table.
        deployed = DevnetNotary.deploy(devnet, 0, CONFIRMATIONS);
        for (int i = NUMBER.get(); i > 1; i--) {
            deployed = DevnetNotary.deploy(devnet, 0, CONFIRMATIONS);
        }
        deployed.createLog(log.origin());
    }

    @AfterEach
    void stop() {
        devnet.close();
    }

    @Test
    void checkpoints_areAnchoredOneAfterTheOther() {
        var anchorer = anchorer();
        for (int i = 1; i <= 3; i++) {
            log.grow(1000);
            anchorer.look();
            devnet.mine(CONFIRMATIONS);
            anchorer.look();
            assertEquals(1000L * i, rows().anchoredSize(log.origin()));
            assertEquals(
                    log.latest().orElseThrow().head().root(),
                    notary().rootAt(log.origin(), 1000L * i).orElseThrow());
            clock.advance(INTERVAL);
        }
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void restart_inFlight_goesOn() {
        log.grow(5);
        anchorer().look();
        anchorer().look();
        devnet.mine(CONFIRMATIONS);
        anchorer().look();
        assertEquals(5, rows().anchoredSize(log.origin()));
        assertTrue(rows().smallestCovering(log.origin(), 0)
                .orElseThrow()
                .transaction()
                .isPresent());
    }

    @Test
    void droppedTransaction_isReplaced() {
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        var sent = rows().unsettled(place()).getFirst();
        devnet.call("anvil_dropTransaction", "0x" + sent.anchor().transaction().hex());
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(0, rows().anchoredSize(log.origin()));
        clock.advance(PATIENCE);
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(), state.alarms());
    }

    /** The first one stays in the pool: the node must take the dearer one in its place. */
    @Test
    void stuckTransaction_isReplacedByADearerOne() {
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        var cheap = rows().unsettled(place()).getFirst();
        clock.advance(PATIENCE);
        log.grow(3);
        anchorer.look();
        var dear = rows().unsettled(place()).getLast();
        assertEquals(cheap.nonce(), dear.nonce());
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(8, rows().anchoredSize(log.origin()));
        assertEquals(
                dear.anchor().transaction(),
                rows().smallestCovering(log.origin(), 0)
                        .orElseThrow()
                        .transaction()
                        .orElseThrow());
    }

    @Test
    void reorganisation_beforeFinality_isSurvived() {
        log.grow(5);
        var anchorer = anchorer();
        String before = (String) devnet.call("evm_snapshot");
        anchorer.look();
        devnet.mine(1);
        anchorer.look();
        assertEquals(
                AnchorRows.State.MINED, rows().unsettled(place()).getFirst().state());
        devnet.call("evm_revert", before);
        anchorer.look();
        assertEquals(AnchorRows.State.SENT, rows().unsettled(place()).getFirst().state());
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(), state.alarms());
    }

    /** As a node that was set up again from an older copy of the chain. */
    @Test
    void chainThatGoesBackBehindAnAnchor_getsItAgain() {
        log.grow(5);
        var anchorer = anchorer();
        String before = (String) devnet.call("evm_snapshot");
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
        devnet.call("evm_revert", before);
        devnet.mine(1);
        anchorer.look();
        assertEquals(0, rows().anchoredSize(log.origin()));
        clock.advance(INTERVAL);
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void nodeDownAndBack_goesOnWhereItWas() {
        log.grow(5);
        var notary = deployed.notaryAt(devnet.address(), Duration.ofSeconds(5));
        var anchorer = new Anchorer(logs, notary, rows(), state, pace());
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        devnet.close();
        var down = assertThrows(AnchorException.class, anchorer::look);
        assertEquals(Code.NOT_READY, down.code());
        devnet = devnet.restart();
        // It has kept the state of its last block alone.
        devnet.mine(CONFIRMATIONS);
        log.grow(5);
        clock.advance(INTERVAL);
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(10, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(), state.alarms());
    }

    /** It takes connections and says nothing. */
    @Test
    void stalledNode_costsItsPatienceAndNoMore() throws IOException {
        log.grow(5);
        try (var silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            var notary =
                    deployed.notaryAt(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(300));
            var anchorer = new Anchorer(logs, notary, rows(), state, pace());
            long begun = System.nanoTime();
            var stalled = assertThrows(AnchorException.class, anchorer::look);
            assertEquals(Code.NOT_READY, stalled.code());
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
        }
    }

    /** Our database is the backup of yesterday. */
    @Test
    void chainAheadOfUs_isAFork() {
        var yesterday = new GrowingLog(log.origin().value());
        log.grow(5);
        yesterday.grow(5);
        log.grow(4);
        var anchorer = anchorer();
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(9, rows().anchoredSize(log.origin()));
        var restored = new Anchorer(new ManyLogs(yesterday), notary(), rows(), state, pace());
        restored.look();
        assertEquals(Set.of(Alarm.FORK), state.alarms());
        yesterday.grow(10, "new entries");
        clock.advance(INTERVAL);
        restored.look();
        assertEquals(0, rows().unsettled(place()).size());
    }

    @Test
    void foreignSubmitter_withAFalseExtension_isAFork() {
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        deployed.setSubmitter(log.origin(), 3);
        var falsehood = new GrowingLog(log.origin().value());
        var from = falsehood.grow(5).head();
        var to = falsehood.grow(2, "false");
        var thief = deployed.notaryOf(3);
        thief.send(thief.sign(
                        new Claim(log.origin(), to.head(), to.head().root(), falsehood.consistency(from, to.head())),
                        thief.nextSlot())
                .orElseThrow());
        devnet.mine(1);
        log.grow(5);
        clock.advance(INTERVAL);
        anchorer.look();
        assertEquals(Set.of(Alarm.FORK), state.alarms());
        assertEquals(5, rows().anchoredSize(log.origin()));
    }

    @Test
    void claimsTheContractRefuses_areAnAlarmAfterThree() {
        var anchorer = anchorer();
        anchorer.look();
        deployed.setSubmitter(log.origin(), 3);
        log.grow(5);
        for (int i = 0; i < UnderWay.REVERTS_MAX; i++) {
            assertEquals(Set.of(), state.alarms());
            clock.advance(INTERVAL);
            anchorer.look();
        }
        assertEquals(Set.of(Alarm.REVERTS), state.alarms());
    }

    /** The submitter changes between our question and the block: each claim is mined and reverts. */
    @Test
    void claimsThatRevertInABlock_areAnAlarmAfterThree() {
        var anchorer = anchorer();
        for (int i = 0; i < UnderWay.REVERTS_MAX; i++) {
            log.grow(1);
            anchorer.look();
            devnet.call("anvil_setStorageAt", place().contract(), submitterSlot(), "0x" + "0".repeat(63) + "1");
            devnet.mine(CONFIRMATIONS);
            devnet.call(
                    "anvil_setStorageAt",
                    place().contract(),
                    submitterSlot(),
                    "0x" + "0".repeat(24) + deployed.account().substring(2));
            anchorer.look();
            clock.advance(INTERVAL);
        }
        assertEquals(Set.of(Alarm.REVERTS), state.alarms());
        assertEquals(0, rows().anchoredSize(log.origin()));
    }

    /** Storage slot of logs[id].submitter: the fifth word at keccak(id, 0). */
    private String submitterSlot() {
        byte[] key = new byte[64];
        System.arraycopy(place().log().bytes(), 0, key, 0, 32);
        var base = new BigInteger(1, org.web3j.crypto.Hash.sha3(key));
        return "0x%064x".formatted(base.add(BigInteger.valueOf(4)));
    }

    @Test
    void foreignTransaction_underOurNumber_isAnAlarmAndAnchoringGoesOn() {
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        devnet.call("anvil_dropAllTransactions");
        deployed.foreignTransaction();
        for (int i = 0; i < UnderWay.FOREIGN_AFTER; i++) {
            assertEquals(Set.of(), state.alarms());
            anchorer.look();
        }
        assertEquals(Set.of(Alarm.FOREIGN_TRANSACTION), state.alarms());
        clock.advance(INTERVAL);
        anchorer.look();
        devnet.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
    }

    private Notary notary() {
        return deployed.notary();
    }

    private Place place() {
        return notary().place(log.origin()).orElseThrow();
    }

    private Anchorer anchorer() {
        return new Anchorer(logs, notary(), rows(), state, pace());
    }

    private AnchorRows rows() {
        return new AnchorRows(jdbi);
    }

    private Pace pace() {
        return new Pace(clock, INTERVAL, PATIENCE, WEI_MAX);
    }
}
