package io.tamis.cli.demo;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Table;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Released numbers of people beside the truth.
 *
 * @param usersMin the threshold below which the noisy number must lie to be withheld
 */
record Beside(List<Line> rows, long usersMin) {
    /**
     * How far a number may lie from the truth before something is wrong, in its standard deviations. The noise of a cell is a
     * discrete Laplace: beyond 12 deviations with probability e^-17, 4e-8; a sum of cells is beyond them less often. A run
     * checks some 30 numbers, so that one run in a million fails without a reason; the printed 95 % intervals alone
     * would fail most runs.
     */
    static final BigDecimal DEVIATIONS_MAX = BigDecimal.valueOf(12);

    /** One released number. */
    record Line(String who, JsonView cell, long truth) {}

    Beside {
        rows = List.copyOf(rows);
    }

    /** The table, a line each. */
    List<String> lines() {
        var table = new Table("people", "released", "95 % interval", "truth*");
        for (Line row : rows) {
            table.row(
                    row.who(),
                    row.cell().at("value").textOr("withheld"),
                    row.cell().isAbsent()
                            ? ""
                            : "[" + row.cell().at("ci95").at(0).text() + ", "
                                    + row.cell().at("ci95").at(1).text() + "]",
                    Long.toString(row.truth()));
        }
        var bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), "");
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What is wrong with the answer, when something is. */
    Optional<String> fault() {
        BigDecimal deviation = rows.stream().map(row -> deviation(row.cell())).reduce(BigDecimal.ZERO, BigDecimal::max);
        return rows.stream()
                .filter(row -> row.cell().isAbsent() ? isPlenty(row, deviation) : isFar(row))
                .map(row -> row.who() + ": missing, withheld, or further from the truth than noise explains")
                .findFirst();
    }

    /** True when so many people cannot have looked too few. */
    private boolean isPlenty(Line row, BigDecimal deviation) {
        return BigDecimal.valueOf(row.truth() - usersMin).compareTo(deviation.multiply(DEVIATIONS_MAX)) > 0;
    }

    private static boolean isFar(Line row) {
        var value = new BigDecimal(row.cell().at("value").textOr("0"));
        return value.subtract(BigDecimal.valueOf(row.truth()))
                        .abs()
                        .compareTo(deviation(row.cell()).multiply(DEVIATIONS_MAX))
                > 0;
    }

    private static BigDecimal deviation(JsonView cell) {
        return new BigDecimal(cell.at("stdDev").textOr("0"));
    }
}
