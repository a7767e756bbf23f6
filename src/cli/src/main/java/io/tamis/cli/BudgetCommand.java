package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is left to spend. */
@Command(
        name = "budget",
        description = {
            "What is left to spend, per dataset and period.",
            "A merchant's month on a dataset is spent in micro-rho (ZCDP) or in micro-epsilon (PURE), as its first job is;"
                    + " lifetimes and rows of all merchants hold ANY.",
            "A merchant sees its own rows only; the row of all merchants would show what rivals spend."
        })
final class BudgetCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    Connection connection;

    @Option(names = "--dataset", description = "of this dataset only")
    Optional<String> dataset = Optional.empty();

    BudgetCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        String path = "/v1/budgets" + dataset.map(id -> "?dataset=" + known(id)).orElse("");
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.get(path), this::print);
        }
    }

    private static DatasetId known(String text) {
        try {
            return new DatasetId(text);
        } catch (DataException malformed) {
            throw ClientException.usage("a dataset id is a lower-case word with hyphens, for example cdnow");
        }
    }

    private void print(JsonView answer) {
        var rows = answer.at("items").items();
        boolean shared = rows.stream().anyMatch(row -> !row.at("collaboration").isAbsent());
        var head = List.of("dataset", "merchant", "period", "mode", "unit", "cap", "reserved", "spent", "left");
        var table = new Table(shared ? append(head, "collaboration") : head);
        for (JsonView row : rows) {
            for (String unit : units(row)) {
                var cells = cells(row, unit);
                table.row(shared ? append(cells, row.at("collaboration").text()) : cells);
            }
        }
        table.print(shell.out(), "");
    }

    /** A row of one mode is in its unit; any other in those that were spent, and untouched in both. */
    private static List<String> units(JsonView row) {
        return switch (row.at("mode").text()) {
            case "PURE" -> List.of("epsilonMicro");
            case "ANY" -> {
                var both = List.of("rhoMicro", "epsilonMicro");
                var touched = both.stream()
                        .filter(unit -> row.at(unit).at("reserved").integerOrZero() > 0
                                || row.at(unit).at("spent").integerOrZero() > 0)
                        .toList();
                yield touched.isEmpty() ? both : touched;
            }
            default -> List.of("rhoMicro");
        };
    }

    private static List<String> cells(JsonView row, String unit) {
        var amounts = row.at(unit);
        long left = amounts.at("cap").integerOrZero()
                - amounts.at("reserved").integerOrZero()
                - amounts.at("spent").integerOrZero();
        return List.of(
                row.at("dataset").text(),
                row.at("merchant").text(),
                row.at("period").text(),
                row.at("mode").text(),
                unit,
                amounts.at("cap").text(),
                amounts.at("reserved").text(),
                amounts.at("spent").text(),
                Long.toString(left));
    }

    private static List<String> append(List<String> cells, String last) {
        return Stream.concat(cells.stream(), Stream.of(last)).toList();
    }
}
