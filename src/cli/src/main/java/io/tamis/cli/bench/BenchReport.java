package io.tamis.cli.bench;

import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import io.tamis.data.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The numbers of one bench, for people or as the one JSON object that the benches promise. */
public final class BenchReport {
    private final String bench;
    private final Instant date;
    private final List<Metric> metrics = new ArrayList<>();

    /**
     * A number.
     *
     * @param goal what it should be at most, or at least where more is better; empty when nothing was promised
     */
    record Metric(String name, BigDecimal value, String unit, Optional<Goal> goal) {}

    /** What was promised. */
    record Goal(boolean atMost, BigDecimal value) {
        static Optional<Goal> atMost(long value) {
            return atMost(BigDecimal.valueOf(value));
        }

        static Optional<Goal> atMost(BigDecimal value) {
            return Optional.of(new Goal(true, value));
        }

        static Optional<Goal> atLeast(long value) {
            return Optional.of(new Goal(false, BigDecimal.valueOf(value)));
        }
    }

    BenchReport(String bench, Instant date) {
        this.bench = bench;
        this.date = date;
    }

    BenchReport add(String name, BigDecimal value, String unit, Optional<Goal> goal) {
        metrics.add(new Metric(name, value, unit, goal));
        return this;
    }

    /** Prints it. */
    public void print(Shell shell, boolean json) {
        if (json) {
            shell.out().println(json());
            return;
        }
        var table = new Table("metric", "value", "unit", "goal");
        for (Metric metric : metrics) {
            String goal = metric.goal()
                    .map(promised -> (promised.atMost() ? "<= " : ">= ")
                            + promised.value().toPlainString())
                    .orElse("-");
            table.row(metric.name(), metric.value().toPlainString(), metric.unit(), goal);
        }
        shell.out().println(bench + " on " + machine());
        table.print(shell.out(), "  ");
    }

    /** Written by hand, as core's JSON has no decimals on purpose and a measurement has. */
    String json() {
        String body = metrics.stream()
                .map(metric -> quoted(metric.name()) + ":{\"value\":"
                        + metric.value().toPlainString() + ",\"unit\":" + quoted(metric.unit()) + ",\"goal\":"
                        + metric.goal()
                                .map(goal -> goal.value().toPlainString())
                                .orElse("null") + "}")
                .collect(Collectors.joining(","));
        return "{\"bench\":" + quoted(bench) + ",\"machine\":" + quoted(machine()) + ",\"date\":"
                + quoted(date.truncatedTo(ChronoUnit.SECONDS).toString()) + ",\"metrics\":{" + body + "}}";
    }

    private static String quoted(String text) {
        return Json.of(text).canonical();
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cpu, " + memory() + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", JDK " + Runtime.version();
    }

    private static String memory() {
        try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/meminfo"))) {
            // First line: MemTotal: N kB.
            String kilobytes = lines.readLine().replaceAll("[^0-9]", "");
            return Long.parseLong(kilobytes) / 1_000_000 + " GB, ";
        } catch (IOException | NumberFormatException notLinux) {
            return "";
        }
    }
}
