package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Shell;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What all scenes share: the service, and how one asks it.
 *
 * @param run names what this run asks, so that no request of another run is meant
 */
record Stage(Shell shell, ApiClient client, DataDir data, String run) {
    private static final Duration JOB_PATIENCE = Duration.ofSeconds(90);

    /** A name for a request. */
    String request(String name) {
        return "demo-" + run + "-" + name;
    }

    /** A file of the sample data. */
    Path sample(String folder, String file) {
        return shell.root().resolve("sandbox-datasets").resolve(folder).resolve(file);
    }

    /** The same shell, but silent: for what a step tells in one line of its own. */
    Shell quiet() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Shell(shell.variables(), shell.in(), nowhere, nowhere, shell.clock(), shell.root(), false);
    }

    /** The result of a job that was submitted, once it has ended. */
    JsonView finish(ApiClient asking, Answer submitted) {
        JobId id = JobId.parse(submitted.orRefused().view().at("jobId").text());
        new JobWatch(asking, shell.clock()).untilEnd(id, JOB_PATIENCE, state -> {});
        return asking.get("/v1/jobs/" + id + "/result").orRefused().view();
    }

    /** From the moment the command was typed, in seconds. */
    String sinceStart() {
        // The launcher replaces itself by this process, so its start is the moment the command was typed.
        Instant start = ProcessHandle.current()
                .info()
                .startInstant()
                .orElse(shell.clock().instant());
        return seconds(start);
    }

    /** From then until now, in seconds. */
    String seconds(Instant then) {
        long tenths = Duration.between(then, shell.clock().instant()).toMillis() / 100;
        return BigDecimal.valueOf(tenths, 1).toPlainString();
    }

    /** As it should be when the answer is one of these codes. */
    static Outcome refused(Answer answered, Set<String> codes, String asked) {
        return switch (answered) {
            case Answer.Ok ok -> new Outcome.Failed("asked for " + asked + ", and it was accepted");
            case Answer.Refused(Problem problem) ->
                Outcome.check(
                        codes.contains(problem.code()),
                        asked + ": " + problem.code() + logged(JsonView.of(problem.body())),
                        asked + ": " + problem.line());
        };
    }

    /** Refused reads of what is not there are no entries of the log. */
    private static String logged(JsonView problem) {
        return problem.at("eventId").text().isEmpty()
                ? ""
                : ", logged as event " + problem.at("eventId").text();
    }

    /** True when the answer is one of these codes. */
    static boolean isRefusedWith(Answer answer, Set<String> codes) {
        return answer instanceof Answer.Refused(Problem problem) && codes.contains(problem.code());
    }

    /** True when the result came from the cache. */
    static boolean isCached(JsonView envelope) {
        return envelope.at("cached").value().equals(Json.of(true));
    }

    /** The beginning of a name that is too long to be read. */
    static String short8(JsonView text) {
        String all = text.text();
        return all.substring(0, Math.min(8, all.length()));
    }
}
