package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.data.Code;
import io.tamis.data.TamisException;
import io.tamis.log.EventType;
import io.tamis.log.ExportEntry;
import io.tamis.log.ExportResult;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogExport;
import io.tamis.log.Retention;
import io.tamis.log.TlogProof;
import io.tamis.server.TamisTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be erased, what may not, and what remains of what was. */
@TamisTest
class KeyErasureTest {
    private static final KeyErasure.Reason WHY = KeyErasure.Reason.SUBJECT_REQUEST;
    private static final KeyTarget NOVEMBER = new KeyTarget.OfMonth(Retention.ACCESS, YearMonth.of(2026, 11));
    private static final KeyTarget ONE = new KeyTarget.OfSubject(Office.person(1));

    private LedgerNode node;
    private Office office;

    @BeforeEach
    void open() {
        node = new LedgerNode(LedgerDatabase.create().jdbi(), LedgerNode.newKeys());
        office = new Office(node);
    }

    /** One person's entries go, another's and those of nobody stay; all of them still prove. */
    @Test
    void erase_onePerson_leavesTheOthersAndEveryProof(@TempDir Path folder) throws IOException {
        var gone = access(1);
        var goneToo = access(1);
        var other = access(2);
        var nobodys = access();
        office.sequence();
        office.later();
        var done = office.erasure.erase(Office.OFFICER, ONE, WHY);
        assertEquals(1, done.keys());
        assertFalse(done.more() || done.onDuty() || done.onHold());
        office.sequence();
        for (var event : List.of(gone, goneToo)) {
            assertTrue(office.read(event).opened().isEmpty());
            assertFalse(office.read(event).readableBy(LedgerContract.MERCHANT), "nobody's any more");
        }
        assertTrue(office.read(other).opened().isPresent());
        assertTrue(office.read(nobodys).opened().isPresent());
        for (var event : List.of(gone, goneToo, other, nobodys)) {
            var receipt = node.ledger.receipt(event.id()).orElseThrow();
            assertTrue(TlogProof.parse(receipt.tlogProof()).verifies(node.verifierKey));
        }
        var verified = exported(folder);
        assertEquals(2, verified.erased());
        assertEquals(1, verified.erasedKeys().size(), "the log itself says what was erased");
    }

