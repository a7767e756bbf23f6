package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import io.tamis.data.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Legal holds: what they cover is not erased. */
@Command(
        name = "hold",
        description = "Place, list and lift legal holds: what they cover is not erased; role compliance-officer.",
        mixinStandardHelpOptions = true)
final class HoldCommand {
    private static final String PATH = "/v1/ledger/holds";

    private final Shell shell;

    HoldCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "place",
            description = {
                "Place a legal hold on one person's entries, on a class and month, or on the whole ledger.",
                "A name is used once, also when its hold is lifted. The hold itself is logged."
            })
    int place(
            @Mixin Connection connection,
            @Parameters(paramLabel = "NAME", description = "your own file number: a-z, 0-9, -") String name,
            @Option(
                            names = "--reason",
                            required = true,
                            description = "LITIGATION, INVESTIGATION, AUTHORITY_REQUEST or DISPUTE")
                    String reason,
            @Mixin KeyTargetOptions target,
            @Option(names = "--whole", description = "the whole ledger") boolean whole) {
        if (whole == target.given()) {
            throw ClientException.usage("give one of --subject-ref, --retention with --month, --whole");
        }
        var body = Json.object().put("reason", reason);
        if (whole) {
            body.put("whole", true);
        } else {
            target.into(body);
        }
        try (ApiClient client = connection.openWithToken(shell)) {
            var sent = BodyPublishers.ofByteArray(body.build().canonicalBytes());
            var answer = client.put(PATH + "/" + checked(name), sent, Map.of("Content-Type", "application/json"));
            return new Report(shell, connection.json).show(answer, hold -> print(List.of(hold)));
        }
    }

    @Command(name = "list", description = "List legal holds, lifted ones too.")
    int list(
            @Mixin Connection connection,
            @Option(names = "--cursor", description = "go on after this name") Optional<String> cursor) {
        String after = cursor.map(name -> "&cursor=" + checked(name)).orElse("");
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.get(PATH + "?limit=200" + after), answer -> {
                print(answer.at("items").items());
                String next = answer.at("next").text();
                if (!next.isEmpty()) {
                    shell.out().println("more: --cursor " + next);
                }
            });
        }
    }

    @Command(name = "lift", description = "Lift a legal hold; logged.")
    int lift(@Mixin Connection connection, @Parameters(paramLabel = "NAME") String name) {
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json)
                    .show(client.delete(PATH + "/" + checked(name)), hold -> print(List.of(hold)));
        }
    }

    private void print(List<JsonView> holds) {
        var table = new Table("hold", "scope", "class", "month", "reason", "placed", "lifted");
        for (JsonView hold : holds) {
            table.row(
                    hold.at("id").text(),
                    hold.at("scope").text(),
                    hold.at("retention").text(),
                    hold.at("month").text(),
                    hold.at("reason").text(),
                    hold.at("placedAt").text(),
                    hold.at("liftedAt").text());
        }
        table.print(shell.out(), "");
    }

    private static String checked(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw ClientException.usage("a hold's name is of a-z, 0-9 and -, at most 64");
        }
        return name;
    }
}
