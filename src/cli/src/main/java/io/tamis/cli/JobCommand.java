package io.tamis.cli;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.ShownQuestion;
import io.tamis.cli.client.Table;
import io.tamis.cli.client.VisibleText;
import io.tamis.cli.merchant.ResultKeys;
import io.tamis.cli.merchant.SealedResults;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.DataException;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A merchant's questions, and the approval of those who own what they read. */
@Command(
        name = "job",
        description =
                "Submit a job, list jobs, show one, fetch a result, cancel; approve or reject one that reads your data.",
        mixinStandardHelpOptions = true)
final class JobCommand {
    private static final int LIST_MAX = 200;

    private final Shell shell;

    JobCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "submit",
            description = {
                "Submit a job: a JSON body (the service describes it at /q/swagger-ui) from FILE or from standard input (-).",
                "With --wait it stays until the job has ended and prints the result."
            })
    int submit(
            @Mixin Connection connection,
            @Parameters(paramLabel = "FILE|-", description = "the job as JSON; - is standard input") String file,
            @Option(names = "--wait", description = "wait for the result") boolean wait) {
        Json body = JobFile.read(file, shell);
        var report = new Report(shell, connection.json);
        try (ApiClient client = connection.openWithToken(shell)) {
            Answer answer = client.post("/v1/jobs", body);
            if (!wait || answer instanceof Answer.Refused) {
                return report.show(answer, this::printState);
            }
            JobId id = job(answer.orRefused().view().at("jobId").text());
            // At once, so that whoever stops waiting can still show, fetch or cancel it.
            shell.err().println(id);
            return finish(client, report, id);
        }
    }

    @Command(name = "list", description = "List your jobs, newest first.")
    int list(
            @Mixin Connection connection,
            @Option(names = "--limit", defaultValue = "50", description = "at most so many (default 50, up to 200)")
                    int limit,
            @Option(names = "--cursor", defaultValue = "", description = "where the page before ended") String cursor) {
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json)
                    .show(client.get("/v1/jobs" + page(limit, cursor)), this::printList);
        }
    }

    @Command(name = "show", description = "Show a job's state and how it came there.")
    int show(
            @Mixin Connection connection,
            @Parameters(paramLabel = "JOB", description = "the job, job_ and a UUID") String id) {
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json).show(client.get("/v1/jobs/" + job(id)), this::printState);
        }
    }

    @Command(name = "result", description = "Fetch a result; the delivery is logged before its first byte.")
    int result(
            @Mixin Connection connection,
            @Parameters(paramLabel = "JOB", description = "the job, job_ and a UUID") String id) {
        try (ApiClient client = connection.openWithToken(shell)) {
            return showResult(client, new Report(shell, connection.json), job(id));
        }
    }

    @Command(
            name = "open",
            description = {
                "Fetch a result whose sums were released to your own key (resultKey), and open them here: neither the service nor"
                        + " the key holders can read them. The delivery is logged; what is read is told to nobody."
            })
    int open(
            @Mixin Connection connection,
            @Parameters(paramLabel = "JOB", description = "the job, job_ and a UUID") String id,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "FILE",
                            description = "the key store of keys merchant-key")
                    Path key,
            @Option(
                            names = "--password-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "the key store's password")
                    Path passwordFile) {
        ResultKeys keys;
        try (SecretBytes password = new PasswordFile(passwordFile).read()) {
            keys = ResultKeys.open(key, password);
        }
        try (ApiClient client = connection.openWithToken(shell)) {
            Json.Obj envelope = new SealedResults(client, shell, keys).open(job(id));
            if (connection.json) {
                shell.out().println(envelope.canonical());
            } else {
                new ResultText(JsonView.of(envelope)).print(shell.out());
            }
            return ExitCode.DONE.number();
        }
    }

    @Command(name = "cancel", description = "Cancel a job; once its scan has begun the budget stays charged.")
    int cancel(
            @Mixin Connection connection,
            @Parameters(paramLabel = "JOB", description = "the job, job_ and a UUID") String id,
            @Option(names = "--reason", required = true, description = "why, 10 to 500 characters") String reason) {
        try (ApiClient client = connection.openWithToken(shell)) {
            Json body = Json.object().put("reason", reason).build();
            return new Report(shell, connection.json)
                    .show(client.post("/v1/jobs/" + job(id) + "/cancellation", body), this::printState);
        }
    }

    @Command(name = "approvals", description = "List jobs that wait for your approval; an officer's, all that wait.")
    int approvals(
            @Mixin Connection connection,
            @Option(names = "--limit", defaultValue = "50", description = "at most so many (default 50, up to 200)")
                    int limit,
            @Option(names = "--cursor", defaultValue = "", description = "where the page before ended") String cursor) {
        try (ApiClient client = connection.openWithToken(shell)) {
            return new Report(shell, connection.json)
                    .show(client.get("/v1/approvals" + page(limit, cursor)), new ApprovalText(shell.out())::printList);
        }
    }

    @Command(
            name = "approval",
            description = {
                "Show what a job does with your party's data, whole, and the subjectHash of it; nothing is said to anybody.",
                "The hash is made here; when the service asks approval for something else, this says so."
            })
    int approval(
            @Mixin Connection connection,
            @Parameters(paramLabel = "JOB", description = "the job, job_ and a UUID") String id) {
        JobId job = job(id);
        try (ApiClient client = connection.openWithToken(shell)) {
            Answer asked = client.get(approvals(job));
            if (asked instanceof Answer.Ok) {
                // Before anything is shown, for scripts too.
                ShownQuestion.of(job, asked.orRefused().view());
            }
            return new Report(shell, connection.json)
                    .show(asked, view -> new ApprovalText(shell.out()).print(view, ShownQuestion.of(job, view)));
        }
    }

    @Command(
            name = "approve",
            description = {
                "Show what a job does with your party's data, and approve it: with the subjectHash that job approval printed, or"
                        + " with a yes typed under it.",
                "Approved is exactly what was shown: its hash is made here, and when the service's differs, nothing is said."
            })
    int approve(
            @Mixin Connection connection,
            @Parameters(paramLabel = "JOB", description = "the job, job_ and a UUID") String id,
            @Option(names = "--reason", required = true, description = "why, 10 to 500 characters") String reason,
            @Option(
                            names = "--subject",
                            paramLabel = "HASH",
                            description = "approve what has this subjectHash, no other")
                    Optional<String> subject) {
        return judge(connection, job(id), new Judgement(Judgement.Verdict.APPROVED, reason, subject));
    }

    @Command(
            name = "reject",
            description = {
                "Show what a job does with your party's data, and end it: with the subjectHash that job approval printed, or with"
                        + " a yes typed under it."
            })
    int reject(
            @Mixin Connection connection,
            @Parameters(paramLabel = "JOB", description = "the job, job_ and a UUID") String id,
            @Option(names = "--reason", required = true, description = "why, 10 to 500 characters") String reason,
            @Option(
                            names = "--subject",
                            paramLabel = "HASH",
                            description = "reject what has this subjectHash, no other")
                    Optional<String> subject) {
        return judge(connection, job(id), new Judgement(Judgement.Verdict.REJECTED, reason, subject));
    }

    private int judge(Connection connection, JobId id, Judgement judgement) {
        judgement.requireSaid(shell, id.toString());
        var report = new Report(shell, connection.json);
        try (ApiClient client = connection.openWithToken(shell)) {
            Answer asked = client.get(approvals(id));
            if (asked instanceof Answer.Refused refused) {
                return report.refused(refused.problem());
            }
            JsonView job = asked.orRefused().view();
            var shown = ShownQuestion.of(id, job);
            // Standard output holds the service's answer alone when a script asked for that.
            new ApprovalText(connection.json ? shell.err() : shell.out()).print(job, shown);
            judgement.requireOf(shown, shell);
            return report.show(
                    client.post(approvals(id), judgement.body(shown)),
                    said -> shell.out()
                            .println(judgement.word() + ": approvals "
                                    + VisibleText.of(said.at("given").text()) + " of "
                                    + VisibleText.of(said.at("needed").text())));
        }
    }

    private static String approvals(JobId job) {
        return "/v1/jobs/" + job + "/approvals";
    }

    private int finish(ApiClient client, Report report, JobId id) {
        var watch = new JobWatch(client, shell.clock());
        JsonView end =
                watch.untilEnd(id, Duration.ofHours(1), state -> shell.err().println(state.toLowerCase(Locale.ROOT)));
        if (end.at("state").text().equals("SUCCEEDED")) {
            return showResult(client, report, id);
        }
        if (report.json()) {
            shell.out().println(end.value().canonical());
        } else {
            printState(end);
        }
        return ExitCode.NO.number();
    }

    private int showResult(ApiClient client, Report report, JobId id) {
        Answer answer = client.get("/v1/jobs/" + id + "/result");
        return answer instanceof Answer.Ok ok && ok.header("Content-Type").startsWith("text/csv")
                ? showCsv(report, ok)
                : report.show(answer, envelope -> new ResultText(envelope).print(shell.out()));
    }

    /** Values as the service wrote them; charge, notes and receipt are not in this form, so the entry's id is told. */
    private int showCsv(Report report, Answer.Ok answer) {
        String event = answer.header("Tamis-Event");
        if (report.json()) {
            shell.out()
                    .println(Json.object()
                            .put("csv", answer.text())
                            .put("eventId", event)
                            .build()
                            .canonical());
        } else {
            shell.out().print(answer.text());
            shell.out().flush();
            shell.err().println("delivered as event " + event);
        }
        return ExitCode.DONE.number();
    }

    private void printState(JsonView job) {
        shell.out().println(job.at("jobId").text() + " " + state(job));
        if (!job.at("collaborationId").text().isEmpty()) {
            shell.out().println("  in " + job.at("collaborationId").text());
        }
        for (JsonView step : job.at("stateHistory").items()) {
            shell.out().println("  " + step.at("at").text() + " " + state(step));
        }
        printWaiting(job);
        // A job that was not answered says what to do about it, and whether it was charged: that page does.
        if (!job.at("cause").text().isEmpty() && !job.at("state").text().equals("CANCELLED")) {
            shell.out().println("  " + Problem.wayOut(job.at("cause").text()));
        }
    }

    /** Whom the job waits for, and how far they are. */
    private void printWaiting(JsonView job) {
        JsonView approvals = job.at("approvals");
        if (!approvals.isAbsent()) {
            shell.out()
                    .println("  approvals " + approvals.at("given").text() + " of "
                            + approvals.at("needed").text());
        }
        JsonView shares = job.at("shares");
        if (!shares.isAbsent()) {
            shell.out()
                    .println("  shares " + shares.at("posted").text() + " of "
                            + shares.at("needed").text() + ", key holders seen: "
                            + shares.at("holdersOnline").text()
                            + (shares.at("note").isAbsent()
                                    ? ""
                                    : "; " + shares.at("note").text()));
        }
        if (!job.at("deadline").isAbsent()) {
            shell.out().println("  waits until " + job.at("deadline").text());
        }
    }

    /** The state and why, unless the reason only says the state again. */
    private static String state(JsonView told) {
        String state = told.at("state").text();
        String cause = told.at("cause").text();
        return cause.isEmpty() || cause.equals(state) ? state : state + " " + cause;
    }

    private void printList(JsonView jobs) {
        var table = new Table("job", "type", "state", "cause");
        for (JsonView job : jobs.at("items").items()) {
            table.row(
                    job.at("jobId").text(),
                    job.at("type").text(),
                    job.at("state").text(),
                    job.at("cause").text());
        }
        table.print(shell.out(), "");
        if (!jobs.at("next").text().isEmpty()) {
            shell.out().println("more: --cursor " + jobs.at("next").text());
        }
    }

    private static String page(int limit, String cursor) {
        if (limit < 1 || limit > LIST_MAX || !cursor.matches("[A-Za-z0-9_=-]{0,512}")) {
            throw ClientException.usage("--limit is 1 to 200, --cursor is the text that the page before ended with");
        }
        return "?limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
    }

    private static JobId job(String text) {
        try {
            return JobId.parse(text);
        } catch (DataException malformed) {
            throw ClientException.usage("a job is named job_ and a UUID");
        }
    }
}
