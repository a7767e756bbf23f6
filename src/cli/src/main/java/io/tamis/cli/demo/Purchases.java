package io.tamis.cli.demo;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The purchases as the demonstration itself reads them, only to print the truth beside the released values. A merchant
 * never sees this file, and the service never tells these numbers.
 */
final class Purchases {
    /** What one person's revenue of a quarter is clipped to, in cents: the clamp of policies/datasets/cdnow.yaml. */
    static final long CLAMP_CENTS = 15_000;

    private static final int ROWS_MAX = 1_000_000;
    private static final int FIELDS = 4;

    private final Map<String, Map<String, Long>> centsByQuarterAndCustomer;
    private final long rows;

    private Purchases(Map<String, Map<String, Long>> centsByQuarterAndCustomer, long rows) {
        this.centsByQuarterAndCustomer = centsByQuarterAndCustomer;
        this.rows = rows;
    }

    /** The truth about one quarter. */
    record Quarter(String label, long buyers, long cents, long boundedCents) {}

    /** Reads the purchases between the two days, both included; the file's columns are known, as it is ours. */
    static Purchases read(Path csv, LocalDate from, LocalDate to) {
        var sums = new TreeMap<String, Map<String, Long>>();
        long[] rows = {0};
        try (Stream<String> lines = Files.lines(csv)) {
            lines.skip(1).limit(ROWS_MAX).forEach(line -> {
                rows[0]++;
                String[] fields = line.split(",", -1);
                if (fields.length != FIELDS) {
                    throw new IllegalArgumentException("fields");
                }
                var day = LocalDate.parse(fields[1]);
                if (!day.isBefore(from) && !day.isAfter(to)) {
                    long cents = new BigDecimal(fields[3]).movePointRight(2).longValueExact();
                    sums.computeIfAbsent(label(day), quarter -> new TreeMap<>()).merge(fields[0], cents, Long::sum);
                }
            });
        } catch (IOException | IllegalArgumentException | ArithmeticException | DateTimeParseException unusable) {
            throw ClientException.usage("cannot read the demonstration's purchases: " + csv);
        }
        return new Purchases(sums, rows[0]);
    }

    private static String label(LocalDate day) {
        return day.getYear() + "-Q" + ((day.getMonthValue() + 2) / 3);
    }

    /** How many purchases the file holds. */
    long rows() {
        return rows;
    }

    /** The truth, quarter by quarter. */
    List<Quarter> quarters() {
        return centsByQuarterAndCustomer.entrySet().stream()
                .map(quarter -> {
                    var cents = quarter.getValue().values();
                    return new Quarter(
                            quarter.getKey(),
                            cents.size(),
                            cents.stream().mapToLong(Long::longValue).sum(),
                            cents.stream()
                                    .mapToLong(sum -> Math.clamp(sum, 0L, CLAMP_CENTS))
                                    .sum());
                })
                .toList();
    }
}
