package io.tamis.cli;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a job would cost and how exact it would be. */
@Command(
        name = "dry-run",
        description = {
            "What would this job cost, and how exact would its answer be? Reads no data, charges nothing, is logged.",
            "FILE is a job body as for job submit; - is standard input. Exits 1 when the job would be refused."
        })
final class DryRunCommand implements Callable<Integer> {
    private static final List<String> USERS = List.of("100", "1000", "10000");

    private final Shell shell;

    @Mixin
    Connection connection;

    @Parameters(paramLabel = "FILE|-")
    String file;

    DryRunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (ApiClient client = connection.openWithToken(shell)) {
            Answer answer = client.post("/v1/dry-runs", JobFile.read(file, shell));
            int status = new Report(shell, connection.json).show(answer, this::print);
            boolean deny = answer instanceof Answer.Ok ok
                    && ok.view().at("verdict").text().equals("DENY");
            return deny ? ExitCode.NO.number() : status;
        }
    }

    private void print(JsonView answer) {
        String reasons =
                answer.at("reasonCodes").items().stream().map(JsonView::text).collect(Collectors.joining(", "));
        shell.out().println(answer.at("verdict").text() + (reasons.isEmpty() ? "" : ": " + reasons));
        answer.at("reasonCodes").items().forEach(code -> shell.out().println("  " + Problem.wayOut(code.text())));
        if (answer.at("measures").items().isEmpty()) {
            return; // Refused before there was a plan: it has neither a price nor an error.
        }
        shell.out()
                .println("would charge " + Price.of(answer)
                        + (answer.at("remainingAfter").items().size() > 1
                                ? " on each of "
                                        + answer.at("remainingAfter").items().size() + " datasets"
                                : "")
                        + Price.mechanism(answer)
                        + (answer.at("cached").text().equals("true") ? " (asked before: the cached answer)" : ""));
        for (JsonView left : answer.at("remainingAfter").items()) {
            shell.out()
                    .println("would leave " + Price.of(left) + " on "
                            + left.at("dataset").text() + " in "
                            + left.at("period").text());
        }
        table(answer);
        JsonView other = answer.at("alternative");
        if (!other.isAbsent()) {
            shell.out()
                    .println("more exact, if you ask nothing else this month: " + Price.of(other)
                            + Price.mechanism(other));
            table(other);
        }
    }

    private void table(JsonView predicted) {
        var table = new Table("measure", "kind", "sigma", "half-width 95 %", "error at 100", "at 1000", "at 10000");
        for (JsonView measure : predicted.at("measures").items()) {
            var row = new ArrayList<>(List.of(
                    measure.at("id").text(),
                    measure.at("kind").text(),
                    charged(measure, "sigma"),
                    charged(measure, "halfWidth95")));
            USERS.forEach(users -> row.add(measure.at("relativeError").at(users).text()));
            table.row(row);
        }
        table.print(shell.out(), "");
    }

    /** A mean is charged as a sum and a count, each with its own noise. */
    private static String charged(JsonView measure, String what) {
        return measure.at("parts").items().isEmpty()
                ? measure.at(what).text()
                : measure.at("parts").items().stream()
                        .map(part -> part.at(what).text())
                        .collect(Collectors.joining(" and "));
    }
}
