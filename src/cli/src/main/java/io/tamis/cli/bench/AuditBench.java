package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How long a full audit of a large log takes, by a process of its own with the heap that {@code ./tamis audit} has: start of
 * the process to its verdict.
 */
public final class AuditBench {
    /** Most entries. */
    public static final long ENTRIES_MAX = BenchLog.ENTRIES_MAX;

    /** The size the goal is of. */
    public static final long ENTRIES_GOAL = 10_000_000;

    private static final int SECONDS_GOAL = 120;
    private static final int MINUTES_MAX = 60;
    private static final String HEAP = "-Xmx1g";

    /** A line of the bench's log. */
    private static final int LINE_BYTES_ABOUT = 750;

    private final Shell shell;

    /** The bench in this shell. */
    public AuditBench(Shell shell) {
        this.shell = shell;
    }

    /** Writes an export of this many entries into a temporary folder, which is deleted, and audits it. */
    public BenchReport run(long entries) {
        var report = new BenchReport("audit", shell.clock().instant());
        measure(entries, report);
        return report;
    }

    /** Adds the metrics {@code audit_10m_s} (or of another size, named after it) and entries a second. */
    void measure(long entries, BenchReport report) {
        try {
            Path folder = Files.createTempDirectory("tamis-audit-");
            try {
                var log = new BenchLog(bundle(), entries);
                var progress = Progress.counting(shell, "making entries", entries);
                log.write(folder, progress::at);
                progress.end();
                long nanos = audited(folder, log.key().toString());
                report.add(metric(entries), seconds(nanos), "s", goal(entries))
                        .add("audit_entries_per_s", perSecond(entries, nanos), "entries/s", Optional.empty());
            } finally {
                delete(folder);
            }
        } catch (IOException full) {
            throw ClientException.usage("cannot write a log of about " + entries * LINE_BYTES_ABOUT / 1_000_000
                    + " MB to the temporary folder");
        }
    }

    private long audited(Path folder, String key) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                "io.tamis.cli.TamisCli",
                "audit",
                "verify",
                folder.toString(),
                "--key",
                key);
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("the bench's own log does not verify");
            }
            return System.nanoTime() - begun;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    private PolicyBundle bundle() {
        return switch (PolicyLoader.load(shell.root().resolve("policies"))) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected _ -> throw ClientException.usage("the repository's policies/ do not load");
        };
    }

    private static String metric(long entries) {
        return entries % 1_000_000 == 0 ? "audit_" + entries / 1_000_000 + "m_s" : "audit_" + entries + "_s";
    }

    private static Optional<Goal> goal(long entries) {
        return entries == ENTRIES_GOAL ? Goal.atMost(SECONDS_GOAL) : Optional.empty();
    }

    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal perSecond(long entries, long nanos) {
        return BigDecimal.valueOf(entries).divide(BigDecimal.valueOf(nanos, 9), 0, RoundingMode.HALF_UP);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
