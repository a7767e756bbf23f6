package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.ServerProcess;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Upload;
import io.tamis.data.DatasetId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The demonstration's story, one method a scene. Everything but the start of the service goes over HTTP. */
final class Script {
    private static final DatasetId DATASET = new DatasetId("cdnow");
    private static final Duration JOB_PATIENCE = Duration.ofSeconds(90);

    /** How the service may say that a name of a person is no group key (docs/errors.md). */
    private static final Set<String> IDENTIFIER_REFUSALS = Set.of("LABEL_L5_USE", "LABEL_GROUP_KEY", "POLICY_DENIED");

    private final Shell shell;
    private final ApiClient client;
    private final DataDir data;
    private final Path csv;
    private final Auditor auditor;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private Optional<Cast> cast = Optional.empty();
    private Optional<JsonView> answer = Optional.empty();
    private Optional<String> firstAnswerSeconds = Optional.empty();

    Script(Shell shell, ApiClient client, DataDir data, Path csv, Auditor auditor) {
        this.shell = shell;
        this.client = client;
        this.data = data;
        this.csv = csv;
        this.auditor = auditor;
    }

    /** Plays all scenes in order. */
    void play(Steps steps, ServerProcess server) {
        steps.step("start", () -> start(server));
        steps.step("load", this::load);
        steps.step("dry run", this::dryRun);
        steps.step("answer", this::ask);
        steps.step("identifier refused", this::askForIdentifiers);
        steps.step("overspending refused", this::overspend);
        steps.step("budget left", this::budget);
        steps.step("asked again", this::askAgain);
        var audit = new Audit(client, data, auditor, run);
        steps.step("receipt", () -> audit.receipt(answer()));
        steps.step("officer's check", () -> audit.verify(cast.orElseThrow().officer()));
        steps.step("forgery caught", audit::catchForgery);
    }

    /** Who played, once the service has made its issuer key. */
    Optional<Cast> cast() {
        return cast;
    }

    /** From the process's start to the first answer. */
    Optional<String> firstAnswerSeconds() {
        return firstAnswerSeconds;
    }

    private Outcome start(ServerProcess server) {
        server.awaitReady(shell.clock());
        playAs(Cast.USUAL_MERCHANT);
        return Outcome.passed("service ready at " + client.url() + " after " + sinceStart()
                + " s, on an embedded PostgreSQL of its own");
    }

    private void playAs(PartyId merchant) {
        cast = Optional.of(Cast.of(DemoIssuer.of(data), shell.clock().instant(), merchant));
    }

    private Outcome load() {
        Answer loaded =
                Upload.hashed(csv, shell).send(client.as(cast.orElseThrow().platform()), DATASET, 1);
        return switch (loaded) {
            case Answer.Ok ok ->
                Outcome.passed(purchases().rows() + " purchases of 1997 and 1998 (CDNOW), content "
                        + short8(ok.view().at("contentHash"))
                        + (ok.status() == 200 ? ", loaded in an earlier run" : ""));
            case Answer.Refused(Problem problem) -> new Outcome.Failed(problem.line());
        };
    }

    private Outcome dryRun() {
        Answer predicted = merchant().post("/v1/dry-runs", Questions.quarterly(request("dry")));
        return switch (predicted) {
            case Answer.Ok ok -> {
                var view = ok.view();
                yield Outcome.check(
                        view.at("verdict").text().equals("PERMIT"),
                        "it would charge " + view.at("rhoMicro").text() + " micro-rho; buyers within ±"
                                + view.at("measures").at(0).at("halfWidth95").text()
                                + " (95 %); no data read, nothing charged",
                        "verdict " + view.at("verdict").text());
            }
            case Answer.Refused(Problem problem) -> new Outcome.Failed(problem.line());
        };
    }

    private Outcome ask() {
        Answer submitted = merchant().post("/v1/jobs", Questions.quarterly(request("quarterly")));
        String merchant = cast.orElseThrow().merchantParty().value();
        if (isRefusedWith(submitted, Set.of("BUDGET_EXHAUSTED"))) {
            // Spent by earlier runs: every run after the first is answered from the cache unless data or policy
            // changed.
            playAs(new PartyId("brand-" + run));
            merchant = cast.orElseThrow().merchantParty().value() + " (brand-a has spent its budget on this data)";
            submitted = merchant().post("/v1/jobs", Questions.quarterly(request("quarterly")));
        }
        if (isRefusedWith(submitted, Set.of("BUDGET_EXHAUSTED"))) {
            return new Outcome.Failed(
                    "the budget of all merchants together is spent on this data directory; start afresh"
                            + " with --data-dir DIR, or delete " + data.path());
        }
        JsonView envelope = finish(submitted);
        answer = Optional.of(envelope);
        firstAnswerSeconds = Optional.of(sinceStart());
        var comparison = new Comparison(envelope, purchases().quarters());
        if (comparison.fault().isPresent()) {
            return new Outcome.Failed(comparison.fault().get());
        }
        var lines = new ArrayList<>(comparison.lines());
        lines.add("* demo only: read from the file by this command; a real merchant never sees it.");
        lines.add("  bounded: each person's quarter counts for at most $" + Purchases.CLAMP_CENTS / 100 + ".");
        return new Outcome.Passed(
                merchant + " asks for quarterly buyers and revenue"
                        + (isCached(envelope) ? " (asked before: the cached answer, charge 0)" : "")
                        + "; answered " + sinceStart() + " s after the command",
                lines);
    }

