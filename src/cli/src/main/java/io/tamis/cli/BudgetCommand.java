package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is left to spend. */
@Command(
        name = "budget",
        description = {
            "What is left to spend, per dataset and period, in micro-rho.",
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
        var table = new Table("dataset", "merchant", "period", "cap", "reserved", "spent", "left");
        for (JsonView row : answer.at("items").items()) {
            var rho = row.at("rhoMicro");
            long left = rho.at("cap").integerOrZero()
                    - rho.at("reserved").integerOrZero()
                    - rho.at("spent").integerOrZero();
            table.row(
                    row.at("dataset").text(),
                    row.at("merchant").text(),
                    row.at("period").text(),
                    rho.at("cap").text(),
                    rho.at("reserved").text(),
                    rho.at("spent").text(),
                    Long.toString(left));
        }
        table.print(shell.out(), "");
    }
}
