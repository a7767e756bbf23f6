package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.log.EventType;
import io.tamis.log.Origin;
import io.tamis.log.Witnesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits that go on where an earlier one left off, and what they must notice. */
class AuditStateTest {
    private static final Origin NEXT = new Origin("example.com/tamis/2027");

    @TempDir
    private Path folders;

    private Path written(LogBook log) throws IOException {
        Path export = Files.createTempDirectory(folders, "log");
        log.write(export);
        return export;
    }

    private AuditReport verify(Optional<Path> state, LogBook... logs) throws IOException {
        var exports = new ArrayList<Path>();
        for (LogBook log : logs) {
            exports.add(written(log));
        }
        var keys = logs.length > 1 ? List.of(LogBook.KEY, LogBook.key(NEXT)) : List.of(LogBook.KEY);
        return AuditVerification.verify(
                new AuditRequest(exports, keys, Witnesses.none(), Optional.empty(), state, 0), entries -> {});
    }

    private static List<Finding.Kind> kinds(AuditReport report) {
        return report.findings().stream().map(Finding::kind).toList();
    }

    /** The oracle is the audit of the whole: at every cut the same verdict, findings and sums, honest logs and lies. */
    @Test
    void audit_inSteps_findsWhatOneOfTheWholeFinds() throws IOException {
        int resumed = 0;
        int invalid = 0;
        for (int seed = 0; seed < 24; seed++) {
            var random = new Random(seed);
            LogBook log = new AuditPropertyTest.Story(seed).tell(150);
            if (seed % 3 == 1) {
                log.set(random.nextInt(log.size()), "rows", Json.array(log.fourRows(6_001)));
            } else if (seed % 3 == 2) {
                log.erase(random.nextInt(100)).keyDestroyed();
            }
            Optional<Path> state = Optional.of(folders.resolve("state-" + seed));
            int size = 0;
            while (size < log.size()) {
                size = Math.min(log.size(), size + 1 + random.nextInt(60));
                LogBook then = log.first(size);
                AuditReport whole = verify(Optional.empty(), then);
                AuditReport step = verify(state, then);
                String where = "seed " + seed + ", size " + size;
                assertEquals(whole.verdict(), step.verdict(), where);
                assertEquals(whole.findings(), step.findings(), where);
                assertEquals(whole.counts(), step.counts(), where);
                assertEquals(whole.checkpoint(), step.checkpoint(), where);
                resumed += step.evidence().from() > 0 ? 1 : 0;
                invalid += step.verdict() == AuditReport.Verdict.INVALID ? 1 : 0;
            }
        }
        assertTrue(resumed > 40 && invalid > 10, resumed + " resumed, " + invalid + " invalid");
    }

