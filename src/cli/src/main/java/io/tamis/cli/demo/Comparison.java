package io.tamis.cli.demo;

import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Table;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The released answer beside the truth that only the demonstration knows. */
record Comparison(JsonView envelope, List<Purchases.Quarter> truth) {
    /**
     * How far a released value may lie from the bounded truth before something is wrong. Noise of six standard deviations
     * has probability 2e-9 a cell; a 95 % interval alone would fail every fifth demonstration.
     */
    private static final BigDecimal DEVIATIONS_MAX = BigDecimal.valueOf(6);

    /** The table, a line each. */
    List<String> lines() {
        var table = new Table(
                "quarter",
                "buyers",
                "95 % interval",
                "truth*",
                "revenue $",
                "95 % interval",
                "bounded truth*",
                "truth*");
        for (Purchases.Quarter quarter : truth) {
            JsonView buyers = cell(quarter, "buyers").orElse(JsonView.ABSENT);
            JsonView revenue = cell(quarter, "revenue").orElse(JsonView.ABSENT);
            table.row(
                    quarter.label(),
                    buyers.at("value").textOr("withheld"),
                    interval(buyers, 0),
                    Long.toString(quarter.buyers()),
                    scaled(revenue.at("value"), 2),
                    interval(revenue, 2),
                    dollars(quarter.boundedCents()),
                    dollars(quarter.cents()));
        }
        var bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), "");
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What is wrong with the answer, when something is. */
    Optional<String> fault() {
        for (Purchases.Quarter quarter : truth) {
            if (isFar(cell(quarter, "buyers"), quarter.buyers())
                    || isFar(cell(quarter, "revenue"), quarter.boundedCents())) {
                return Optional.of(
                        quarter.label() + " is missing, withheld, or further from the truth than noise explains");
            }
        }
        return Optional.empty();
    }

    private static boolean isFar(Optional<JsonView> cell, long truth) {
        if (cell.isEmpty() || cell.get().isAbsent()) {
            return true;
        }
        var value = new BigDecimal(cell.get().at("value").textOr("0"));
        var deviation = new BigDecimal(cell.get().at("stdDev").textOr("0"));
        return value.subtract(BigDecimal.valueOf(truth)).abs().compareTo(deviation.multiply(DEVIATIONS_MAX)) > 0;
    }

    private Optional<JsonView> cell(Purchases.Quarter quarter, String measure) {
        List<String> columns = envelope.at("result").at("columns").items().stream()
                .map(JsonView::text)
                .toList();
        for (JsonView row : envelope.at("result").at("rows").items()) {
            var key = row.at("key");
            if (key.at(0).text().equals(quarter.label()) && columns.contains(measure)) {
                return Optional.of(row.at("cells")
                        .at(columns.indexOf(measure) - key.items().size()));
            }
        }
        return Optional.empty();
    }

    private static String interval(JsonView cell, int scale) {
        return cell.isAbsent()
                ? ""
                : "[" + scaled(cell.at("ci95").at(0), scale) + ", "
                        + scaled(cell.at("ci95").at(1), scale) + "]";
    }

    /** An amount in minor units as whole units: the noise is far wider than a cent. */
    private static String scaled(JsonView number, int scale) {
        return number.isAbsent()
                ? "withheld"
                : new BigDecimal(number.text())
                        .movePointLeft(scale)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static String dollars(long cents) {
        return BigDecimal.valueOf(cents, 2).setScale(0, RoundingMode.HALF_EVEN).toPlainString();
    }
}
