package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.ledger.LedgerDatabase.Fault;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.TlogProof;
import io.tamis.server.TamisTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The direct path where it may break: lost commits, a lost lease, two sequencers, one id by several ways, a full queue. */
@TamisTest
class DirectPathTest {
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    private LedgerDatabase database;
    private Jdbi jdbi;
    private LedgerNode node;

    @BeforeEach
    void createNode() {
        database = LedgerDatabase.create();
        jdbi = database.jdbi();
        node = new LedgerNode(jdbi);
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    @Test
    void step_cutOffBeforeCommit_keepsTheRequestForTheNextStep() throws Exception {
        var request = offered(event(), event());
        long epoch = node.claim();
        failStep(epoch, Fault.BEFORE_COMMIT);
        assertEquals(0, node.count("ledger_event"));
        assertEquals(2, node.queue.events());
        node.step(epoch);
        assertEquals(List.of(1L, 2L), indices(request.await(0)));
    }

    /** The commit has happened, its answer is lost: the next holder answers by what the log has. */
    @Test
    void step_answerOfCommitLost_isAnsweredByQueryWithTheSamePlaces() throws Exception {
        var request = offered(event(), event());
        failStep(node.claim(), Fault.AFTER_COMMIT);
        assertEquals(3, node.count("ledger_event"));
        node.step(node.claim());
        assertEquals(List.of(1L, 2L), indices(request.await(0)));
        assertEquals(3, node.count("ledger_event"));
    }

    @Test
    void step_fenced_recordsNothingAndKeepsTheRequest() throws Exception {
        var other = new LedgerNode(jdbi);
        long mine = node.claim();
        other.claim();
        var request = offered(event());
        assertEquals(new Sequencer.Step.Fenced(), node.step(mine));
        assertEquals(0, node.count("ledger_event"));
        node.queue.handOver();
        assertInstanceOf(Pending.Answer.Elsewhere.class, request.await(0));
    }

    @Test
    void step_oneIdInQueueAndOutbox_isOneEntry() throws Exception {
        var event = event();
        node.append(event);
        var request = offered(event, event());
        var again = offered(event);
        node.step(node.claim());
        assertEquals(
                indices(request.await(0)).getFirst(), indices(again.await(0)).getFirst());
        // The key's record, the event, the one beside it.
        assertEquals(3, node.count("ledger_event"));
    }

    @Test
    void step_otherEventUnderAnIdOfTheOutbox_refusesTheRequestOnly() throws Exception {
        var event = event();
        node.append(event);
        var other = new LedgerEvent(event.body().with("tenant", Json.of("brand-b")));
        var refused = offered(event(), other);
        var fine = offered(event());
        node.step(node.claim());
        assertInstanceOf(Pending.Answer.Conflict.class, refused.await(0));
        assertInstanceOf(Pending.Answer.Recorded.class, fine.await(0));
        assertEquals(3, node.count("ledger_event"));
    }

    /** More than a batch of the direct path must not keep the outbox waiting. */
    @Test
    void step_longQueue_takesTheOutboxAlong() {
        for (int i = 0; i < Sequencer.DIRECT_MAX / Ledger.RECORD_MAX + 3; i++) {
            offered(Stream.generate(this::event).limit(Ledger.RECORD_MAX).toArray(LedgerEvent[]::new));
        }
        node.append(event());
        long epoch = node.claim();
        assertEquals(new Sequencer.Step.Done(Sequencer.DIRECT_MAX + 2), node.step(epoch));
        assertEquals(0, node.count("ledger_outbox"));
        assertEquals(new Sequencer.Step.Done(3 * Ledger.RECORD_MAX), node.step(epoch));
    }

    @Test
    void record_fullQueue_isRefusedAtOnce() {
        node.pulse.lead(true);
        var sealed = sealed(event());
        while (node.queue.offer(new Pending(List.of(sealed)))) {
            assertTrue(node.queue.events() <= DirectQueue.EVENTS_MAX);
        }
        long before = System.nanoTime();
        assertCode(Code.LEDGER_UNAVAILABLE, () -> node.ledger.record(List.of(event())));
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(2).toNanos(), "it does not wait");
    }

    @Test
    void record_nobodySequences_givesUpAndIsNotRecordedLater() {
        node.pulse.lead(true);
        var event = event();
        assertCode(
                Code.LEDGER_UNAVAILABLE,
                () -> node.patientFor(Duration.ofMillis(30)).record(List.of(event)));
        node.step(node.claim());
        assertTrue(node.ledger.receipt(event.id()).isEmpty());
    }

    @Test
    void record_logStuckFor30Seconds_isUnavailable() {
        node.clock.advance(Duration.ofSeconds(31));
        assertCode(Code.LEDGER_UNAVAILABLE, () -> node.ledger.record(List.of(event())));
    }