    @Test
    void audit_ofAnUnchangedLog_saysWhatItDidNotLookAt() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        assertEquals(0, verify(state, LogBook.honest()).evidence().from());
        AuditReport again = verify(state, LogBook.honest());
        assertEquals(7, again.evidence().from());
        assertEquals(AuditReport.Verdict.VALID, again.verdict());
        assertTrue(again.lines().stream().anyMatch(line -> line.contains("entries before 7 were verified earlier")));
    }

    @Test
    void audit_ofALogShorterThanItsState_isRolledBack() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        verify(state, LogBook.honest());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.get())));
        byte[] before = Files.readAllBytes(state.get());
        AuditReport report = verify(state, LogBook.honest().first(5));
        assertEquals(AuditReport.Verdict.INVALID, report.verdict());
        assertTrue(kinds(report).contains(Finding.Kind.LOG_ROLLED_BACK));
        assertArrayEquals(before, Files.readAllBytes(state.get()), "what is invalid is not remembered");
    }

    /** Signed, whole in itself, and not the log that was seen: grown, or of the same size. */
    @Test
    void audit_ofAnotherTreeThanItsState_isForked() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        verify(state, LogBook.honest());
        for (int more = 0; more < 3; more++) {
            LogBook forked = LogBook.honest().edit(0, event -> event.with("note", Json.of("other")));
            for (int i = 0; i < more; i++) {
                forked.plain(EventType.JOB_FINISHED, 1);
            }
            AuditReport report = verify(state, forked);
            assertEquals(List.of(Finding.Kind.LOG_FORKED), kinds(report), "grown by " + more);
            assertEquals(AuditReport.Verdict.INVALID, report.verdict());
        }
    }

    /** Damage to new entries of the right log is not a fork. */
    @Test
    void audit_ofADamagedExportAfterAState_isBroken() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        verify(state, LogBook.honest());
        Path export = written(LogBook.honest().paidJob(2, 1000));
        Path checkpoint = written(LogBook.honest().paidJob(3, 1000)).resolve("checkpoint");
        Path manifest = export.resolve("MANIFEST");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst(
                                "[0-9a-f]{64}  checkpoint",
                                Hash.sha256(Files.readAllBytes(checkpoint)).hex() + "  checkpoint"));
        Files.write(export.resolve("checkpoint"), Files.readAllBytes(checkpoint));
        AuditReport report = AuditVerification.verify(
                new AuditRequest(List.of(export), List.of(LogBook.KEY), Witnesses.none(), Optional.empty(), state, 0),
                entries -> {});
        assertEquals(List.of(Finding.Kind.EXPORT_BROKEN), kinds(report));
    }

    @Test
    void state_withAnyByteChangedOrCut_isRefusedOrSaysTheSame() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        verify(state, LogBook.honest());
        byte[] whole = Files.readAllBytes(state.get());
        LogBook grown = LogBook.honest().paidJob(2, 1000);
        int refused = 0;
        for (int at = 0; at < whole.length; at += 7) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(state.get(), changed);
            refused += refuses(state, grown) ? 1 : 0;
        }
        assertTrue(refused > whole.length / 7 * 9 / 10, refused + " of " + whole.length / 7);
        for (int length = 0; length < whole.length; length += 50) {
            Files.write(state.get(), Arrays.copyOf(whole, length));
            assertTrue(refuses(state, grown), "cut to " + length);
        }
    }

    /** gzip ignores a few bytes of its header; then nothing has changed. */
    private boolean refuses(Optional<Path> state, LogBook log) throws IOException {
        try {
            assertEquals(AuditReport.Verdict.VALID, verify(state, log).verdict());
            return false;
        } catch (TamisException damaged) {
            return true;
        }
    }

    @Test
    void state_ofAnAudit_tellsNobodysId() throws IOException {
        Path state = folders.resolve("state");
        verify(Optional.of(state), LogBook.honest());
        try (var in = new GZIPInputStream(Files.newInputStream(state))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(text.contains("\"role\":\"merchant\""));
            assertFalse(text.contains("u-1"), text);
        }
        try (Stream<Path> left = Files.list(folders)) {
            assertTrue(left.noneMatch(file ->
                    file.toString().endsWith(".facts") || file.toString().endsWith(".new")));
        }
    }

    @Test
    void logs_ofTwoYears_areOneChain() throws IOException {
        LogBook old = LogBook.honest();
        LogBook next =
                new LogBook().named(NEXT).opened(LogBook.ORIGIN, old.head()).delivered(1);
        AuditReport both = verify(Optional.empty(), old, next);
        assertEquals(List.of(), both.findings());
        assertEquals(9, both.counts().entries());
        assertEquals(2, both.counts().deliveries());

        LogBook elsewhere = new LogBook()
                .named(NEXT)
                .opened(LogBook.ORIGIN, old.first(6).head())
                .delivered(1);
        assertEquals(List.of(Finding.Kind.LOG_NOT_CONTINUED), kinds(verify(Optional.empty(), old, elsewhere)));
        LogBook silent = new LogBook().named(NEXT).delivered(1);
        assertEquals(List.of(Finding.Kind.LOG_NOT_CONTINUED), kinds(verify(Optional.empty(), old, silent)));
    }

    /** The year after a state, alone: what it delivers was released in the log the state has seen. */
    @Test
    void log_ofTheNextYear_goesOnFromTheState() throws IOException {
        Optional<Path> state = Optional.of(folders.resolve("state"));
        LogBook old = LogBook.honest();
        verify(state, old);
        LogBook next =
                new LogBook().named(NEXT).opened(LogBook.ORIGIN, old.head()).delivered(1);
        AuditReport report = nextAlone(state, next);
        assertEquals(List.of(), report.findings());
        assertEquals(9, report.counts().entries());
        AuditReport again = nextAlone(state, next.delivered(1));
        assertEquals(List.of(), again.findings());
        assertEquals(2, again.evidence().from());
        assertEquals(3, again.counts().deliveries());
    }

    @Test
    void log_ofTheNextYearWithoutTheOneBefore_isIncomplete() throws IOException {
        LogBook old = LogBook.honest();
        LogBook next =
                new LogBook().named(NEXT).opened(LogBook.ORIGIN, old.head()).delivered(1);
        AuditReport report = nextAlone(Optional.empty(), next);
        assertEquals(AuditReport.Verdict.INCOMPLETE, report.verdict());
        assertEquals(List.of(Finding.Kind.DELIVERY_UNMATCHED), kinds(report));
    }

    private AuditReport nextAlone(Optional<Path> state, LogBook next) throws IOException {
        return AuditVerification.verify(
                new AuditRequest(
                        List.of(written(next)),
                        List.of(LogBook.key(NEXT)),
                        Witnesses.none(),
                        Optional.empty(),
                        state,
                        0),
                entries -> {});
    }
}
