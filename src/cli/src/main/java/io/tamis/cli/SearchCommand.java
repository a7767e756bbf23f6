package io.tamis.cli;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import io.tamis.data.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds entries by what they say. */
@Command(
        name = "search",
        description = {
            "Search the ledger by party, dataset, job, time, decision and type; role compliance-officer.",
            "All that is given has to hold; without any of it, every entry is listed. The search itself is logged, without"
                    + " its values.",
            "A page may be short or empty and still not be the last: go on with --cursor."
        })
final class SearchCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    Connection connection;

    @Option(names = "--party", description = "acted, was acted for or received")
    Optional<String> party = Optional.empty();

    @Option(names = "--dataset", description = "is named as a dataset")
    Optional<String> dataset = Optional.empty();

    @Option(names = "--job", description = "is the job")
    Optional<String> job = Optional.empty();

    @Option(names = "--decision", description = "PERMIT or DENY")
    Optional<String> decision = Optional.empty();

    @Option(names = "--type", description = "is the entry's type, for example access.decided")
    Optional<String> type = Optional.empty();

    @Option(names = "--from", paramLabel = "TIME", description = "not before, for example 2026-11-01T00:00:00Z")
    Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "before")
    Optional<String> to = Optional.empty();

    @Option(names = "--cursor", defaultValue = "0", description = "go on from here, as the page before said")
    String cursor = "0";

    @Option(
            names = "--limit",
            defaultValue = "50",
            description = "entries of a page, 1 to 200 (default ${DEFAULT-VALUE})")
    int limit = 50;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "write up to 1,000 found entries with salts and proofs into a new FILE, one a line")
    Optional<Path> export = Optional.empty();

    SearchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (ApiClient client = connection.openWithToken(shell)) {
            if (export.isPresent()) {
                return exported(client, export.get());
            }
            var answer = client.get("/v1/ledger/entries?limit=" + limit + "&cursor=" + encoded(cursor) + filters());
            return new Report(shell, connection.json).show(answer, this::print);
        }
    }

    private int exported(ApiClient client, Path file) {
        if (Files.exists(file)) {
            throw ClientException.usage(file + " is there already");
        }
        var written = client.download("/v1/ledger/entries/export?cursor=" + encoded(cursor) + filters(), file)
                .orRefused();
        String next = written.header("Tamis-Next");
        if (connection.json) {
            var told = Json.object().put("file", file.toString());
            if (!next.isEmpty()) {
                told.put("next", next);
            }
            shell.out().println(told.build().canonical());
        } else {
            shell.out().println("exported to " + file + (next.isEmpty() ? "" : "; more: --cursor " + next));
        }
        return ExitCode.DONE.number();
    }

    private String filters() {
        return filter("party", party)
                + filter("dataset", dataset)
                + filter("job", job)
                + filter("decision", decision)
                + filter("type", type)
                + filter("from", from)
                + filter("to", to);
    }

    private static String filter(String name, Optional<String> value) {
        return value.map(text -> "&" + name + "=" + encoded(text)).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void print(JsonView answer) {
        var table = new Table("entry", "at", "type", "party", "decision", "about", "event");
        for (JsonView item : answer.at("items").items()) {
            var event = item.at("event");
            table.row(
                    item.at("index").text(),
                    event.at("at").textOr("erased"),
                    event.at("type").text(),
                    event.at("tenant").text(),
                    event.at("decision").text(),
                    event.at("job").textOr(event.at("dataset").text()),
                    item.at("id").text());
        }
        table.print(shell.out(), "");
        String next = answer.at("next").text();
        if (!next.isEmpty()) {
            shell.out().println("more: --cursor " + next);
        }
    }
}
