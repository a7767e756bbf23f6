package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.ledger.LedgerDatabase.Fault;
import io.tamis.log.EntrySealing;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.TlogProof;
import io.tamis.log.TreeHead;
import io.tamis.server.TamisTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when a step is cut off, when two sequence at once, when writers commit late, when rows are tampered with. */
@TamisTest
class LedgerCrashTest {
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    private Jdbi jdbi;
    private Jdbi faulty;
    private LedgerNode node;

    @BeforeEach
    void createNode() {
        var database = LedgerDatabase.create();
        jdbi = database.jdbi();
        faulty = database.jdbi(fault);
        node = new LedgerNode(jdbi);
    }

    @Test
    void step_cutOffBeforeCommit_leavesOutboxHeadAndMemory() {
        var event = appended(node);
        long epoch = node.claim();
        fault.set(Fault.BEFORE_COMMIT);
        assertThrows(
                RuntimeException.class, () -> faulty.useHandle(handle -> node.sequencer.step(handle, epoch, true)));
        assertEquals(2, node.count("ledger_outbox"));
        assertEquals(0, node.count("ledger_event"));
        assertEquals(0, node.count("ledger_checkpoint"));
        assertEquals(TreeHead.EMPTY, node.tree().head());
        assertTrue(node.tree().published().isEmpty());
        assertEquals(new Sequencer.Step.Done(2), node.step(epoch));
        assertVerifies(node, event);
    }

    @Test
    void step_cutOffAfterCommit_isReadBackWhole() {
        var event = appended(node);
        long epoch = node.claim();
        fault.set(Fault.AFTER_COMMIT);
        assertThrows(
                RuntimeException.class, () -> faulty.useHandle(handle -> node.sequencer.step(handle, epoch, true)));
        assertEquals(0, node.count("ledger_outbox"));
        assertEquals(2, node.count("ledger_event"));
        assertEquals(TreeHead.EMPTY, node.tree().head(), "memory does not know yet");
        long next = node.claim();
        assertEquals(2, node.tree().head().size());
        assertEquals(new Sequencer.Step.Done(0), node.step(next));
        assertEquals(2, node.count("ledger_event"));
        assertVerifies(node, event);
    }

    /** As above, but the holder goes on without reading back: it sees that the head is not the one it knows. */
    @Test
    void step_afterALostAnswer_isFenced() {
        appended(node);
        long epoch = node.claim();
        fault.set(Fault.AFTER_COMMIT);
        assertThrows(
                RuntimeException.class, () -> faulty.useHandle(handle -> node.sequencer.step(handle, epoch, true)));
        appended(node);
        assertEquals(new Sequencer.Step.Fenced(), node.step(epoch));
        assertEquals(1, node.count("ledger_outbox"));
    }

    @Test
    void step_ofTwoHolders_theOlderIsFenced() {
        var other = new LedgerNode(jdbi);
        appended(node);
        long mine = node.claim();
        long theirs = other.claim();
        assertTrue(mine < theirs);
        assertEquals(new Sequencer.Step.Fenced(), node.step(mine));
        assertEquals(new Sequencer.Step.Done(2), other.step(theirs));
        appended(node);
        assertEquals(new Sequencer.Step.Fenced(), node.step(mine));
        assertEquals(new Sequencer.Step.Done(1), other.step(theirs));
        assertEquals(3, node.count("ledger_event"));
    }

    /** Two threads on one database: one leads, the other follows, and when the first stops the second takes over. */
    @Test
    void sequencerThreads_two_neverLeadTogether() {
        var other = new LedgerNode(jdbi);
        node.start();
        other.start();
        try {
            var events = new ArrayList<LedgerEvent>();
            for (int i = 0; i < 30; i++) {
                var event = appended(i % 2 == 0 ? node : other);
                events.add(event);
                (i % 2 == 0 ? node : other).ledger.await(event.id());
                assertFalse(node.pulse.leading() && other.pulse.leading());
            }
            (node.pulse.leading() ? node : other).stop();
            var last = appended(node);
            other.ledger.await(last.id());
            events.forEach(event -> assertVerifies(other, event));
            assertEquals(32, node.count("ledger_event"));
        } finally {
            node.stop();
            other.stop();
        }
    }

