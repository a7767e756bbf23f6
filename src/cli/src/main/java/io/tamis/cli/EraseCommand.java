package io.tamis.cli;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Table;
import io.tamis.data.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Erases what entries say. */
@Command(
        name = "erase",
        description = {
            "Erase the content of entries by destroying its keys; role compliance-officer. Proofs stay; it is logged.",
            "Give one person, a class and month, or --due for all that audit retention shows and no hold covers.",
            "Refused while it has to be kept or a legal hold covers it. Cannot be undone.",
            "--list shows erasures and whether they are final; --finalise makes them so: it changes the key-encryption key"
                    + " and destroys the old one. Other servers on the same key store must then be restarted."
        })
final class EraseCommand implements Callable<Integer> {
    /** Most requests of one command: each takes 10,000 keys. */
    private static final int REQUESTS_MAX = 10_000;

    private final Shell shell;

    @Mixin
    Connection connection;

    @Mixin
    KeyTargetOptions target;

    @Option(
            names = "--reason",
            description = "RETENTION_OVER, SUBJECT_REQUEST, CONSENT_WITHDRAWN or UNLAWFUL_PROCESSING")
    Optional<String> reason = Optional.empty();

    @Option(names = "--due", description = "everything that is due, for RETENTION_OVER")
    boolean due;

    @Option(names = "--list", description = "list erasures")
    boolean list;

    @Option(
            names = "--finalise",
            description = "change the key-encryption key, so that no backup opens what was erased")
    boolean finalise;

    EraseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        int asked = (target.given() ? 1 : 0) + (due ? 1 : 0) + (list ? 1 : 0) + (finalise ? 1 : 0);
        if (asked != 1 || target.given() != reason.isPresent()) {
            throw ClientException.usage(
                    "give --subject-ref, or --retention with --month, and --reason; or one of --due, --list, --finalise");
        }
        var report = new Report(shell, connection.json);
        try (ApiClient client = connection.openWithToken(shell)) {
            if (list) {
                return report.show(client.get("/v1/ledger/erasures?limit=200"), this::print);
            }
            if (finalise) {
                return report.show(
                        client.post("/v1/ledger/kek-rotations", new byte[0]),
                        answer -> shell.out()
                                .println("erasures are final: only generation "
                                        + answer.at("kekGeneration").text() + " of the key-encryption key is left"));
            }
            return due ? allDue(client, report) : report.show(whole(client, body(reason.get())), this::printOne);
        }
    }

    private int allDue(ApiClient client, Report report) {
        var table = new Table("class", "month", "result");
        int failed = 0;
        for (JsonView item :
                client.get("/v1/ledger/retention").orRefused().view().at("due").items()) {
            var one = Json.object()
                    .put("reason", "RETENTION_OVER")
                    .put("retention", item.at("retention").text())
                    .put("month", item.at("month").text())
                    .build();
            String result = switch (whole(client, one)) {
                case Answer.Ok ignored -> "erased";
                case Answer.Refused refused -> refused.problem().line();
            };
            failed += result.equals("erased") ? 0 : 1;
            table.row(item.at("retention").text(), item.at("month").text(), result);
        }
        if (report.json()) {
            shell.out().println(Json.object().put("refused", failed).build().canonical());
        } else {
            table.print(shell.out(), "");
        }
        return (failed == 0 ? ExitCode.DONE : ExitCode.NO).number();
    }

    /** As often as there is more of it; the last answer. */
    private static Answer whole(ApiClient client, Json body) {
        var answer = client.post("/v1/ledger/erasures", body);
        for (int i = 1; i < REQUESTS_MAX && answer instanceof Answer.Ok ok; i++) {
            if (!ok.view().at("more").text().equals("true")) {
                return answer;
            }
            answer = client.post("/v1/ledger/erasures", body);
        }
        return answer;
    }

    private Json body(String why) {
        var body = Json.object().put("reason", why);
        target.into(body);
        return body.build();
    }

    private void printOne(JsonView done) {
        shell.out()
                .println("erased in the database: " + done.at("keys").text() + " keys; entry "
                        + done.at("id").text() + "; final after ./tamis audit erase --finalise");
        if (done.at("onDuty").text().equals("true")) {
            shell.out().println("some of it has to be kept for now");
        }
        if (done.at("onHold").text().equals("true")) {
            shell.out().println("some of it is under a legal hold");
        }
    }

    private void print(JsonView answer) {
        var table = new Table("at", "scope", "class", "month", "reason", "keys", "state", "event");
        for (JsonView item : answer.at("items").items()) {
            table.row(
                    item.at("at").text(),
                    item.at("scope").text(),
                    item.at("retention").text(),
                    item.at("month").text(),
                    item.at("reason").text(),
                    item.at("keys").text(),
                    item.at("state").text(),
                    item.at("id").text());
        }
        table.print(shell.out(), "");
    }
}
