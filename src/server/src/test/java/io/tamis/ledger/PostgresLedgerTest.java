package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.TamisException;
import io.tamis.log.TlogProof;
import io.tamis.server.TamisTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TamisTest
class PostgresLedgerTest extends LedgerContract {
    private LedgerNode node;

    @BeforeEach
    void startNode() {
        node = new LedgerNode(LedgerDatabase.create().jdbi());
        node.start();
    }

    @AfterEach
    void stopNode() {
        node.stop();
    }

    @Override
    Ledger ledger() {
        return node.ledger;
    }

    @Override
    Jdbi jdbi() {
        return node.jdbi;
    }

    @Test
    void await_receipt_verifiesWithoutUs() {
        var event = event();
        append(event);
        var receipt = ledger().await(event.id());
        var proof = TlogProof.parse(receipt.tlogProof());
        assertTrue(proof.verifies(node.verifierKey));
        assertEquals(event.id(), proof.entry().id());
        assertEquals(receipt.index(), proof.index());
    }

    /** 16 writers at once: every acknowledged event is in the log once, and each receipt verifies. */
    @Test
    void append_manyWriters_eachEventOnce() throws Exception {
        int writers = 16;
        int each = 20;
        var receipts = new ArrayList<Future<Receipt>>();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (int i = 0; i < writers * each; i++) {
                Callable<Receipt> write = () -> ledger().await(append(event()));
                receipts.add(threads.submit(write));
            }
        }
        var indices = new HashSet<Long>();
        for (var receipt : receipts) {
            assertTrue(indices.add(receipt.get().index()));
            assertTrue(TlogProof.parse(receipt.get().tlogProof()).verifies(node.verifierKey));
        }
        // One more: the record of the month's data key.
        assertEquals(writers * each + 1, node.count("ledger_event"));
        assertEquals(0, node.count("ledger_outbox"));
    }

    /** Whoever polls instead of waiting has its checkpoint on demand too. */
    @Test
    void receipt_askedFor_comesWithoutWaitingForTheInterval() {
        node.stop();
        node.start(Duration.ofDays(1));
        node.ledger.await(appendOn(node));
        var event = event();
        append(event);
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (node.ledger.receipt(event.id()).isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertTrue(node.ledger.receipt(event.id()).isPresent());
    }

    @Test
    void append_body_restsSealed() {
        var event = event();
        append(event);
        node.ledger.await(event.id());
        byte[] body = node.jdbi.withHandle(handle ->
                EntryRows.byId(handle, event.id()).orElseThrow().event().sealed());
        assertFalse(new String(body, StandardCharsets.ISO_8859_1).contains("brand-a"));
        assertFalse(new String(body, StandardCharsets.ISO_8859_1).contains("job.submitted"));
    }

    @Test
    void append_logStuckFor30Seconds_isUnavailable() {
        append(event());
        node.stop();
        node.clock.advance(Duration.ofSeconds(31));
        assertCode(Code.LEDGER_UNAVAILABLE, tx -> node.ledger.append(tx, event()));
    }

    @Test
    void await_withoutASequencer_givesUpAndLeavesTheEvent() {
        node.ledger.await(appendOn(node));
        node.stop();
        var event = event();
        append(event);
        var refusal = assertThrows(
                TamisException.class,
                () -> node.patientFor(Duration.ofMillis(50)).await(event.id()));
        assertEquals(Code.LEDGER_UNAVAILABLE, refusal.code());
        // The event is durable all the same and is sequenced by whoever comes next.
        node.start();
        assertEquals(event.id(), node.ledger.await(event.id()).eventId());
    }

    @Test
    void await_onAnotherReplica_getsTheReceiptThroughTheDatabase() {
        var follower = new LedgerNode(node.jdbi);
        follower.start();
        try {
            var event = event();
            follower.append(event);
            var receipt = follower.ledger.await(event.id());
            assertTrue(TlogProof.parse(receipt.tlogProof()).verifies(node.verifierKey));
            assertFalse(node.pulse.leading() && follower.pulse.leading());
        } finally {
            follower.stop();
        }
    }

    @Test
    void start_afterARestart_continuesTheLog() {
        var before = event();
        append(before);
        var receipt = node.ledger.await(before.id());
        node.stop();
        var again = new LedgerNode(node.jdbi);
        again.start();
        try {
            again.append(event());
            assertEquals(receipt.index(), again.ledger.await(before.id()).index());
        } finally {
            again.stop();
        }
    }

    /** The server's connection is killed under it: the lease goes with it, and is taken again. */
    @Test
    void sequencer_losingItsConnection_startsOver() {
        node.ledger.await(appendOn(node));
        node.jdbi.useHandle(handle -> handle.execute("""
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""));
        var event = event();
        append(event);
        assertEquals(event.id(), node.ledger.await(event.id()).eventId());
    }

    @Test
    void dataKey_nextMonth_isAnotherOneAndIsRecorded() {
        append(event());
        node.clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        node.pulse.seenHealthy();
        var december = event();
        append(december);
        node.ledger.await(december.id());
        assertEquals(4, node.count("ledger_key"));
        assertEquals(4, node.count("ledger_event"));
    }

    /** The first event of a month is rolled back, and its key with it: the next one must not use a key nobody has. */
    @Test
    void dataKey_ofARolledBackTransaction_isNotUsed() {
        assertThrows(
                Undone.class,
                () -> node.jdbi.useTransaction(tx -> {
                    node.ledger.append(tx, event());
                    throw new Undone();
                }));
        assertEquals(0, node.count("ledger_key"));
        var event = event();
        append(event);
        assertEquals(event.id(), node.ledger.await(event.id()).eventId());
    }

    @Test
    void dataKey_ofAnotherReplica_isShared() {
        append(event());
        var other = new LedgerNode(node.jdbi);
        var event = event();
        other.append(event);
        assertEquals(2, node.count("ledger_key"));
        assertEquals(event.id(), node.ledger.await(event.id()).eventId());
    }

    @Test
    void requireDurable_withoutSynchronousCommit_isRefused() {
        node.jdbi.useHandle(handle -> {
            LedgerStart.requireDurable(handle);
            handle.execute("SET synchronous_commit = off");
            var refusal = assertThrows(LedgerException.class, () -> LedgerStart.requireDurable(handle));
            assertEquals(Code.DATABASE_FORGETFUL, refusal.code());
        });
    }

    private EventId appendOn(LedgerNode on) {
        var event = event();
        on.append(event);
        return event.id();
    }
}
