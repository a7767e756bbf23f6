package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Json;
import io.tamis.ledger.LedgerDatabase.Fault;
import io.tamis.log.Checkpoint;
import io.tamis.log.EntrySealing;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.TlogProof;
import io.tamis.server.TamisTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The turn of the year, by a clock that is set. */
@TamisTest
class RolloverTest {
    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");
    private static final short SECOND = 2;

    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    private LedgerDatabase database;
    private LedgerNode node;
    private long epoch;

    @BeforeEach
    void startNode() {
        database = LedgerDatabase.create();
        node = new LedgerNode(database.jdbi());
        epoch = node.claim();
    }

    @Test
    void step_inTheNewYear_closesTheOldLogAndOpensTheNext() {
        var before = appended();
        node.step(epoch);
        newYear();
        var after = appended();
        node.step(epoch);
        var logs = node.shards.shards();
        assertEquals(
                List.of("test.example/ledger/2026", "test.example/ledger/2027"),
                logs.stream().map(log -> log.origin().value()).toList());
        var old = logs.getFirst().latest().orElseThrow();
        assertEquals(
                EventType.LOG_CLOSED,
                event(EntryRows.LOG_ID, old.head().size() - 1).type().orElseThrow());
        var first = event(SECOND, 0);
        assertEquals(EventType.LOG_OPENED, first.type().orElseThrow());
        assertEquals(
                Json.object()
                        .put("origin", "test.example/ledger/2026")
                        .put("size", old.head().size())
                        .put("root", old.head().root().hex())
                        .build(),
                first.body().member("previous").orElseThrow());
        assertVerifies(before);
        assertVerifies(after);
        assertEquals(SECOND, row(after).event().log());
    }

    /** Sealed for the old log and late: another origin, so it is sealed again; whoever retries it meets the same entry. */
    @Test
    void step_lateOutboxRow_isSealedAgainForTheNewLog() {
        node.step(epoch);
        var late = appended();
        try (var writer = node.jdbi.open()) {
            writer.begin();
            var later = event();
            node.ledger.append(writer, later);
            newYear();
            node.step(epoch);
            writer.commit();
            node.step(epoch);
            assertEquals(SECOND, row(later).event().log());
            assertVerifies(later);
        }
        assertEquals(SECOND, row(late).event().log());
        assertVerifies(late);
        long entries = node.count("ledger_event");
        node.append(late);
        node.step(epoch);
        assertEquals(entries, node.count("ledger_event"));
    }

    @Test
    void step_queuedRequestOverTheYearsEnd_isRecordedInTheNewLog() throws Exception {
        node.append(event());
        node.step(epoch);
        var event = event();
        var request = new Pending(node.vault.sealAll(List.of(event)));
        node.queue.offer(request);
        newYear();
        node.step(epoch);
        assertInstanceOf(Pending.Answer.Recorded.class, request.await(0));
        assertEquals(SECOND, row(event).event().log());
        assertVerifies(event);
        // The event of the old year is found there by who repeats it.
        var again = new Pending(node.vault.sealAll(List.of(event)));
        node.queue.offer(again);
        node.step(epoch);
        assertEquals(request.await(0), again.await(0));
    }

    @Test
    void record_repeatedInTheNewYear_hasItsOldPlace() throws Exception {
        var event = event();
        var first = new Pending(node.vault.sealAll(List.of(event)));
        node.queue.offer(first);
        node.step(epoch);
        newYear();
        var again = new Pending(node.vault.sealAll(List.of(event)));
        node.queue.offer(again);
        node.step(epoch);
        assertEquals(first.await(0), again.await(0));
        assertEquals(EntryRows.LOG_ID, row(event).event().log());
    }