    /** The writer who came first commits last, after a younger event has been sequenced. */
    @Test
    void step_lateCommit_arrivesAllTheSame() {
        appended(node);
        long epoch = node.claim();
        var late = event(node);
        try (var writer = jdbi.open()) {
            writer.begin();
            node.ledger.append(writer, late);
            var young = appended(node);
            assertEquals(new Sequencer.Step.Done(3), node.step(epoch));
            assertVerifies(node, young);
            assertTrue(node.ledger.receipt(late.id()).isEmpty());
            writer.commit();
        }
        assertEquals(new Sequencer.Step.Done(1), node.step(epoch));
        assertVerifies(node, late);
    }

    /** A writer's retry whose first attempt is sequenced between its look at the log and its insert. */
    @Test
    void step_repeatedEvent_isDropped() {
        var event = appended(node);
        long epoch = node.claim();
        node.step(epoch);
        insertRegardless(event);
        assertEquals(new Sequencer.Step.Done(1), node.step(epoch));
        assertEquals(2, node.count("ledger_event"));
        assertEquals(0, node.count("ledger_outbox"));
    }

    @Test
    void step_otherEventUnderARecordedId_getsAFreshOneThatPointsBack() {
        var event = appended(node);
        long epoch = node.claim();
        node.step(epoch);
        insertRegardless(new LedgerEvent(event.body().with("tenant", Json.of("brand-b"))));
        node.step(epoch);
        var last = lastEvent();
        assertEquals(Json.of(event.id().toString()), last.body().member("of").orElseThrow());
        assertEquals(Json.of("brand-b"), last.body().member("tenant").orElseThrow());
        assertFalse(last.id().equals(event.id()));
    }

    /** One that would be too long with the pointer added must not stop the log. */
    @Test
    void step_otherEventTooLongToRename_becomesACorrection() {
        var event = appended(node);
        long epoch = node.claim();
        node.step(epoch);
        int room = LedgerEvent.BYTES_MAX - new LedgerEvent(event.body().with("x", Json.of(""))).canonicalBytes().length;
        insertRegardless(new LedgerEvent(event.body().with("x", Json.of("y".repeat(room)))));
        node.step(epoch);
        assertEquals(EventType.CORRECTION, lastEvent().type().orElseThrow());
        assertEquals(0, node.count("ledger_outbox"));
    }

    @Test
    void append_sameIdByTwoOpenTransactions_secondWaitsAndIsJudged() {
        var event = event(node);
        appended(node);
        try (var first = jdbi.open()) {
            first.begin();
            node.ledger.append(first, event);
            first.commit();
        }
        node.append(event);
        var other = new LedgerEvent(event.body().with("tenant", Json.of("brand-b")));
        var refusal = assertThrows(TamisException.class, () -> node.append(other));
        assertEquals(Code.STATE_CONFLICT, refusal.code());
        assertEquals(3, node.count("ledger_outbox"));
    }

    @Test
    void lead_overTamperedRows_refusesAndClosesTheLog() {
        for (String tampering : List.of(
                "UPDATE ledger_event SET commitment = decode(repeat('00', 32), 'hex') WHERE seq = 1",
                "UPDATE ledger_event SET commitment = decode(repeat('00', 32), 'hex') WHERE seq = 0",
                "DELETE FROM ledger_event WHERE seq = 1",
                "UPDATE ledger_event SET seq = 7 WHERE seq = 1",
                "UPDATE ledger_event SET event_id = gen_random_uuid() WHERE seq = 0",
                "UPDATE ledger_head SET root = decode(repeat('00', 32), 'hex')",
                "UPDATE ledger_head SET size = size + 1",
                "UPDATE ledger_head SET size = size - 1",
                "UPDATE ledger_checkpoint SET note = replace(note, 'test.example', 'evil.example')")) {
            var victim = new LedgerNode(LedgerDatabase.create().jdbi());
            appended(victim);
            victim.step(victim.claim());
            victim.jdbi.useHandle(handle -> handle.execute(tampering));
            var restarted = new LedgerNode(victim.jdbi);
            var event = event(restarted);
            restarted.append(event);
            restarted.start();
            assertThrows(TamisException.class, () -> restarted.ledger.await(event.id()), tampering);
            assertTrue(restarted.pulse.broken(), tampering);
            assertFalse(restarted.pulse.alive(), tampering);
            assertEquals(1, restarted.count("ledger_outbox"), tampering);
            var refusal = assertThrows(TamisException.class, () -> restarted.append(event(restarted)), tampering);
            assertEquals(Code.LEDGER_UNAVAILABLE, refusal.code());
            restarted.stop();
        }
    }

