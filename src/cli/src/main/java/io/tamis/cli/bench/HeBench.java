package io.tamis.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.cli.bench.BenchReport.Goal;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.HeParams;
import io.tamis.he.SignedBody;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the operations of encrypted aggregation take, warm: the median over several fresh JVMs, never the best, because
 * one JVM's compiler may have a lucky day. Ratios to others' figures stand beside.
 */
public final class HeBench {
    /** Most JVMs. */
    public static final int JVMS_MAX = 50;

    /** Room for the transformed masks of a million users under 64 segments, which are 1.55 GB. */
    private static final String HEAP = "-Xmx3g";

    /** Variables from which any JVM takes flags. */
    private static final List<String> FLAGS_OF_OTHERS =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final Map<String, Optional<Goal>> GOALS = Map.of(
            "ntt_8192_us", Goal.atMost(35),
            "encrypt_pk_4096_us", Goal.atMost(150),
            "encrypt_pk_8192_us", Goal.atMost(430),
            "encrypt_1m_users_ms", Goal.atMost(60),
            "group64_1m_uncached_ms", Goal.atMost(1000),
            "group64_1m_cached_ms", Goal.atMost(250),
            "share_8192_us", Goal.atMost(150),
            "combine_8192_us", Goal.atMost(150));

    private final Shell shell;
    private final List<HeAnchor> anchors;

    /** The bench in this shell, beside the stored figures and node-seal's when npm is there, measured here and now. */
    public static HeBench besideNodeSeal(Shell shell) {
        var anchors = new ArrayList<>(HeAnchor.STORED);
        new NodeSeal(shell).measure().ifPresent(anchors::add);
        return new HeBench(shell, anchors);
    }

    HeBench(Shell shell, List<HeAnchor> anchors) {
        this.shell = shell;
        this.anchors = List.copyOf(anchors);
    }

    /**
     * Measures.
     *
     * @param jvms how many fresh JVMs
     * @param processorTime counts the thread's processor time instead of the wall clock's: for a machine with other work
     */
    public BenchReport run(int jvms, boolean processorTime) {
        Map<String, List<BigDecimal>> values = new LinkedHashMap<>();
        HeCase.all().forEach(each -> values.put(each.metric(), new ArrayList<>()));
        var progress = Progress.counting(shell, "measuring", (long) jvms * values.size());
        long done = 0;
        for (int jvm = 0; jvm < jvms; jvm++) {
            done = sitting(jvm, processorTime, values, progress, done);
        }
        progress.end();
        return report(values);
    }

    BenchReport report(Map<String, List<BigDecimal>> values) {
        var report = new BenchReport("he", shell.clock().instant());
        Map<String, BigDecimal> medians = new LinkedHashMap<>();
        for (HeCase each : HeCase.all()) {
            BigDecimal median = Quantiles.median(values.get(each.metric()));
            medians.put(each.metric(), median);
            report.add(
                    each.metric(), median, each.unit().toString(), GOALS.getOrDefault(each.metric(), Optional.empty()));
            anchors.forEach(anchor -> anchor.compare(report, each.metric(), median));
        }
        report.add("encrypt_cores_speedup", speedup(medians, "encrypt_1m_users"), "x", Optional.empty())
                .add("group64_cores_speedup", speedup(medians, "group64_1m_cached"), "x", Optional.empty());
        return report.add(
                        "bytes_per_value_8192",
                        perValue(HeParams.AGG_8192, CipherKind.PUBLIC_KEY),
                        "B",
                        Goal.atMost(37))
                .add(
                        "bytes_per_value_4096_seeded",
                        perValue(HeParams.AGG_4096, CipherKind.SEEDED),
                        "B",
                        Goal.atMost(new BigDecimal("12.5")));
    }

    /** One thread's time divided by all processors'. */
    private static BigDecimal speedup(Map<String, BigDecimal> medians, String name) {
        BigDecimal all = medians.get(name + "_all_cores_ms");
        return all.signum() == 0 ? BigDecimal.ZERO : medians.get(name + "_ms").divide(all, 2, RoundingMode.HALF_UP);
    }

    /** Header and signature included. */
    private static BigDecimal perValue(HeParams params, CipherKind kind) {
        return BigDecimal.valueOf(Ciphertext.length(params, kind) + SignedBody.SIGNATURE_LENGTH)
                .divide(BigDecimal.valueOf(params.n()), 2, RoundingMode.HALF_UP);
    }

    private long sitting(
            int jvm, boolean processorTime, Map<String, List<BigDecimal>> values, Progress progress, long before) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                HeSitting.class.getName(),
                Integer.toString(jvm),
                processorTime ? "cpu" : "wall");
        long done = before;
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            // Flags meant for other JVMs would be measured too. Which kernel to use is a setting of ours and stays.
            FLAGS_OF_OTHERS.forEach(builder.environment()::remove);
            Process process = builder.start();
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] parts = line.split(" ", 2);
                    values.get(parts[0]).add(new BigDecimal(parts[1]));
                    progress.at(++done);
                }
                if (process.waitFor() != 0) {
                    throw new IllegalStateException("a measuring process failed");
                }
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
        return done;
    }
}