    @Test
    void step_cutOffInTheTurn_leavesOneLogOrTwoWholeOnes() {
        for (Fault how : List.of(Fault.BEFORE_COMMIT, Fault.AFTER_COMMIT)) {
            var cut = LedgerDatabase.create();
            node = new LedgerNode(cut.jdbi());
            epoch = node.claim();
            var event = appended();
            node.step(epoch);
            newYear();
            fault.set(how);
            assertThrows(
                    RuntimeException.class,
                    () -> cut.jdbi(fault).useHandle(handle -> node.sequencer.step(handle, epoch, true)));
            assertEquals(how == Fault.BEFORE_COMMIT ? 1 : 2, node.count("ledger_head"));
            var next = new LedgerNode(cut.jdbi());
            next.clock.set(NEW_YEAR);
            next.pulse.seenHealthy();
            next.step(next.claim());
            assertEquals(2, next.count("ledger_head"));
            assertEquals(1, node.shards.shards().size(), "memory does not know yet");
            node = next;
            assertVerifies(event);
            assertEquals(EventType.LOG_OPENED, event(SECOND, 0).type().orElseThrow());
        }
    }

    @Test
    void step_fencedInTheNewYear_opensNothing() {
        appended();
        node.step(epoch);
        newYear();
        var other = new LedgerNode(node.jdbi);
        other.clock.set(NEW_YEAR);
        long theirs = other.claim();
        assertEquals(new Sequencer.Step.Fenced(), node.step(epoch));
        assertEquals(1, node.count("ledger_head"));
        other.step(theirs);
        assertEquals(2, node.count("ledger_head"));
        assertEquals(new Sequencer.Step.Fenced(), node.step(epoch));
    }

    /** Time never goes back: a clock of last year stays in the open log. */
    @Test
    void step_clockGoesBack_staysInTheOpenLog() {
        newYear();
        node.step(epoch);
        node.clock.set(Instant.parse("2026-12-31T23:59:59Z"));
        var event = appended();
        node.step(epoch);
        assertEquals(2, node.count("ledger_head"));
        assertEquals(SECOND, row(event).event().log());
    }

    /** A machine that wakes up in 2029 for a second must not open that year's log for good. */
    @Test
    void step_clockAheadOfTheDatabases_staysInTheOpenLog() {
        appended();
        node.step(epoch);
        var right = new LedgerNode.TestClock();
        node.databaseClock = right;
        for (var wrong : List.of(NEW_YEAR, Instant.parse("2029-05-01T00:00:00Z"))) {
            set(wrong);
            var event = appended();
            assertInstanceOf(Sequencer.Step.Done.class, node.step(epoch));
            assertEquals(1, node.count("ledger_head"));
            assertEquals(EntryRows.LOG_ID, row(event).event().log());
            assertVerifies(event);
        }
        set(right.instant());
        appended();
        node.step(epoch);
        assertEquals("test.example/ledger/2026", node.shards.open().origin().value());
    }

    /** Nor does the database's clock decide alone. */
    @Test
    void step_databasesClockAhead_staysInTheOpenLog() {
        node.databaseClock = () -> NEW_YEAR;
        appended();
        node.step(epoch);
        assertEquals(1, node.count("ledger_head"));
    }

    /** Both clocks wrong in the same way, as on one machine: a year at most, and never one beyond the next. */
    @Test
    void step_bothClocksJumpOverAYear_staysInTheOpenLog() {
        appended();
        node.step(epoch);
        set(Instant.parse("2028-05-01T00:00:00Z"));
        var event = appended();
        assertInstanceOf(Sequencer.Step.Done.class, node.step(epoch));
        assertEquals(1, node.count("ledger_head"));
        assertVerifies(event);
        newYear();
        node.step(epoch);
        assertEquals("test.example/ledger/2027", node.shards.open().origin().value());
    }