    /** Another key store on the same database: the old checkpoints are not this key's. */
    @Test
    void lead_withAnotherSigningKey_refuses() {
        appended(node);
        node.step(node.claim());
        var stranger = new LedgerNode(jdbi, LedgerNode.newKeys());
        stranger.start();
        assertThrows(
                TamisException.class,
                () -> stranger.ledger.await(event(stranger).id()));
        assertTrue(stranger.pulse.broken());
        stranger.stop();
    }

    @Test
    void step_moreThanABatch_isTakenInBatches() {
        jdbi.useTransaction(tx -> {
            for (int i = 0; i < Sequencer.OUTBOX_MAX + 5; i++) {
                node.ledger.append(tx, event(node));
            }
        });
        long epoch = node.claim();
        assertEquals(new Sequencer.Step.Done(Sequencer.OUTBOX_MAX), node.step(epoch));
        assertEquals(new Sequencer.Step.Done(6), node.step(epoch));
        assertEquals(Sequencer.OUTBOX_MAX + 6, node.count("ledger_event"));
        var restarted = new LedgerNode(jdbi);
        restarted.claim();
        assertEquals(node.tree().head(), restarted.tree().head());
    }

    @Test
    void step_nothingToDo_signsNoSecondCheckpointOfOneSize() {
        appended(node);
        long epoch = node.claim();
        node.step(epoch);
        node.step(epoch);
        assertEquals(1, node.count("ledger_checkpoint"));
        assertInstanceOf(
                Sequencer.Step.Done.class, jdbi.withHandle(handle -> node.sequencer.step(handle, epoch, false)));
    }

    /** Appended without a checkpoint: there is no receipt until one covers it. */
    @Test
    void step_withoutCheckpoint_givesNoReceiptYet() {
        var event = appended(node);
        long epoch = node.claim();
        jdbi.useHandle(handle -> node.sequencer.step(handle, epoch, false));
        assertEquals(2, node.count("ledger_event"));
        assertTrue(node.ledger.receipt(event.id()).isEmpty());
        node.step(epoch);
        assertVerifies(node, event);
    }

    private static LedgerEvent event(LedgerNode node) {
        return node.events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build();
    }

    private static LedgerEvent appended(LedgerNode node) {
        var event = event(node);
        node.append(event);
        return event;
    }

    private void insertRegardless(LedgerEvent event) {
        jdbi.useTransaction(tx -> {
            var stored = node.vault.seal(tx, event);
            tx.createUpdate("INSERT INTO ledger_outbox (event_id, commitment, sealed, key_id) VALUES (:i, :c, :s, :k)")
                    .bind("i", stored.id().value())
                    .bind("c", stored.commitment().bytes())
                    .bind("s", stored.sealed())
                    .bind("k", stored.keyId())
                    .execute();
        });
    }

    private LedgerEvent lastEvent() {
        return jdbi.withHandle(handle -> {
            var row = EntryRows.page(
                            handle, EntryRows.LOG_ID, node.tree().head().size() - 1, 1)
                    .getFirst();
            return node.vault
                    .open(handle, row.event())
                    .opened()
                    .map(EntrySealing.Opened::event)
                    .orElseThrow();
        });
    }

    private static void assertVerifies(LedgerNode node, LedgerEvent event) {
        var receipt = node.ledger.receipt(event.id()).orElseThrow();
        assertTrue(TlogProof.parse(receipt.tlogProof()).verifies(node.verifierKey));
    }
}
