package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogExport;
import io.tamis.server.TamisTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that the database's administrator has written or edited by hand: they are found, and stop nothing. */
@TamisTest
class DamagedRowsTest {
    private static final EntryQuery ALL = new EntryQuery(Map.of(), Optional.empty(), Optional.empty());
    private static final short NO_LOG = 77;

    private LedgerNode node;
    private Office office;

    @BeforeEach
    void open() {
        node = new LedgerNode(LedgerDatabase.create().jdbi());
        office = new Office(node);
        appended();
        office.sequence();
    }

    /** A garbage row among the writers' is sequenced and signed like them; then every reader goes on without it. */
    @Test
    void garbageInTheOutbox_isListedSearchedAndExportedAsErased(@TempDir Path folder) throws IOException {
        var before = appended();
        var garbage = garbage(EntryRows.LOG_ID);
        var after = appended();
        office.sequence();
        var found = office.reader.find(garbage).orElseThrow();
        assertEquals(new Content.Damaged(), found.content());
        assertFalse(found.readableBy(LedgerContract.MERCHANT));
        assertTrue(found.readableBy(Office.OFFICER));
        assertInstanceOf(ExportEntry.Erased.class, found.entry().orElseThrow());
        assertTrue(office.reader.proof(found).isPresent());
        assertPresent(before);
        assertPresent(after);
        assertEquals(
                node.count("ledger_event"),
                office.search.search(EntryRows.LOG_ID, ALL, 0, 100).items().size());
        var byType = new EntryQuery(
                Map.of(EntryFacets.Facet.TYPE, EventType.JOB_SUBMITTED.wire()), Optional.empty(), Optional.empty());
        assertEquals(
                3,
                office.search.search(EntryRows.LOG_ID, byType, 0, 100).items().size());
        var verified = assertInstanceOf(ExportResult.Verified.class, exported(folder));
        assertEquals(1, verified.erased());
        assertTrue(verified.erasedKeys().isEmpty(), "no key.destroyed names it: ERASED_WITHOUT_RECORD");
    }

    @Test
    void garbageInABlock_itsFilterIsBuilt() {
        garbage(EntryRows.LOG_ID);
        while (node.count("ledger_event") < BlockFilters.BLOCK) {
            node.jdbi.useTransaction(tx -> {
                for (int i = 0; i < 256; i++) {
                    node.ledger.append(tx, event());
                }
            });
            office.sequence();
        }
        assertTrue(office.filters.buildNext());
        assertEquals(1, node.count("ledger_block_filter"));
    }

    /** Of a log that is not there, it can be neither sealed again nor left: an entry that points at it takes its place. */
    @Test
    void garbageOfAnUnknownLog_isReplacedByWhatPointsAtIt() {
        var garbage = garbage(NO_LOG);
        var after = appended();
        office.sequence();
        assertEquals(0, node.count("ledger_outbox"));
        assertTrue(office.reader.find(garbage).isEmpty());
        assertPresent(after);
        assertPointedAt(garbage);
    }

    /** Read before it is sequenced it is nobody's, and the reader gets no failure. */
    @Test
    void garbageInTheOutbox_readByItsId_isDamaged() {
        assertEquals(
                new Content.Damaged(),
                office.reader.find(garbage(NO_LOG)).orElseThrow().content());
        assertEquals(
                new Content.Damaged(),
                office.reader.find(garbage(EntryRows.LOG_ID)).orElseThrow().content());
    }

    /** A garbage row under the id of an entry: the second event of one id, as a writer's would be. */
    @Test
    void garbageUnderAKnownId_isReplacedByWhatPointsAtIt() {
        var known = appended();
        office.sequence();
        garbage(EntryRows.LOG_ID, known.id());
        office.sequence();
        assertPresent(known);
        assertPointedAt(known.id());
    }

