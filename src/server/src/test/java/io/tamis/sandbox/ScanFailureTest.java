package io.tamis.sandbox;

import static io.tamis.sandbox.ScanFixture.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.scan.ScanException;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.jobs.Plan;
import io.tamis.jobs.ScanLimits;
import io.tamis.sandbox.ScanFixture.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a scan meets, what comes out is a code: no cause, no text of DuckDB's, no value. */
class ScanFailureTest {
    private static final String USERS = "{'measures':[{'id':'n','kind':'COUNT_USERS'}]}";

    @TempDir
    Path folder;

    @Test
    void scan_ofUnclusteredRows_fails() {
        ScanFile file = ScanFixture.file(folder, 0, List.of(Row.of(5), Row.of(6), Row.of(5)));
        assertFails(Code.JOB_FAILED, snapshot(file));
    }

    /** A unit in two files would count twice: only the range of its bucket can tell. */
    @Test
    void scan_ofAUnitInAnotherBucketsFile_fails() {
        ScanFile own = ScanFixture.file(folder, 0, List.of(Row.of(unit(0, 1))));
        ScanFile other = ScanFixture.file(folder, 3, List.of(Row.of(unit(0, 1)), Row.of(unit(3, 1))));
        assertFails(Code.JOB_FAILED, snapshot(own, other));
    }

    @Test
    void scan_ofARowWithoutUnit_fails() throws IOException {
        ScanFile file = ScanFixture.file(folder, 0, List.of(Row.of(-1)));
        assertFails(Code.JOB_FAILED, snapshot(file));
    }

    @Test
    void scan_ofADamagedFile_fails() throws IOException {
        ScanFile file = ScanFixture.file(folder, 0, List.of(Row.of(1)));
        Files.writeString(folder.resolve(file.name()), "13800000000 is not Parquet");
        assertFails(Code.JOB_FAILED, snapshot(file));
    }

    @Test
    void scan_ofAMissingFileOrFolder_fails() throws IOException {
        var file = new ScanFile(0, "part-00000.parquet", Hash.sha256(), 1, 0, 0);
        assertFails(Code.JOB_FAILED, snapshot(file));
        assertFails(
                Code.JOB_FAILED,
                ScanFixture.snapshot(folder.resolve("gone"), ShopDeclaration.dataset(), List.of(file)));
    }

    @Test
    void scan_withoutTime_timesOut() {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(Row.of(i));
        }
        Snapshot snapshot = snapshot(ScanFixture.file(folder, 0, rows));
        Plan plan = ScanFixture.plan(USERS);
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(-5), Duration.ofNanos(1))) {
            var failure = assertThrows(
                    ScanException.class,
                    () -> ScanFixture.job().scan(plan, ScanFixture.inputs(snapshot, new ScanLimits(timeout))));
            assertSilent(Code.TIMED_OUT, failure);
        }
    }

    /** A dictionary may be large, and reading it is part of the job's time. */
    @Test
    void scan_withoutTime_asksNoDictionary() {
        Snapshot snapshot = snapshot(ScanFixture.file(folder, 0, List.of(Row.of(1))));
        Plan plan = ScanFixture.plan("{'measures':[{'id':'n','kind':'COUNT_USERS'}],"
                + "'where':[{'column':'shop#city','op':'EQ','values':['Lyon']}]}");
        var asked = new ArrayList<Set<String>>();
        var job = new AggregateJob(ScanFixture.catalog(asked), bytes -> {});
        var failure = assertThrows(
                ScanException.class,
                () -> job.scan(plan, ScanFixture.inputs(snapshot, new ScanLimits(Duration.ofNanos(-1)))));
        assertSilent(Code.TIMED_OUT, failure);
        assertEquals(List.of(), asked);
        job.scan(plan, ScanFixture.inputs(snapshot));
        assertEquals(List.of(Set.of("Lyon")), asked);
    }

    @Test
    void scan_thatIsInterrupted_endsAndKeepsTheFlag() {
        Snapshot snapshot = snapshot(ScanFixture.file(folder, 0, List.of(Row.of(1))));
        Plan plan = ScanFixture.plan(USERS);
        Thread.currentThread().interrupt();
        assertThrows(ScanException.class, () -> ScanFixture.job().scan(plan, ScanFixture.inputs(snapshot)));
        assertTrue(Thread.interrupted());
    }

    private Snapshot snapshot(ScanFile... files) {
        return ScanFixture.snapshot(folder, ShopDeclaration.dataset(), List.of(files));
    }

    private static void assertFails(Code code, Snapshot snapshot) {
        Plan plan = ScanFixture.plan(USERS);
        assertSilent(
                code,
                assertThrows(ScanException.class, () -> ScanFixture.job().scan(plan, ScanFixture.inputs(snapshot))));
    }

    private static void assertSilent(Code code, ScanException failure) {
        assertEquals(code, failure.code());
        assertEquals(code.title(), failure.getMessage());
        assertNull(failure.getCause());
        assertEquals(0, failure.getSuppressed().length);
    }
}