    /** At midnight the database may be some milliseconds behind: the year turns when it is there too, asked once a second. */
    @Test
    void step_databaseALittleBehind_turnsWhenItIsThere() {
        node.databaseClock = () -> node.clock.instant().minusMillis(500);
        newYear();
        node.step(epoch);
        assertEquals(1, node.count("ledger_head"));
        set(NEW_YEAR.plusMillis(900));
        node.step(epoch);
        assertEquals(1, node.count("ledger_head"), "not asked again so soon");
        set(NEW_YEAR.plusMillis(1000));
        node.step(epoch);
        assertEquals(2, node.count("ledger_head"));
        assertEquals(EventType.LOG_OPENED, event(SECOND, 0).type().orElseThrow());
    }

    /** A follower that has not heard of the new log seals for the old one, and learns of the new one when it reads. */
    @Test
    void record_onAReplicaThatDoesNotKnow_isRecordedInTheNewLog() {
        node.start(Duration.ofMillis(20));
        var follower = new LedgerNode(node.jdbi);
        node.ledger.await(appended().id());
        newYear();
        node.ledger.await(appended().id());
        var late = event();
        follower.append(late);
        var receipt = follower.ledger.await(late.id());
        var proof = TlogProof.parse(receipt.tlogProof());
        assertTrue(proof.verifies(
                node.signers.verifierKeys(node.shards.of(SECOND).origin()).getFirst()));
        node.stop();
    }

    /** It followed while another one closed the year, and asked nobody meanwhile: as leader it must not show less of it. */
    @Test
    void lead_afterAnotherHasClosedTheYear_showsItsEnd() {
        appended();
        node.step(epoch);
        var follower = new LedgerNode(node.jdbi);
        follower.shards.open().latest();
        newYear();
        node.step(epoch);
        follower.clock.set(NEW_YEAR);
        follower.pulse.seenHealthy();
        follower.start();
        var event = event();
        follower.append(event);
        follower.ledger.await(event.id());
        assertTrue(follower.shards.leading());
        assertEquals(
                node.shards.shards().getFirst().latest().orElseThrow().head(),
                follower.shards.shards().getFirst().latest().orElseThrow().head());
        follower.stop();
    }

    @Test
    void lead_clockSetBack_goesOnSigningInTime() throws InterruptedException {
        var thread = new SequencerThread(
                node.jdbi, node.sequencer, node.shards, node.queue, node.pulse, node.clock, Duration.ofSeconds(1));
        thread.start();
        node.ledger.await(appended().id());
        long before = node.shards.open().latest().orElseThrow().head().size();
        node.clock.set(Instant.parse("2026-11-24T01:00:00Z"));
        appended();
        // Two seconds on: the thread may have read the clock for its last checkpoint after it was set back.
        node.clock.set(Instant.parse("2026-11-24T01:00:02Z"));
        assertTrue(node.shards
                .open()
                .awaitLargerThan(before, Duration.ofSeconds(5))
                .isPresent());
        thread.stop();
    }

    private void newYear() {
        set(NEW_YEAR);
    }

    private void set(Instant instant) {
        node.clock.set(instant);
        node.pulse.seenHealthy();
    }

    private LedgerEvent event() {
        return node.events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build();
    }

    private LedgerEvent appended() {
        var event = event();
        node.append(event);
        return event;
    }

    private EntryRows.Row row(LedgerEvent event) {
        return node.jdbi
                .withHandle(handle -> EntryRows.byId(handle, event.id()))
                .orElseThrow();
    }

    private LedgerEvent event(short log, long index) {
        return node.jdbi.withHandle(handle -> {
            var row = EntryRows.page(handle, log, index, 1).getFirst();
            return node.vault
                    .open(handle, row.event())
                    .opened()
                    .map(EntrySealing.Opened::event)
                    .orElseThrow();
        });
    }

    private void assertVerifies(LedgerEvent event) {
        var log = node.shards.of(row(event).event().log());
        var keys = node.signers.verifierKeys(log.origin());
        var proof =
                TlogProof.parse(node.ledger.receipt(event.id()).orElseThrow().tlogProof());
        assertTrue(proof.verifies(keys.getFirst()));
        assertTrue(Checkpoint.open(proof.note(), keys).isPresent());
    }
}