    /** The stored body of an id is damaged: who repeats that id is refused, and nobody else. */
    @Test
    void repeatedId_ofADamagedBody_isRefusedForThatRequestOnly() throws Exception {
        var event = appended();
        office.sequence();
        spoil(event);
        assertEquals(
                Code.STATE_CONFLICT,
                assertThrows(LedgerException.class, () -> node.append(event)).code());
        var again = new Pending(node.vault.sealAll(List.of(event)));
        var other = new Pending(node.vault.sealAll(List.of(event())));
        node.queue.offer(again);
        node.queue.offer(other);
        office.sequence();
        assertInstanceOf(Pending.Answer.Conflict.class, again.await(0));
        assertInstanceOf(Pending.Answer.Recorded.class, other.await(0));
    }

    /** A body edited in the log: the commitment beside it is still the tree's. */
    @Test
    void editedBody_isExportedAsErased_andTheTreeVerifies(@TempDir Path folder) throws IOException {
        var event = appended();
        office.sequence();
        spoil(event);
        assertEquals(
                1,
                assertInstanceOf(ExportResult.Verified.class, exported(folder)).erased());
    }

    /** A commitment edited beside an intact body is exported as it is stored: the root is another one. */
    @Test
    void editedCommitment_isExportedAsStored_andTheRootDiffers(@TempDir Path folder) throws IOException {
        var event = appended();
        office.sequence();
        var edited = Hash.sha256("edited".getBytes(StandardCharsets.UTF_8));
        node.jdbi.useHandle(
                handle -> handle.createUpdate("UPDATE ledger_event SET commitment = :edited WHERE event_id = :id")
                        .bind("edited", edited.bytes())
                        .bind("id", event.id().value())
                        .execute());
        var found = office.read(event);
        assertEquals(new Content.Damaged(), found.content());
        assertEquals(
                edited,
                assertInstanceOf(ExportEntry.Erased.class, found.entry().orElseThrow())
                        .entry()
                        .commitment());
        assertEquals(
                ExportResult.Problem.ROOT_DIFFERS,
                assertInstanceOf(ExportResult.Broken.class, exported(folder)).problem());
    }

    private void spoil(LedgerEvent event) {
        node.jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE ledger_event SET body = set_byte(body, 20, get_byte(body, 20) # 1) WHERE event_id = :id")
                .bind("id", event.id().value())
                .execute());
    }

    private EventId garbage(short log) {
        return garbage(log, event().id());
    }

    private EventId garbage(short log, EventId id) {
        UUID key = node.jdbi.withHandle(handle -> EntryRows.page(handle, EntryRows.LOG_ID, 0, 1)
                .getFirst()
                .event()
                .keyId());
        node.jdbi.useHandle(handle -> handle.createUpdate("""
                INSERT INTO ledger_outbox (event_id, commitment, sealed, key_id, log_id)
                VALUES (:id, :commitment, :sealed, :key, :log)""")
                .bind("id", id.value())
                .bind("commitment", Hash.sha256(id.bytes()).bytes())
                .bind("sealed", new byte[100])
                .bind("key", key)
                .bind("log", log)
                .execute());
        return id;
    }

    private void assertPointedAt(EventId garbage) {
        var last = office.reader.page(0, 1000).stream()
                .flatMap(found -> found.opened().stream())
                .map(content -> content.event())
                .filter(event -> event.type().equals(Optional.of(EventType.CORRECTION)))
                .toList();
        assertEquals(1, last.size());
        var body = last.getFirst().body();
        assertEquals(Optional.of(Json.of(garbage.toString())), body.member("of"));
        assertEquals(Optional.of(Json.of(Hash.sha256(garbage.bytes()).hex())), body.member("commitment"));
    }

    private void assertPresent(LedgerEvent event) {
        assertEquals(event, office.read(event).opened().orElseThrow().event());
    }

    private ExportResult exported(Path folder) throws IOException {
        var published = node.shards.open().latest().orElseThrow();
        var export = new LogExport(LogExport.Target.folder(folder));
        export.entries(
                () -> office.reader.page(0, Math.toIntExact(published.head().size())).stream()
                        .map(found -> found.entry().orElseThrow())
                        .iterator());
        export.checkpoint(published.note());
        export.finish();
        return LogExport.read(folder, node.verifierKey);
    }

    private LedgerEvent event() {
        return node.events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build();
    }

    private LedgerEvent appended() {
        var event = event();
        node.append(event);
        return event;
    }
}
