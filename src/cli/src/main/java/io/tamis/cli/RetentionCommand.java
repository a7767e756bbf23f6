package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How long entries are kept, and what is due. */
@Command(
        name = "retention",
        description = {
            "Show how long each class of entries is kept, and what is due to be erased; role compliance-officer.",
            "Nothing is erased by itself: ./tamis audit erase --due"
        })
final class RetentionCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    Connection connection;

    RetentionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.get("/v1/ledger/retention"), this::print);
        }
    }

    private void print(JsonView answer) {
        var classes = new Table("class", "at least", "at most", "may be erased to", "due to");
        for (JsonView one : answer.at("classes").items()) {
            classes.row(
                    one.at("retention").text(),
                    one.at("duty").text(),
                    one.at("keep").text(),
                    one.at("erasableThrough").text(),
                    one.at("dueThrough").text());
        }
        classes.print(shell.out(), "");
        var items = answer.at("due").items();
        if (items.isEmpty()) {
            shell.out().println("nothing is due");
            return;
        }
        shell.out().println("due:");
        var due = new Table("class", "month", "keys", "hold");
        for (JsonView one : items) {
            due.row(
                    one.at("retention").text(),
                    one.at("month").text(),
                    one.at("keys").text(),
                    one.at("onHold").text().equals("true") ? "on hold" : "");
        }
        due.print(shell.out(), "  ");
    }
}
