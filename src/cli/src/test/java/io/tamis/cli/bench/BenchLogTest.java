package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.audit.AuditVerification;
import io.tamis.log.ExportResult;
import io.tamis.log.LogExport;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bench audits is a log like any other, or the number would be of something else. */
class BenchLogTest {
    private static final int ENTRIES = 1000;

    @TempDir
    private Path folder;

    @Test
    void log_ofTheBench_isAuditedAsValid() throws IOException {
        var progress = new ArrayList<Long>();
        var log = new BenchLog(bundle(), ENTRIES);
        log.write(folder, progress::add);
        AuditReport report = AuditVerification.verify(folder, log.key(), ENTRIES, entries -> {});
        assertEquals(List.of(), report.findings());
        assertEquals(AuditReport.Verdict.VALID, report.verdict());
        assertEquals(List.of((long) ENTRIES), progress);
        assertEquals(0, report.counts().unknown());
        assertEquals(4, report.counts().decisions());
        assertEquals(4, report.counts().charges());
        assertEquals(4, report.counts().deliveries());
        var verified = assertInstanceOf(ExportResult.Verified.class, LogExport.read(folder, log.key()));
        assertEquals(ENTRIES, verified.checkpoint().head().size());
    }

    private static PolicyBundle bundle() {
        return switch (PolicyLoader.load(Path.of("..", "..", "policies"))) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected(var problems) -> throw new AssertionError(problems.toString());
        };
    }
}