    /** Who was erased must not be written down anywhere, least of all in what is kept for ever. */
    @Test
    void erase_onePerson_leavesNoTraceOfWhom() {
        access(1);
        office.sequence();
        office.later();
        var done = office.erasure.erase(Office.OFFICER, ONE, WHY);
        office.sequence();
        var record = office.reader
                .find(done.records().getFirst())
                .orElseThrow()
                .opened()
                .orElseThrow()
                .event();
        assertEquals(Optional.of(EventType.KEY_DESTROYED), record.type());
        assertFalse(record.body().canonical().contains(Office.person(1).hex()));
        long left = node.jdbi.withHandle(handle -> handle.createQuery("""
                SELECT count(*) FROM ledger_key WHERE subject = decode(:who, 'hex') OR scope LIKE '%' || :who || '%'""")
                .bind("who", Office.person(1).hex())
                .mapTo(Long.class)
                .one());
        assertEquals(0, left);
        assertRefused(Code.NOT_FOUND, ONE);
        // The person is met again: a new key, and the old one is not in its way.
        access(1);
        office.sequence();
        long again = node.jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM ledger_key WHERE subject = decode(:who, 'hex') AND wrapped IS NOT NULL")
                .bind("who", Office.person(1).hex())
                .mapTo(Long.class)
                .one());
        assertEquals(1, again);
    }

    @Test
    void erase_aMonth_takesThePersonsOfItToo() {
        var one = access(1);
        var nobodys = access();
        office.sequence();
        office.later();
        var december = access();
        var done = office.erasure.erase(Office.OFFICER, NOVEMBER, KeyErasure.Reason.RETENTION_OVER);
        office.sequence();
        assertEquals(2, done.keys());
        assertTrue(office.read(one).opened().isEmpty());
        assertTrue(office.read(nobodys).opened().isEmpty());
        assertTrue(office.read(december).opened().isPresent());
    }

    /** The running month is sealed under this very key: destroying it would lose what is yet to come. */
    @Test
    void erase_beforeTheMonthIsOver_isRefused() {
        var event = access(1);
        office.sequence();
        assertRefused(Code.RETENTION_DUTY, ONE);
        assertRefused(Code.RETENTION_DUTY, NOVEMBER);
        assertTrue(office.read(event).opened().isPresent());
    }

    /** Part of a person's entries prove lawful processing and stay for years: the rest goes, and the answer says so. */
    @Test
    void erase_partlyOnDuty_erasesTheRestAndSaysSo() {
        var access = access(1);
        var decision = decision(1);
        office.sequence();
        office.later();
        var done = office.erasure.erase(Office.OFFICER, ONE, WHY);
        assertTrue(done.onDuty());
        assertEquals(1, done.keys());
        assertTrue(office.read(access).opened().isEmpty());
        assertTrue(office.read(decision).opened().isPresent());
        assertRefused(Code.RETENTION_DUTY, ONE);
    }

    @Test
    void erase_nothingThere_isNotFound() {
        access(2);
        office.sequence();
        office.later();
        assertRefused(Code.NOT_FOUND, ONE);
        assertRefused(Code.NOT_FOUND, new KeyTarget.OfMonth(Retention.ACCESS, YearMonth.of(2026, 1)));
    }

    /** The record of what was destroyed is never itself erased: without it an erasure would look like tampering. */
    @Test
    void erase_permanent_isNoTarget() {
        var refusal = assertThrows(
                TamisException.class, () -> new KeyTarget.OfMonth(Retention.PERMANENT, YearMonth.of(2026, 11)));
        assertEquals(Code.INVALID_REQUEST, refusal.code());
    }

    @Test
    void erase_underAHold_isRefusedUntilItIsLifted() {
        access(1);
        access();
        office.sequence();
        office.later();
        for (var held : List.of(new KeyTarget.Whole(), ONE, NOVEMBER)) {
            String id = "case-" + held.kind().toLowerCase(java.util.Locale.ROOT);
            assertTrue(place(id, held).now());
            assertFalse(place(id, held).now(), "the same hold again");
            assertRefused(Code.LEGAL_HOLD, ONE);
            office.holds.lift(Office.OFFICER, id);
        }
        assertEquals(1, office.erasure.erase(Office.OFFICER, ONE, WHY).keys());
    }

    /** A hold on one person does not keep everybody else's entries of the month. */
    @Test
    void erase_monthWithOneOnHold_erasesTheOthers() {
        var held = access(1);
        var other = access(2);
        office.sequence();
        office.later();
        place("case-7", ONE);
        var done = office.erasure.erase(Office.OFFICER, NOVEMBER, KeyErasure.Reason.RETENTION_OVER);
        assertTrue(done.onHold());
        assertTrue(office.read(held).opened().isPresent());
        assertTrue(office.read(other).opened().isEmpty());
    }

    @Test
    void hold_changes_areEntriesThatDoNotNameAnybody() {
        office.later();
        place("case-7", ONE);
        office.holds.lift(Office.OFFICER, "case-7");
        office.holds.lift(Office.OFFICER, "case-7");
        office.sequence();
        var changes = office.reader.page(0, 100).stream()
                .flatMap(found -> found.opened().stream())
                .map(opened -> opened.event())
                .filter(event -> event.type().equals(Optional.of(EventType.HOLD_CHANGED)))
                .map(event -> event.body().canonical())
                .toList();
        assertEquals(2, changes.size());
        assertTrue(changes.getFirst().contains("PLACED") && changes.getLast().contains("LIFTED"));
        assertTrue(changes.stream()
                .noneMatch(change -> change.contains(Office.person(1).hex())));
    }

    @Test
    void hold_otherOrLifted_isAConflict() {
        office.later();
        place("case-7", ONE);
        assertConflict(() -> place("case-7", NOVEMBER));
        office.holds.lift(Office.OFFICER, "case-7");
        assertConflict(() -> place("case-7", ONE));
    }

    /** Holds and erasures at the same moment: what was answered first holds for what was answered later. */
    @Test
    void erase_racingAHold_isBeforeItOrRefused() throws Exception {
        var people = LongStream.range(0, 12).mapToObj(i -> access((int) i)).toList();
        office.sequence();
        office.later();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < people.size(); i++) {
                var target = new KeyTarget.OfSubject(Office.person(i));
                String id = "race-" + i;
                var start = new CyclicBarrier(2);
                Callable<Boolean> erase = () -> {
                    start.await();
                    return erased(target);
                };
                Callable<LegalHolds.Changed> hold = () -> {
                    start.await();
                    return place(id, target);
                };
                Future<Boolean> erasing = threads.submit(erase);
                Future<LegalHolds.Changed> holding = threads.submit(hold);
                assertTrue(holding.get().now());
                assertEquals(erasing.get(), office.read(people.get(i)).opened().isEmpty());
                assertFalse(erased(target), "held from now on, or gone");
            }
        }
    }

    /** Two officers at once: one erasure, one record. */
    @Test
    void erase_twiceAtOnce_isOneErasure() throws Exception {
        access(1);
        office.sequence();
        office.later();
        var answers = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> erased(ONE)));
            }
        }
        int done = 0;
        for (var answer : answers) {
            done += answer.get() ? 1 : 0;
        }
        assertEquals(1, done);
        assertEquals(1, office.erasure.page(new UUID(0, 0), 10).size());
    }

    /** A copy of the database from before: it opens until the old key-encryption key is destroyed, and says so. */
    @Test
    void rotate_afterAnErasure_makesItFinalAgainstABackup() {
        var event = access(1);
        var kept = access(2);
        office.sequence();
        node.jdbi.useHandle(handle -> handle.execute("CREATE TABLE backup AS SELECT * FROM ledger_key"));
        office.later();
        office.erasure.erase(Office.OFFICER, ONE, WHY);
        assertEquals(List.of(false), finals());
        var stranger = new LedgerNode(node.jdbi, node.keys);
        restore();
        assertTrue(stranger.jdbi
                .withHandle(
                        handle -> stranger.vault.open(handle, office.read(event).event()))
                .opened()
                .isPresent());
        destroyAgain();
        assertEquals(2, office.rotation.rotate(Office.OFFICER));
        assertEquals(List.of(true), finals());
        assertTrue(office.read(kept).opened().isPresent());
        var fresh = new LedgerNode(node.jdbi, node.keys);
        assertTrue(fresh.jdbi
                .withHandle(handle -> fresh.vault.open(handle, office.read(kept).event()))
                .opened()
                .isPresent());
        restore();
        var again = new LedgerNode(node.jdbi, node.keys);
        var sealed = node.jdbi.withHandle(
                handle -> EntryRows.byId(handle, event.id()).orElseThrow().event());
        assertThrows(CryptoException.class, () -> again.jdbi.useHandle(handle -> again.vault.open(handle, sealed)));
    }

    /** Another process has changed the store: this one must not seal under what is about to be nobody's. */
    @Test
    void seal_withAnOldStore_failsClosed() throws IOException {
        access(1);
        office.sequence();
        node.jdbi.useHandle(
                handle -> handle.execute("UPDATE ledger_key SET kek_gen = 2 WHERE retention = 'permanent'"));
        var refusal = assertThrows(TamisException.class, () -> access(3));
        assertEquals(Code.LEDGER_UNAVAILABLE, refusal.code());
        var stale = assertThrows(TamisException.class, () -> office.rotation.rotate(Office.OFFICER));
        assertEquals(Code.LEDGER_UNAVAILABLE, stale.code());
    }

    @Test
    void due_whatIsOver_isToldUntilItIsErased() {
        access(1);
        decision(1);
        office.sequence();
        assertEquals(List.of(), due());
        office.later();
        place("case-7", NOVEMBER);
        assertEquals(List.of("access 2026-11 1 true"), due());
        office.holds.lift(Office.OFFICER, "case-7");
        assertEquals(List.of("access 2026-11 1 false"), due());
        office.erasure.erase(Office.OFFICER, NOVEMBER, KeyErasure.Reason.RETENTION_OVER);
        assertEquals(List.of(), due());
    }

    private List<String> due() {
        return node.jdbi.withHandle(handle -> KeyCandidates.due(handle, office.rules, 10)).stream()
                .map(due -> due.retention().wire() + " " + due.month() + " " + due.keys() + " " + due.onHold())
                .toList();
    }

    private List<Boolean> finals() {
        return office.erasure.page(new UUID(0, 0), 10).stream()
                .map(KeyErasure.Past::done)
                .toList();
    }

    private void restore() {
        node.jdbi.useHandle(handle -> handle.execute("""
                UPDATE ledger_key SET wrapped = b.wrapped, kek_gen = b.kek_gen, destroyed_at = NULL, scope = b.scope,
                    retention = b.retention, month = b.month, subject = b.subject
                FROM backup AS b WHERE b.key_id = ledger_key.key_id AND ledger_key.wrapped IS NULL"""));
    }

    private void destroyAgain() {
        node.jdbi.useHandle(
                handle -> handle.execute("""
                UPDATE ledger_key SET wrapped = NULL, destroyed_at = clock_timestamp(), subject = '', retention = '',
                    month = '', scope = 'destroyed/' || key_id
                WHERE subject = (SELECT subject FROM backup WHERE subject <> '' ORDER BY subject = decode('%s', 'hex') DESC LIMIT 1)""".formatted(Office.person(1).hex())));
    }

    private boolean erased(KeyTarget target) {
        try {
            office.erasure.erase(Office.OFFICER, target, WHY);
            return true;
        } catch (LedgerException refused) {
            assertTrue(
                    List.of(Code.LEGAL_HOLD, Code.NOT_FOUND).contains(refused.code()),
                    refused.code().name());
            return false;
        }
    }

    private LegalHolds.Changed place(String id, KeyTarget target) {
        return office.holds.place(Office.OFFICER, id, target, LegalHold.Reason.LITIGATION);
    }

    private void assertRefused(Code code, KeyTarget target) {
        var refusal = assertThrows(LedgerException.class, () -> office.erasure.erase(Office.OFFICER, target, WHY));
        assertEquals(code, refusal.code());
    }

    private static void assertConflict(Runnable change) {
        assertEquals(
                Code.STATE_CONFLICT,
                assertThrows(LedgerException.class, change::run).code());
    }

    private ExportResult.Verified exported(Path folder) throws IOException {
        var export = new LogExport(LogExport.Target.folder(folder));
        var entries = office.reader.page(0, 1000).stream()
                .map(found -> found.entry().orElseThrow())
                .toList();
        export.entries(new ArrayList<ExportEntry>(entries));
        export.checkpoint(node.tree().published().orElseThrow().note());
        export.finish();
        assertTrue(Files.exists(folder.resolve("MANIFEST")));
        return assertInstanceOf(ExportResult.Verified.class, LogExport.read(folder, node.verifierKey));
    }

    private LedgerEvent access() {
        return appended(node.events.of(EventType.DRYRUN_ANSWERED, LedgerContract.MERCHANT));
    }

    private LedgerEvent access(int person) {
        return appended(node.events
                .of(EventType.ACCESS_REPORTED, LedgerContract.MERCHANT)
                .subject(Office.person(person)));
    }

    private LedgerEvent decision(int person) {
        return appended(
                node.events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).subject(Office.person(person)));
    }

    private LedgerEvent appended(Events.Builder builder) {
        var event = builder.build();
        node.append(event);
        return event;
    }
}
