package io.tamis.ledger.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.ledger.anchor.AnchorRows.State;
import io.tamis.ledger.anchor.AnchorState.Alarm;
import io.tamis.log.TreeHead;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The state machine, look by look, on a real table and a chain that does everything a chain may do. */
@TamisTest
class AnchorerTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONFIRMATIONS = 2;

    @Inject
    Jdbi jdbi;

    // A contract and a log of each test's own: all share one table.
    private final int number = NUMBER.incrementAndGet();
    private final InMemoryNotary chain = new InMemoryNotary("0x" + "%040x".formatted(number), CONFIRMATIONS);
    private final GrowingLog log = new GrowingLog("anchorer" + number + ".example/2026");
    private final ManyLogs logs = new ManyLogs(log);
    private final StoppedClock clock = new StoppedClock();
    private final AnchorState state = new AnchorState();

    @Test
    void look_withNothingToAnchor_sendsNothing() {
        chain.createLog(log.origin());
        anchorer().look();
        assertEquals(0, chain.sendings);
        assertEquals(Map.of(), states());
    }

    @Test
    void checkpoint_sentMinedAndConfirmed_isAnchored() {
        chain.createLog(log.origin());
        var head = log.grow(5).head();
        var anchorer = anchorer();
        anchorer.look();
        assertEquals(Map.of(5L, State.SENT), states());
        assertEquals(Optional.empty(), rows().smallestCovering(log.origin(), 0));
        chain.mine(1);
        anchorer.look();
        assertEquals(Map.of(5L, State.MINED), states());
        chain.mine(1);
        anchorer.look();
        assertEquals(Map.of(5L, State.FINAL), states());
        var anchored = rows().smallestCovering(log.origin(), 4).orElseThrow();
        assertEquals(head, anchored.head());
        assertTrue(anchored.transaction().isPresent());
        assertEquals(Optional.empty(), rows().smallestCovering(log.origin(), 5));
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void smallestCovering_isTheSmallestOfThoseThatAreFinal() {
        chain.createLog(log.origin());
        var anchorer = anchorer();
        for (int i = 0; i < 3; i++) {
            log.grow(5);
            anchorer.look();
            chain.mine(CONFIRMATIONS);
            anchorer.look();
            clock.advance(INTERVAL);
        }
        assertEquals(
                10,
                rows().smallestCovering(log.origin(), 5).orElseThrow().head().size());
        assertEquals(
                5, rows().smallestCovering(log.origin(), 0).orElseThrow().head().size());
        assertEquals(15, rows().anchoredSize(log.origin()));
    }

    @Test
    void claims_keepTheirDistance_andOneWaitsAtATime() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        log.grow(5);
        clock.advance(INTERVAL);
        anchorer.look();
        assertEquals(1, chain.pool().size(), "the first one waits: no second one beside it");
        chain.mine(1);
        anchorer.look();
        assertEquals(1, chain.pool().size());
        chain.mine(1);
        log.grow(1);
        anchorer.look();
        assertEquals(0, chain.pool().size(), "too early for the next one");
        assertFalse(states().containsKey(11L));
    }

    @Test
    void isDue_onlyWhileThereIsSomethingToSeeOrLongAgo() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        assertTrue(anchorer.isDue());
        anchorer.look();
        assertTrue(anchorer.isDue(), "something is sent");
        chain.mine(1);
        anchorer.look();
        assertTrue(anchorer.isDue(), "something is not final");
        chain.mine(1);
        anchorer.look();
        assertFalse(anchorer.isDue());
        log.grow(1);
        assertFalse(anchorer.isDue(), "too early for the next claim");
        clock.advance(INTERVAL);
        assertTrue(anchorer.isDue());
    }

    @Test
    void restart_withATransactionInFlight_goesOnWithIt() {
        chain.createLog(log.origin());
        log.grow(5);
        anchorer().look();
        var sent = chain.pool();
        anchorer().look();
        assertEquals(sent, chain.pool());
        chain.mine(CONFIRMATIONS);
        anchorer().look();
        assertEquals(Map.of(5L, State.FINAL), states());
    }

    /** The crash between the row and the sending. */
    @Test
    void restart_withATransactionThatNeverLeft_sendsIt() {
        chain.createLog(log.origin());
        log.grow(5);
        anchorer().look();
        var sent = chain.pool();
        chain.dropAll();
        anchorer().look();
        assertEquals(sent, chain.pool());
    }

    @Test
    void droppedTransaction_isReplacedUnderItsNumberForAnEighthMore() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        chain.dropAll();
        clock.advance(PATIENCE.minusSeconds(1));
        anchorer.look();
        assertEquals(0, chain.pool().size(), "patience");
        log.grow(2);
        clock.advance(Duration.ofSeconds(1));
        anchorer.look();
        var waits = rows().unsettled(chain.place(log.origin()).orElseThrow());
        assertEquals(List.of(0L, 0L), waits.stream().map(AnchorRows.Sent::nonce).toList());
        assertEquals(
                List.of(State.REPLACED, State.SENT),
                waits.stream().map(AnchorRows.Sent::state).toList());
        assertEquals(
                List.of(BigInteger.valueOf(1_000), BigInteger.valueOf(1_125)),
                waits.stream().map(sent -> sent.anchor().slot().fee().maxWei()).toList());
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(Map.of(5L, State.DROPPED, 7L, State.FINAL), states());
    }

    /** The one that was given up for a dearer one is mined all the same. */
    @Test
    void replacedTransaction_thatIsMinedAfterAll_counts() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        clock.advance(PATIENCE);
        log.grow(2);
        anchorer.look();
        var dear = rows().unsettled(chain.place(log.origin()).orElseThrow()).getLast();
        chain.drop(dear.anchor().transaction());
        chain.mine(1);
        anchorer.look();
        assertEquals(List.of(State.MINED, State.REPLACED, State.SENT), all(), "the next claim goes on from there");
        chain.mine(1);
        anchorer.look();
        assertEquals(State.FINAL, states().get(5L));
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void fee_stopsAtItsLimit_andTheTransactionIsNotForgotten() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        for (int i = 0; i < 40; i++) {
            anchorer.look();
            chain.dropAll();
            clock.advance(PATIENCE);
        }
        anchorer.look();
        var fees = rows().unsettled(chain.place(log.origin()).orElseThrow()).stream()
                .map(sent -> sent.anchor().slot().fee().maxWei())
                .toList();
        assertEquals(BigInteger.valueOf(1_000), fees.getFirst());
        assertTrue(fees.size() < 12, "it ends: " + fees);
        assertTrue(fees.getLast().compareTo(BigInteger.valueOf(2_000)) <= 0);
        assertEquals(1, chain.pool().size());
    }

    @Test
    void reorganisation_beforeFinality_sendsTheSameAgain() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        chain.mine(1);
        anchorer.look();
        chain.reorganise(1);
        chain.dropAll();
        anchorer.look();
        assertEquals(Map.of(5L, State.SENT), states());
        assertEquals(1, chain.pool().size());
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(Map.of(5L, State.FINAL), states());
        assertEquals(Set.of(), state.alarms());
    }

    /** Deeper than what counts as final, and everything is forgotten: as a fresh node from an older copy of the chain. */
    @Test
    void reorganisation_beyondFinality_takesTheAnchorBackAndAnchorsAgain() {
        chain.createLog(log.origin());
        var anchorer = anchorer();
        log.grow(5);
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
        chain.reorganise(CONFIRMATIONS);
        chain.dropAll();
        anchorer.look();
        assertEquals(0, rows().anchoredSize(log.origin()), "nobody is told that it is anchored");
        clock.advance(INTERVAL);
        log.grow(1);
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(6, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void orphanedAnchor_thatIsMinedAgain_isAnchoredByTheSameTransaction() {
        chain.createLog(log.origin());
        var anchorer = anchorer();
        log.grow(5);
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        var before = rows().smallestCovering(log.origin(), 0);
        chain.reorganise(CONFIRMATIONS);
        logs.lead(false);
        anchorer.look();
        assertEquals(Map.of(5L, State.ORPHANED), states());
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(before, rows().smallestCovering(log.origin(), 0));
    }

    @Test
    void chainThatAnswersNot_isToldAndNothingIsLost() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        chain.answer(false);
        assertThrows(AnchorException.class, anchorer::look);
        chain.answer(true);
        anchorer.look();
        assertEquals(1, chain.pool().size());
    }

    @Test
    void thread_whileTheChainIsAway_looksEverMoreRarelyAndComesBack() {
        chain.createLog(log.origin());
        log.grow(5);
        var thread = new AnchorThread(anchorer(), chain, logs, state, pace());
        chain.answer(false);
        int[] looks = {0};
        for (int second = 0; second < 600; second++) {
            boolean before = state.has(Alarm.UNREACHABLE);
            thread.step();
            looks[0] += before ? 0 : 1;
            clock.advance(Duration.ofSeconds(1));
        }
        assertTrue(state.has(Alarm.UNREACHABLE));
        chain.answer(true);
        clock.advance(Duration.ofMinutes(1));
        thread.step();
        assertEquals(Set.of(), state.alarms());
        assertEquals(1, chain.pool().size());
    }

    @Test
    void twoReplicas_ofWhichOneLeads_sendOne() {
        chain.createLog(log.origin());
        log.grow(5);
        var others = new ManyLogs(log);
        others.lead(false);
        var following =
                new AnchorThread(new Anchorer(others, chain, rows(), state, pace()), chain, others, state, pace());
        var leading = new AnchorThread(anchorer(), chain, logs, state, pace());
        following.step();
        assertEquals(0, chain.sendings);
        leading.step();
        following.step();
        assertEquals(1, chain.sendings);
        logs.lead(false);
        others.lead(true);
        chain.mine(CONFIRMATIONS);
        clock.advance(INTERVAL);
        log.grow(5);
        following.step();
        leading.step();
        chain.mine(CONFIRMATIONS);
        following.step();
        assertEquals(Map.of(5L, State.FINAL, 10L, State.FINAL), states());
        assertEquals(Set.of(), state.alarms());
    }

    /** The one that lost the lease does not know it yet. */
    @Test
    void twoReplicas_thatBothBelieveToLead_neverSendTwoOfOneNumber() {
        chain.createLog(log.origin());
        log.grow(5);
        var one = anchorer();
        var other = anchorer();
        one.look();
        log.grow(1);
        other.look();
        clock.advance(INTERVAL);
        one.look();
        other.look();
        assertEquals(1, chain.pool().size());
        chain.mine(CONFIRMATIONS);
        one.look();
        other.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void chainAheadOfUs_isAFork_andNothingIsSentEver() {
        chain.createLog(log.origin());
        var longer = new GrowingLog(log.origin().value());
        chain.foreignHead(log.origin(), longer.grow(9).head());
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        assertTrue(state.has(Alarm.FORK));
        log.grow(10);
        clock.advance(INTERVAL);
        anchorer.look();
        assertEquals(0, chain.sendings, "after an alarm only a person goes on");
    }

    @Test
    void chainWithAnotherHistory_isAFork() {
        chain.createLog(log.origin());
        chain.foreignHead(
                log.origin(),
                new GrowingLog(log.origin().value()).grow(3, "other").head());
        log.grow(5);
        anchorer().look();
        assertTrue(state.has(Alarm.FORK));
        assertEquals(0, chain.sendings);
        assertEquals(0, rows().anchoredSize(log.origin()));
    }

    /** After the rows are back, a new process finds nothing wrong. */
    @Test
    void recoveredDatabase_afterAFork_isAnchoredAgainByANewProcess() {
        chain.createLog(log.origin());
        chain.foreignHead(
                log.origin(), new GrowingLog(log.origin().value()).grow(9).head());
        log.grow(5);
        anchorer().look();
        log.grow(4);
        var fresh = new AnchorState();
        var anchorer = new Anchorer(logs, chain, rows(), fresh, pace());
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(Set.of(), fresh.alarms());
        assertEquals(9, rows().anchoredSize(log.origin()));
        assertEquals(
                Optional.empty(),
                rows().smallestCovering(log.origin(), 0).orElseThrow().transaction());
    }

    @Test
    void foreignTransaction_underOurNumber_isAnAlarmAndAnchoringGoesOn() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        chain.dropAll();
        chain.foreignTransaction();
        for (int looks = 1; looks < UnderWay.FOREIGN_AFTER; looks++) {
            anchorer.look();
            assertEquals(Set.of(), state.alarms(), "nodes lag behind each other");
        }
        clock.advance(INTERVAL);
        anchorer.look();
        assertEquals(Set.of(Alarm.FOREIGN_TRANSACTION), state.alarms());
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(5, rows().anchoredSize(log.origin()));
    }

    @Test
    void foreignSubmitter_withAFalseExtension_isAFork() {
        chain.createLog(log.origin());
        var anchorer = anchorer();
        log.grow(5);
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        var thief = new GrowingLog(log.origin().value());
        thief.grow(5);
        chain.foreignHead(log.origin(), thief.grow(2, "false").head());
        log.grow(5);
        clock.advance(INTERVAL);
        anchorer.look();
        assertTrue(state.has(Alarm.FORK));
        assertEquals(5, rows().anchoredSize(log.origin()), "what was anchored stays anchored");
    }

    @Test
    void threeReverts_areAnAlarm_andNoMoreIsPaidFor() {
        chain.createLog(log.origin());
        log.grow(5);
        chain.refuse(true);
        var anchorer = anchorer();
        for (int i = 0; i < 6; i++) {
            anchorer.look();
            chain.mine(CONFIRMATIONS);
            anchorer.look();
            clock.advance(INTERVAL);
        }
        assertEquals(Set.of(Alarm.REVERTS), state.alarms());
        assertEquals(UnderWay.REVERTS_MAX, chain.sendings);
        assertEquals(3, all().stream().filter(State.REVERTED::equals).count());
    }

    @Test
    void twoReverts_betweenAnchors_areNoAlarm() {
        chain.createLog(log.origin());
        var anchorer = anchorer();
        for (int i = 0; i < 9; i++) {
            chain.refuse(i % 3 != 2);
            log.grow(1);
            anchorer.look();
            chain.mine(CONFIRMATIONS);
            anchorer.look();
            clock.advance(INTERVAL);
        }
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void unknownLog_isToldUntilItIsCreated() {
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        assertEquals(Set.of(Alarm.NO_LOG), state.alarms());
        chain.createLog(log.origin());
        anchorer.look();
        assertEquals(Set.of(), state.alarms());
        assertEquals(1, chain.pool().size());
    }

    @Test
    void closedLog_isAnchoredToItsEnd_beforeTheNewOne() {
        chain.createLog(log.origin());
        var anchorer = anchorer();
        log.grow(5);
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        var end = log.grow(2).head();
        var next = new GrowingLog("anchorer" + number + ".example/2027");
        next.grow(1);
        logs.next(next);
        chain.createLog(next.origin());
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(end.size(), rows().anchoredSize(log.origin()), "without waiting for the interval");
        clock.advance(INTERVAL);
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(1, rows().anchoredSize(next.origin()));
    }

    /** A forked old log must not keep the new one from being anchored. */
    @Test
    void forkedLog_doesNotStopTheNextOne() {
        chain.createLog(log.origin());
        chain.foreignHead(
                log.origin(),
                new GrowingLog(log.origin().value()).grow(3, "other").head());
        log.grow(5);
        var next = new GrowingLog("anchorer" + number + ".example/2027");
        next.grow(1);
        logs.next(next);
        chain.createLog(next.origin());
        var anchorer = anchorer();
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        assertEquals(1, rows().anchoredSize(next.origin()));
        assertEquals(0, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(Alarm.FORK), state.alarms());
    }

    /** A chain that begins anew: what was sent under higher numbers can never be reached. */
    @Test
    void transactionsAboveWhatTheChainCounts_areGivenUp() {
        chain.createLog(log.origin());
        var anchorer = anchorer();
        for (int i = 0; i < 3; i++) {
            log.grow(1);
            anchorer.look();
            chain.mine(CONFIRMATIONS);
            anchorer.look();
            clock.advance(INTERVAL);
        }
        log.grow(1);
        anchorer.look();
        var fresh = new InMemoryNotary("0x" + "%040x".formatted(number), CONFIRMATIONS);
        fresh.createLog(log.origin());
        var again = new Anchorer(logs, fresh, rows(), state, pace());
        again.look();
        assertEquals(0, rows().anchoredSize(log.origin()));
        clock.advance(INTERVAL);
        again.look();
        fresh.mine(CONFIRMATIONS);
        again.look();
        assertEquals(4, rows().anchoredSize(log.origin()));
        assertEquals(Set.of(), state.alarms());
    }

    @Test
    void noNotary_anchorsNothing() {
        log.grow(5);
        var anchorer = new Anchorer(logs, new NoNotary(), rows(), state, pace());
        anchorer.look();
        assertEquals(Set.of(), state.alarms());
        assertEquals(0, rows().anchoredSize(log.origin()));
    }

    @Test
    void row_neverCarriesMoreThanTheSignedTransaction_andForgetsItWhenFinal() {
        chain.createLog(log.origin());
        log.grow(5);
        var anchorer = anchorer();
        anchorer.look();
        chain.mine(CONFIRMATIONS);
        anchorer.look();
        long raws = jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(raw) FROM ledger_anchor WHERE origin = :origin")
                        .bind("origin", log.origin().value())
                        .mapTo(Long.class)
                        .one());
        assertEquals(0, raws);
        assertNotEquals(TreeHead.EMPTY, log.latest().orElseThrow().head());
    }

    private Anchorer anchorer() {
        return new Anchorer(logs, chain, rows(), state, pace());
    }

    private AnchorRows rows() {
        return new AnchorRows(jdbi);
    }

    private Pace pace() {
        return new Pace(clock, INTERVAL, PATIENCE, BigInteger.valueOf(2_000));
    }

    /** Size to state, of this test's log; of two rows of one size the newer one. */
    private Map<Long, State> states() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT size, state FROM ledger_anchor WHERE origin = :origin ORDER BY id")
                .bind("origin", log.origin().value())
                .map((row, context) -> Map.entry(row.getLong("size"), State.valueOf(row.getString("state"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (older, newer) -> newer)));
    }

    private List<State> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT state FROM ledger_anchor WHERE origin = :origin ORDER BY id")
                        .bind("origin", log.origin().value())
                        .map((row, context) -> State.valueOf(row.getString("state")))
                        .list());
    }
}
