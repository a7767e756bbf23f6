package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Upload;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How fast a large CSV is imported over HTTP, by a server whose heap is held to 512 MB. */
public final class LoadBench {
    /** Most rows, the declared capacity of the dataset. */
    public static final int ROWS_MAX = 10_000_000;

    private static final Duration PROBE_EVERY = Duration.ofMillis(250);
    private static final int HEAP_MB = 512;

    private final Shell shell;

    /** The bench in this shell. */
    public LoadBench(Shell shell) {
        this.shell = shell;
    }

    /** Loads so many rows. */
    public BenchReport run(int rows) {
        var report = new BenchReport("load", shell.clock().instant());
        try (var rig = Rig.start(shell, List.of("-Xmx" + HEAP_MB + "m"), List.of())) {
            Path csv = Files.createTempFile("tamis-orders-", ".csv");
            try {
                OrdersFile.write(csv, rows);
                var platform = rig.as(Role.PLATFORM, new PartyId("shop"));
                try (var memory = MemoryProbe.start(rig.anonymous(), rig.pid(), PROBE_EVERY)) {
                    // The upload's own hashing happens before the request and is not part of the import.
                    var upload = Upload.hashed(csv, shell);
                    long begun = System.nanoTime();
                    upload.send(platform, new DatasetId("orders"), 1).orRefused();
                    long nanos = System.nanoTime() - begun;
                    rig.wentWell();
                    return report.add(
                                    "load_rows_per_s",
                                    BigDecimal.valueOf(rows * 1_000_000_000L / nanos),
                                    "rows/s",
                                    Goal.atLeast(300_000))
                            .add(
                                    "load_peak_mb",
                                    BigDecimal.valueOf(memory.heapPeakBytes() >> 20),
                                    "MB heap",
                                    Goal.atMost(HEAP_MB))
                            .add(
                                    "load_rss_peak_mb",
                                    BigDecimal.valueOf(memory.residentPeakBytes() >> 20),
                                    "MB resident",
                                    Optional.empty())
                            .add("load_rows", BigDecimal.valueOf(rows), "rows", Optional.empty())
                            .add("load_s", BigDecimal.valueOf(nanos / 10_000_000, 2), "s", Optional.empty());
                }
            } finally {
                Files.deleteIfExists(csv);
            }
        } catch (IOException noSpace) {
            throw ClientException.usage("no room for a temporary file of " + rows + " rows");
        }
    }
}