    @Test
    void record_onAnotherReplica_goesThroughTheOutbox() {
        node.start();
        node.ledger.await(appended(node).id());
        var follower = new LedgerNode(jdbi);
        var events = List.of(event(), event());
        var here = follower.ledger.record(events);
        assertEquals(here, node.ledger.record(events), "the same events by the other way");
        assertVerifies(follower, events);
        var other = new LedgerEvent(events.getFirst().body().with("tenant", Json.of("brand-b")));
        assertCode(Code.STATE_CONFLICT, () -> follower.ledger.record(List.of(event(), other)));
    }

    /** The lease is lost while requests wait: they go on through the outbox and are recorded once. */
    @Test
    void record_whenTheLeaseIsLost_isRecordedOnceByTheOther() throws Exception {
        long epoch = node.claim();
        node.pulse.lead(true);
        var event = event();
        var event2 = event();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var waiting = threads.submit(() -> node.ledger.record(List.of(event)));
            awaitQueued(1);
            failStep(epoch, Fault.AFTER_COMMIT);
            var second = threads.submit(() -> node.ledger.record(List.of(event2)));
            awaitQueued(2);
            node.pulse.lead(false);
            node.queue.handOver();
            var other = new LedgerNode(jdbi);
            other.start();
            assertEquals(1, waiting.get().getFirst().index(), "what the lost commit had recorded");
            assertTrue(second.get().getFirst().index() > 1);
            other.stop();
        }
        assertEquals(3, node.count("ledger_event"));
    }

    /** Writers on two replicas, one of which is stopped in the middle, half of the requests sent twice; readers beside. */
    @Test
    void record_hammeredWhileTheLeaderChanges_everyEventOnceAndProven() throws Exception {
        var other = new LedgerNode(database.jdbi());
        node.start();
        node.ledger.await(appended(node).id());
        other.start();
        var all = new HashMap<EventId, Long>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<Future<List<Appended>>>();
            for (int i = 0; i < 60; i++) {
                var events = Stream.generate(this::event).limit(1 + i % 9).toList();
                var writer = i % 3 == 0 ? other : node;
                Callable<List<Appended>> write = () -> untilRecorded(writer, events);
                answers.add(threads.submit(write));
                if (i % 2 == 0) {
                    answers.add(threads.submit(write));
                }
                if (i == 30) {
                    node.stop();
                }
            }
            for (var answer : answers) {
                for (var appended : answer.get()) {
                    Long before = all.put(appended.id(), appended.index());
                    assertTrue(before == null || before == appended.index(), "one event, one place");
                }
            }
        }
        assertEquals(all.size(), Map.copyOf(all).values().stream().distinct().count(), "one place, one event");
        for (var id : all.keySet()) {
            var receipt = other.ledger.await(id);
            assertEquals(all.get(id), receipt.index());
            assertTrue(TlogProof.parse(receipt.tlogProof()).verifies(node.verifierKey));
        }
        other.stop();
        // One more for the key's record, one for the event before.
        assertEquals(all.size() + 2, node.count("ledger_event"));
    }

    private static List<Appended> untilRecorded(LedgerNode on, List<LedgerEvent> events) {
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                return on.ledger.record(events);
            } catch (TamisException later) {
                assertEquals(Code.LEDGER_UNAVAILABLE, later.code());
            }
        }
        throw new AssertionError("not recorded");
    }

    private LedgerEvent event() {
        return node.events
                .of(EventType.ACCESS_REPORTED, LedgerContract.MERCHANT)
                .build();
    }

    private LedgerEvent appended(LedgerNode on) {
        var event = event();
        on.append(event);
        return event;
    }

    private Pending offered(LedgerEvent... events) {
        var request = new Pending(Stream.of(events).map(event -> sealed(event)).toList());
        assertTrue(node.queue.offer(request));
        return request;
    }

    private SealedEvent sealed(LedgerEvent event) {
        return node.vault.sealAll(List.of(event)).getFirst();
    }

    private void failStep(long epoch, Fault how) {
        fault.set(how);
        var faulty = database.jdbi(fault);
        assertThrows(
                RuntimeException.class, () -> faulty.useHandle(handle -> node.sequencer.step(handle, epoch, true)));
    }

    private void awaitQueued(int events) {
        while (node.queue.events() < events) {
            Thread.onSpinWait();
        }
    }

    private static List<Long> indices(Pending.Answer answer) {
        return assertInstanceOf(Pending.Answer.Recorded.class, answer).events().stream()
                .map(Appended::index)
                .toList();
    }

    private static void assertVerifies(LedgerNode on, List<LedgerEvent> events) {
        events.forEach(event -> assertTrue(
                TlogProof.parse(on.ledger.await(event.id()).tlogProof()).verifies(on.verifierKey)));
    }

    private static void assertCode(Code code, Runnable action) {
        assertEquals(code, assertThrows(TamisException.class, action::run).code());
    }
}