    private Outcome askForIdentifiers() {
        Answer refused = merchant().post("/v1/jobs", Questions.byCustomer(request("identifier")));
        return refusedAsItShould(refused, IDENTIFIER_REFUSALS, "one row per customer_id");
    }

    private Outcome overspend() {
        // One more than what is left can never be granted, and the rest of the budget stays untouched.
        Answer refused = merchant().post("/v1/jobs", Questions.priced(request("overspend"), left() + 1));
        return refusedAsItShould(
                refused, Set.of("BUDGET_EXHAUSTED"), (left() + 1) + " micro-rho with " + left() + " left");
    }

    private Outcome budget() {
        var row = budgetRow();
        long spent = row.at("rhoMicro").at("spent").integerOrZero();
        return Outcome.check(
                spent >= Questions.QUARTERLY_RHO_MICRO && left() >= 0,
                spent + " of " + row.at("rhoMicro").at("cap").text() + " micro-rho spent, " + left() + " left in "
                        + row.at("period").text() + ", spent by "
                        + row.at("spentBy").items().size() + " job(s)",
                "the budget says " + spent + " spent");
    }

    private Outcome askAgain() {
        long before = left();
        JsonView again = finish(merchant().post("/v1/jobs", Questions.quarterly(request("again"))));
        boolean same = again.at("result").equals(answer().at("result"));
        return Outcome.check(
                isCached(again) && same && left() == before,
                "the same noisy answer from the cache, charge 0: asking often does not average the noise away",
                "cached " + again.at("cached").text() + ", same numbers " + same + ", left " + before + " then "
                        + left());
    }

    private JsonView finish(Answer submitted) {
        JobId id = JobId.parse(submitted.orRefused().view().at("jobId").text());
        new JobWatch(merchant(), shell.clock()).untilEnd(id, JOB_PATIENCE, state -> {});
        return merchant().get("/v1/jobs/" + id + "/result").orRefused().view();
    }

    private Outcome refusedAsItShould(Answer answered, Set<String> codes, String asked) {
        return switch (answered) {
            case Answer.Ok ok -> new Outcome.Failed("asked for " + asked + ", and it was accepted");
            case Answer.Refused(Problem problem) ->
                Outcome.check(
                        codes.contains(problem.code()),
                        asked + ": " + problem.code() + ", logged as event "
                                + short8(JsonView.of(problem.body()).at("eventId")),
                        problem.line());
        };
    }

    private static boolean isRefusedWith(Answer answer, Set<String> codes) {
        return answer instanceof Answer.Refused(Problem problem) && codes.contains(problem.code());
    }

    private static boolean isCached(JsonView envelope) {
        return envelope.at("cached").value().equals(Json.of(true));
    }

    private long left() {
        var rho = budgetRow().at("rhoMicro");
        return rho.at("cap").integerOrZero()
                - rho.at("reserved").integerOrZero()
                - rho.at("spent").integerOrZero();
    }

    /** The tightest of the merchant's own rows. */
    private JsonView budgetRow() {
        var rows = merchant()
                .get("/v1/budgets?dataset=" + DATASET)
                .orRefused()
                .view()
                .at("items")
                .items();
        return rows.stream().findFirst().orElse(JsonView.ABSENT);
    }

    private ApiClient merchant() {
        return client.as(cast.orElseThrow().merchant());
    }

    private JsonView answer() {
        return answer.orElseThrow();
    }

    private Purchases purchases() {
        return Purchases.read(csv, Questions.FROM, Questions.TO);
    }

    private String request(String name) {
        return "demo-" + run + "-" + name;
    }

    private static String short8(JsonView text) {
        String all = text.text();
        return all.substring(0, Math.min(8, all.length()));
    }

    private String sinceStart() {
        // The launcher replaces itself by this process, so its start is the moment the command was typed.
        Instant start = ProcessHandle.current()
                .info()
                .startInstant()
                .orElse(shell.clock().instant());
        long tenths = Duration.between(start, shell.clock().instant()).toMillis() / 100;
        return BigDecimal.valueOf(tenths, 1).toPlainString();
    }
}
