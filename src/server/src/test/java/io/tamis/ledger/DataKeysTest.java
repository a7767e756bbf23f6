package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.data.Hash;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogExport;
import io.tamis.log.Origin;
import io.tamis.log.Retention;
import io.tamis.log.SubjectRef;
import io.tamis.server.TamisTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
    void find_inOneMonth_isOneKey() {
        assertEquals(key(node), key(node));
        assertEquals(List.of("decisions/2026-11/0001"), scopes());
    }

    @Test
    void find_inTheNextMonth_isAnother() {
        UUID november = key(node);
        node.clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        assertNotEquals(november, key(node));
        assertEquals(List.of("decisions/2026-11/0001", "decisions/2026-12/0001"), scopes());
    }

    /** Else what is decided today would be due for erasure as something of five years ago. */
    @Test
    void seal_withTheClockSetBack_isUnderTheNewestMonth() {
        node.clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        var december = sealed(node, ofPerson(1));
        node.clock.set(Instant.parse("2021-03-01T00:00:00Z"));
        assertEquals(december.keyId(), sealed(node, ofPerson(1)).keyId());
        sealed(node, ofPerson(2));
        sealed(new LedgerNode(node.jdbi), ofPerson(3));
        assertEquals(List.of("2026-12"), months());
    }

    /** A replica that has just started in the past knows nothing yet. */
    @Test
    void seal_firstOfAReplicaWithItsClockBack_isUnderTheNewestMonth() {
        sealed(node, ofPerson(1));
        var late = new LedgerNode(node.jdbi);
        late.clock.set(Instant.parse("2021-03-01T00:00:00Z"));
        sealed(late, ofPerson(2));
        late.jdbi.useTransaction(tx -> late.vault.seal(tx, ofPerson(3)));
        assertEquals(List.of("2026-11"), months());
    }

    /** Months do not come back, so one clock alone does not move them on. */
    @Test
    void seal_withTheClockAheadOfTheDatabases_isUnderTheRunningMonth() {
        node.databaseClock = new LedgerNode.TestClock();
        node.clock.set(Instant.parse("2029-03-01T00:00:00Z"));
        sealed(node, ofPerson(1));
        sealed(node, ofPerson(1));
        assertEquals(List.of("2026-11"), months());
    }

    /** Destroyed here or seen to be destroyed: what this process remembers of the key seals nothing more. */
    @Test
    void seal_afterTheRememberedKeyWasSeenDestroyed_isUnderAnother() {
        var first = sealed(node, ofPerson(1));
        destroy();
        assertEquals(first.keyId(), sealed(node, ofPerson(1)).keyId(), "nobody has told this process");
        assertEquals(new Content.Erased(), node.jdbi.withHandle(handle -> node.vault.open(handle, first)));
        var second = sealed(node, ofPerson(1));
        assertNotEquals(first.keyId(), second.keyId());
        node.dataKeys.forget(List.of(second.keyId()));
        destroy();
        assertNotEquals(second.keyId(), sealed(node, ofPerson(1)).keyId());
    }

    /** Another replica destroyed it: at the latest the look-up that counts its seals tells. */
    @Test
    void seal_afterManyBatches_learnsOfADestroyedKey() {
        var scope = new KeyScope(Retention.DECISIONS, node.dataKeys.month(), Optional.empty());
        UUID first = key(node);
        destroy();
        for (int i = 0; i < DataKeys.BATCHES_PER_LOOKUP; i++) {
            assertEquals(1, node.dataKeys.remembered(Set.of(scope)).size());
        }
        assertNotEquals(first, key(node));
    }

    /** Half of what GCM allows under random nonces: then the month gets another part. */
    @Test
    void find_afterManySeals_isTheNextPart() {
        UUID first = key(node);
        node.jdbi.useTransaction(tx -> DataKeys.count(tx, first, DataKeys.SEALS_MAX - 1));
        assertEquals(first, key(new LedgerNode(node.jdbi)));
        node.jdbi.useTransaction(tx -> DataKeys.count(tx, first, 1));
        assertNotEquals(first, key(new LedgerNode(node.jdbi)));
        assertEquals(List.of("decisions/2026-11/0001", "decisions/2026-11/0002"), scopes());
    }

    @Test
    void find_afterItsKeyWasDestroyed_isTheNextPart() {
        UUID first = key(node);
        destroy();
        assertNotEquals(first, key(new LedgerNode(node.jdbi)));
        assertEquals(List.of("decisions/2026-11/0001", "decisions/2026-11/0002"), scopes());
    }

    /** Many at once, some known, some new, of several persons: each gets its own, and the same one again. */
    @Test
    void find_manyScopes_areDifferentKeysAndTheSameAgain() {
        var wanted = new HashSet<KeyScope>();
        for (var retention : Retention.values()) {
            wanted.add(new KeyScope(retention, node.dataKeys.month(), Optional.empty()));
            for (int person = 0; person < 50; person++) {
                wanted.add(new KeyScope(retention, node.dataKeys.month(), Optional.of(person(person))));
            }
        }
        key(node);
        var found = node.jdbi.inTransaction(tx -> node.dataKeys.find(tx, wanted));
        assertEquals(wanted, found.keys().keySet());
        assertEquals(wanted.size() - 1, found.fresh().size());
        assertEquals(wanted.size(), node.count("ledger_key"));
        assertEquals(
                wanted.size(),
                found.keys().values().stream()
                        .map(DataKeys.DataKey::id)
                        .distinct()
                        .count());
        var elsewhere = new LedgerNode(node.jdbi);
        var again = elsewhere.jdbi.inTransaction(tx -> elsewhere.dataKeys.find(tx, wanted));
        assertEquals(found.keys(), again.keys());
        assertEquals(List.of(), again.fresh());
        assertEquals(wanted, node.dataKeys.remembered(wanted).keySet());
    }

    /** Two replicas make the same keys at once: the second waits for the first and takes its keys. */
    @Test
    void find_twoWritersAtOnce_shareTheKeys() throws Exception {
        var wanted = IntStream.range(0, 100)
                .mapToObj(i -> new KeyScope(Retention.ACCESS, node.dataKeys.month(), Optional.of(person(i))))
                .toList();
        var found = new ArrayList<Future<DataKeys.Found>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                var replica = new LedgerNode(node.jdbi);
                var mixed = new ArrayList<>(wanted);
                Collections.shuffle(mixed, new Random(i));
                Callable<DataKeys.Found> make =
                        () -> replica.jdbi.inTransaction(tx -> replica.dataKeys.find(tx, mixed));
                found.add(threads.submit(make));
            }
        }
        for (var one : found) {
            assertEquals(found.getFirst().get().keys(), one.get().keys());
        }
        assertEquals(wanted.size(), node.count("ledger_key"));
    }

    /** The direct path: sealed without a transaction of the caller's, new keys committed and recorded before anything is. */
    @Test
    void sealAll_withNewKeys_commitsAndRecordsThem() {
        var batch = List.of(
                ofPerson(1),
                ofPerson(2),
                node.events
                        .of(EventType.DRYRUN_ANSWERED, LedgerContract.MERCHANT)
                        .build());
        var sealed = node.vault.sealAll(batch);
        assertEquals(
                batch.stream().map(LedgerEvent::id).toList(),
                sealed.stream().map(SealedEvent::id).toList());
        assertEquals(4, node.count("ledger_key"), "one more seals the records");
        assertEquals(1, node.count("ledger_outbox"));
        assertEquals(3, sealed.stream().map(SealedEvent::keyId).distinct().count());
        var elsewhere = new LedgerNode(node.jdbi);
        assertEquals(
                batch,
                elsewhere.jdbi.withHandle(handle -> elsewhere.vault.openAll(handle, sealed)).stream()
                        .map(opened -> opened.opened().orElseThrow().event())
                        .toList());
    }

    /** Once the keys are known the database is not asked: the direct path seals ten thousand events a second. */
    @Test
    void sealAll_withKnownKeys_asksNothing() {
        node.vault.sealAll(List.of(ofPerson(1), ofPerson(2)));
        node.jdbi.useHandle(handle -> handle.execute("ALTER TABLE ledger_key RENAME TO ledger_key_gone"));
        assertEquals(
                3,
                node.vault
                        .sealAll(List.of(ofPerson(1), ofPerson(2), ofPerson(1)))
                        .size());
    }

    /** What is sealed for one year's log does not open in another's. */
    @Test
    void open_inAnotherLog_isDamaged() {
        var sealed = node.jdbi.inTransaction(
                tx -> node.vault.seal(tx, EntryRows.LOG_ID, new Origin("test.example/ledger/2027"), ofPerson(1)));
        assertEquals(new Content.Damaged(), node.jdbi.withHandle(handle -> node.vault.open(handle, sealed)));
    }

    /** Another replica destroyed the key: what this one remembers of it must not open anything. */
    @Test
    void open_keyDestroyedElsewhere_isErasedHereToo() {
        var sealed = node.vault.sealAll(List.of(ofPerson(1))).getFirst();
        assertInstanceOf(Content.Present.class, node.jdbi.withHandle(handle -> node.vault.open(handle, sealed)));
        destroy();
        assertEquals(new Content.Erased(), node.jdbi.withHandle(handle -> node.vault.open(handle, sealed)));
    }

    /** The sequencer counts what was sealed, by key. */
    @Test
    void step_countsSeals() {
        append(node);
        append(node);
        node.step(node.claim());
        long seals = node.jdbi.withHandle(handle -> handle.createQuery("SELECT sum(seals) FROM ledger_key")
                .mapTo(Long.class)
                .one());
        assertEquals(3, seals);
    }

    /** A wrapped key moved to another scope does not open: its place is part of what is authenticated. */
    @Test
    void open_keyMovedToAnotherScope_isRefused() {
        UUID key = key(node);
        node.jdbi.useHandle(handle -> handle.execute("UPDATE ledger_key SET scope = 'decisions/2026-11/0009'"));
        var stranger = new LedgerNode(node.jdbi);
        assertThrows(
                CryptoException.class, () -> stranger.jdbi.useHandle(handle -> stranger.dataKeys.open(handle, key)));
    }

    /** Entries under a destroyed key keep place and commitment; the log stays provable, the export says what is gone. */
    @Test
    void export_afterErasure_verifiesAndCountsTheErased(@TempDir Path folder) throws IOException {
        var erased = append(node);
        node.step(node.claim());
        UUID key = key(node);
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
        var reader = new LogReader(again.jdbi, again.vault, again.shards, again.pulse);
        var log = again.shards.open();
        new ExportStream(again.jdbi, reader).write(log, log.latest().orElseThrow(), out);
        unzip(out.toByteArray(), folder);
        var verified = assertInstanceOf(ExportResult.Verified.class, LogExport.read(folder, again.verifierKey));
        assertEquals(1, verified.erased());
        assertEquals(Set.of(key), verified.erasedKeys());
        var seen = new ArrayList<ExportEntry>();
        verified.entries().forEach(seen::add);
        assertEquals(
                erased.id(),
                assertInstanceOf(ExportEntry.Erased.class, seen.get(1)).id());
        assertEquals(
                key, assertInstanceOf(ExportEntry.Erased.class, seen.get(1)).keyId());
        assertEquals(
                present,
                assertInstanceOf(ExportEntry.Present.class, seen.get(3)).event());
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
            var stored = again.vault.seal(tx, event);
            tx.createUpdate("INSERT INTO ledger_outbox (event_id, commitment, sealed, key_id) VALUES (:i, :c, :s, :k)")
                    .bind("i", stored.id().value())
                    .bind("c", stored.commitment().bytes())
                    .bind("s", stored.sealed())
                    .bind("k", stored.keyId())
                    .execute();
        });
        again.step(again.claim());
        assertEquals(4, again.count("ledger_event"));
        assertEquals(0, again.count("ledger_outbox"));
    }

    private static UUID key(LedgerNode node) {
        var scope = new KeyScope(Retention.DECISIONS, node.dataKeys.month(), Optional.empty());
        return node.jdbi.inTransaction(
                tx -> node.dataKeys.find(tx, Set.of(scope)).keys().get(scope).id());
    }

    private static SealedEvent sealed(LedgerNode node, LedgerEvent event) {
        return node.vault.sealAll(List.of(event)).getFirst();
    }

    private List<String> months() {
        return node.jdbi.withHandle(handle -> handle.createQuery("SELECT DISTINCT month FROM ledger_key ORDER BY month")
                .mapTo(String.class)
                .list());
    }

    private static SubjectRef person(int number) {
        return new SubjectRef(Hash.sha256(Integer.toString(number).getBytes(StandardCharsets.UTF_8)));
    }

    private LedgerEvent ofPerson(int number) {
        return node.events
                .of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT)
                .subject(person(number))
                .build();
    }

    private static LedgerEvent append(LedgerNode node) {
        var event =
                node.events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build();
        node.append(event);
        return event;
    }

    private void destroy() {
        node.jdbi.useHandle(
                handle -> handle.execute(
                        "UPDATE ledger_key SET wrapped = NULL, destroyed_at = clock_timestamp() WHERE retention <> 'permanent'"));
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
