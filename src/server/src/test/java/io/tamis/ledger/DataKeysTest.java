package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogExport;
import io.tamis.server.TamisTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a new data key begins, and what is left when one is destroyed. */
@TamisTest
class DataKeysTest {
    private LedgerNode node;

    @BeforeEach
    void createNode() {
        node = new LedgerNode(LedgerDatabase.create().jdbi());
    }

    @Test
    void current_inOneMonth_isOneKey() {
        assertEquals(current(node), current(node));
        assertEquals(List.of("2026-11/0001"), scopes());
    }

    @Test
    void current_inTheNextMonth_isAnother() {
        UUID november = current(node);
        node.clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        assertNotEquals(november, current(node));
        node.clock.set(Instant.parse("2026-11-30T23:59:59.999Z"));
        assertEquals(november, current(node));
        assertEquals(List.of("2026-11/0001", "2026-12/0001"), scopes());
    }

    /** Half of what GCM allows under random nonces: then the month gets another part. */
    @Test
    void current_afterManySeals_isTheNextPart() {
        UUID first = current(node);
        node.jdbi.useTransaction(tx -> DataKeys.count(tx, first, DataKeys.SEALS_MAX - 1));
        assertEquals(first, current(new LedgerNode(node.jdbi)));
        node.jdbi.useTransaction(tx -> DataKeys.count(tx, first, 1));
        assertNotEquals(first, current(new LedgerNode(node.jdbi)));
        assertEquals(List.of("2026-11/0001", "2026-11/0002"), scopes());
    }

    @Test
    void current_afterItsKeyWasDestroyed_isTheNextPart() {
        UUID first = current(node);
        destroy();
        assertNotEquals(first, current(new LedgerNode(node.jdbi)));
        assertEquals(List.of("2026-11/0001", "2026-11/0002"), scopes());
    }

    /** The sequencer counts what was sealed, by key. */
    @Test
    void step_countsSeals() {
        append(node);
        append(node);
        node.step(node.claim());
        long seals = node.jdbi.withHandle(handle -> handle.createQuery("SELECT seals FROM ledger_key")
                .mapTo(Long.class)
                .one());
        assertEquals(3, seals);
    }

    /** A wrapped key moved to another scope does not open: its place is part of what is authenticated. */
    @Test
    void open_keyMovedToAnotherScope_isRefused() {
        UUID key = current(node);
        node.jdbi.useHandle(handle -> handle.execute("UPDATE ledger_key SET scope = '2026-11/0009'"));
        var stranger = new LedgerNode(node.jdbi);
        assertThrows(
                CryptoException.class, () -> stranger.jdbi.useHandle(handle -> stranger.dataKeys.open(handle, key)));
    }

    /** Entries under a destroyed key keep place and commitment; the log stays provable, the export says what is gone. */
    @Test
    void export_afterErasure_verifiesAndCountsTheErased(@TempDir Path folder) throws IOException {
        var erased = append(node);
        node.step(node.claim());
        UUID key = current(node);
        destroy();
        var again = new LedgerNode(node.jdbi);
        var present = append(again);
        again.append(again.events
                .bySystem(EventType.KEY_DESTROYED, Events.SERVICE)
                .keyIds(List.of(key.toString()))
                .build());
        again.step(again.claim());
        assertTrue(again.ledger.receipt(erased.id()).isPresent(), "still provable");

        var out = new ByteArrayOutputStream();
        var reader = new LogReader(again.jdbi, again.vault, again.tree, again.pulse);
        new ExportStream(again.jdbi, reader, again.tree).write(out);
        unzip(out.toByteArray(), folder);
        var verified = assertInstanceOf(ExportResult.Verified.class, LogExport.read(folder, again.verifierKey));
        assertEquals(2, verified.erased());
        assertEquals(Set.of(key), verified.erasedKeys());
        var seen = new ArrayList<ExportEntry>();
        verified.entries().forEach(seen::add);
        assertEquals(
                erased.id(),
                assertInstanceOf(ExportEntry.Erased.class, seen.getFirst()).id());
        assertEquals(
                key, assertInstanceOf(ExportEntry.Erased.class, seen.getFirst()).keyId());
        assertEquals(
                present,
                assertInstanceOf(ExportEntry.Present.class, seen.get(2)).event());
        assertFalse(reader.find(erased.id()).orElseThrow().readableBy(LedgerContract.MERCHANT));
    }

    /** A writer's repetition of an event that was erased since: it cannot be compared, so it is not dropped either. */
    @Test
    void step_repetitionOfAnErasedEvent_isKeptUnderAFreshId() {
        var event = append(node);
        node.step(node.claim());
        destroy();
        var again = new LedgerNode(node.jdbi);
        again.jdbi.useTransaction(tx -> {
            var stored = again.vault.seal(again.vault.key(tx), event);
            tx.createUpdate("INSERT INTO ledger_outbox (event_id, commitment, sealed, key_id) VALUES (:i, :c, :s, :k)")
                    .bind("i", stored.id().value())
                    .bind("c", stored.commitment().bytes())
                    .bind("s", stored.sealed())
                    .bind("k", stored.keyId())
                    .execute();
        });
        again.step(again.claim());
        assertEquals(3, again.count("ledger_event"));
        assertEquals(0, again.count("ledger_outbox"));
    }

    private static UUID current(LedgerNode node) {
        return node.jdbi.inTransaction(tx -> node.dataKeys.current(tx).id());
    }

    private static LedgerEvent append(LedgerNode node) {
        var event =
                node.events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build();
        node.append(event);
        return event;
    }

    private void destroy() {
        node.jdbi.useHandle(
                handle -> handle.execute("UPDATE ledger_key SET wrapped = NULL, destroyed_at = clock_timestamp()"));
    }

    private List<String> scopes() {
        return node.jdbi.withHandle(handle -> handle.createQuery("SELECT scope FROM ledger_key ORDER BY scope")
                .mapTo(String.class)
                .list());
    }

    private static void unzip(byte[] zip, Path folder) throws IOException {
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, in.readAllBytes());
            }
        }
    }
}
