package io.tamis.cli.bench;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.synthetic.Seed;
import io.tamis.synthetic.World;
import io.tamis.synthetic.WorldFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How long a synthetic world of a million persons takes, all files on disk. */
public final class GenerateBench {
    private static final World WORLD = new World(new Seed(42), 1_000_000);
    private static final int SECONDS_GOAL = 60;

    private final Shell shell;

    /** The bench in this shell. */
    public GenerateBench(Shell shell) {
        this.shell = shell;
    }

    /** Writes the world into a temporary folder, which is deleted. */
    public BenchReport run() {
        var report = new BenchReport("generate", shell.clock().instant());
        try {
            Path folder = Files.createTempDirectory("tamis-world-");
            try {
                return measured(folder, report);
            } finally {
                for (Path left : List.copyOf(files(folder))) {
                    Files.delete(left);
                }
                Files.delete(folder);
            }
        } catch (IOException full) {
            throw ClientException.usage("cannot write a world of about " + WorldFiles.bytesAbout(WORLD) / 1_000_000
                    + " MB to the temporary folder");
        }
    }

    private BenchReport measured(Path folder, BenchReport report) throws IOException {
        int threads = Math.min(WorldFiles.THREADS_MAX, Runtime.getRuntime().availableProcessors());
        var progress = Progress.counting(shell, "making persons", WORLD.persons());
        long begun = System.nanoTime();
        WorldFiles.Written written = WorldFiles.write(WORLD, folder, threads, progress::at);
        long nanos = System.nanoTime() - begun;
        progress.end();
        return report.add("generate_1m_s", seconds(nanos), "s", Goal.atMost(SECONDS_GOAL))
                .add("generate_rows_per_s", perSecond(written.rows(), nanos), "rows/s", Optional.empty())
                .add("generate_mb", BigDecimal.valueOf(written.bytes() / 1_000_000), "MB", Optional.empty());
    }

    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal perSecond(long rows, long nanos) {
        return BigDecimal.valueOf(rows).divide(BigDecimal.valueOf(nanos, 9), 0, RoundingMode.HALF_UP);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
