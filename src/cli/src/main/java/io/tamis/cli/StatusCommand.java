package io.tamis.cli;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Is the service ready, and where does its ledger stand? */
@Command(
        name = "status",
        description = {"Is the service ready, and where does its ledger stand?", "Needs no token."})
final class StatusCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    Connection connection;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (ApiClient client = connection.open(shell)) {
            boolean ready = client.get("/q/health/ready") instanceof Answer.Ok;
            var status = Json.object().put("url", client.url().toString()).put("ready", ready);
            if (client.get("/v1/ledger/checkpoint") instanceof Answer.Ok ok) {
                // A checkpoint is origin, size and root, a line each (C2SP tlog-checkpoint).
                var lines = ok.text().lines().limit(3).toList();
                if (lines.size() == 3) {
                    status.put("log", lines.get(0)).put("entries", lines.get(1)).put("root", lines.get(2));
                }
            }
            var told = status.build();
            if (connection.json) {
                shell.out().println(told.canonical());
            } else {
                told.members().forEach((name, value) -> shell.out().printf("%-8s %s%n", name, plain(value)));
            }
            return (ready ? ExitCode.DONE : ExitCode.LATER).number();
        }
    }

    private static String plain(Json value) {
        return value instanceof Json.Str string ? string.value() : value.canonical();
    }
}
