package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.ServerProcess;
import io.tamis.cli.client.Upload;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The first scenes, on real purchases: one platform, one merchant, no agreement. */
final class FirstAnswer {
    private static final DatasetId DATASET = new DatasetId("cdnow");

    /** How the service may say that a name of a person is no group key (docs/errors.md). */
    private static final Set<String> IDENTIFIER_REFUSALS = Set.of("LABEL_L5_USE", "LABEL_GROUP_KEY", "POLICY_DENIED");

    private static final Duration WITNESS_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Stage stage;
    private final Path csv;
    private Optional<Cast> cast = Optional.empty();
    private Optional<JsonView> answer = Optional.empty();
    private Optional<String> firstAnswerSeconds = Optional.empty();

    FirstAnswer(Stage stage) {
        this.stage = stage;
        this.csv = stage.sample("cdnow", "purchases.csv");
    }

    /** Who played, once the service has made its issuer key. */
    Optional<Cast> cast() {
        return cast;
    }

    /** From the process's start to the first answer. */
    Optional<String> firstAnswerSeconds() {
        return firstAnswerSeconds;
    }

    /** Waits for the service, and starts the witness of its ledger. */
    Outcome start(ServerProcess server, WitnessProcess witness) {
        server.awaitReady(stage.shell().clock());
        witness.start(stage.client().get("/v1/ledger/key").orRefused().text());
        playAs(Cast.USUAL_MERCHANT);
        return Outcome.passed("service ready at " + stage.client().url() + " after " + stage.sinceStart()
                + " s, on an embedded PostgreSQL of its own");
    }

    private void playAs(PartyId merchant) {
        cast = Optional.of(
                Cast.of(DemoIssuer.of(stage.data()), stage.shell().clock().instant(), merchant));
    }

    /** The platform loads its data. */
    Outcome load() {
        Answer loaded = Upload.hashed(csv, stage.shell())
                .send(stage.client().as(cast.orElseThrow().platform()), DATASET, 1);
        return switch (loaded) {
            case Answer.Ok ok ->
                Outcome.passed(purchases().rows() + " purchases of 1997 and 1998 (CDNOW), content "
                        + Stage.short8(ok.view().at("contentHash"))
                        + (ok.status() == 200 ? ", loaded in an earlier run" : ""));
            case Answer.Refused(Problem problem) -> new Outcome.Failed(problem.line());
        };
    }

    /** The merchant asks for the price. */
    Outcome dryRun() {
        Answer predicted = merchant().post("/v1/dry-runs", Questions.quarterly(stage.request("dry")));
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

    /** Waits until the witness, which has had the time of two steps to start, has cosigned the ledger. */
    Outcome cosigned(WitnessProcess witness) {
        Instant last = stage.shell().clock().instant().plus(WITNESS_PATIENCE);
        while (witness.isAlive() && stage.shell().clock().instant().isBefore(last)) {
            if (witness.hasCosigned(stage.client())) {
                return Outcome.passed("the ledger's checkpoint is cosigned by " + WitnessProcess.NAME
                        + ", a process of its own: without it nothing of level 4 or 5 is read");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return new Outcome.Failed("the witness has cosigned nothing; its log is " + witness.log());
    }

    /** The merchant asks. */
    Outcome ask() {
        Answer submitted = merchant().post("/v1/jobs", Questions.quarterly(stage.request("quarterly")));
        String merchant = cast.orElseThrow().merchantParty().value();
        if (Stage.isRefusedWith(submitted, Set.of("BUDGET_EXHAUSTED"))) {
            // Spent by earlier runs: every run after the first is answered from the cache unless data or policy
            // changed.
            playAs(new PartyId("brand-" + stage.run()));
            merchant = cast.orElseThrow().merchantParty().value() + " (brand-a has spent its budget on this data)";
            submitted = merchant().post("/v1/jobs", Questions.quarterly(stage.request("quarterly")));
        }
        if (Stage.isRefusedWith(submitted, Set.of("BUDGET_EXHAUSTED"))) {
            return new Outcome.Failed(
                    "the budget of all merchants together is spent on this data directory; start afresh"
                            + " with --data-dir DIR, or delete " + stage.data().path());
        }
        JsonView envelope = stage.finish(merchant(), submitted);
        answer = Optional.of(envelope);
        firstAnswerSeconds = Optional.of(stage.sinceStart());
        var comparison = new Comparison(envelope, purchases().quarters());
        if (comparison.fault().isPresent()) {
            return new Outcome.Failed(comparison.fault().get());
        }
        var lines = new ArrayList<>(comparison.lines());
        lines.add("* demo only: read from the file by this command; a real merchant never sees it.");
        lines.add("  bounded: each person's quarter counts for at most $" + Purchases.CLAMP_CENTS / 100 + ".");
        return new Outcome.Passed(
                merchant + " asks for quarterly buyers and revenue"
                        + (Stage.isCached(envelope) ? " (asked before: the cached answer, charge 0)" : "")
                        + "; answered " + stage.sinceStart() + " s after the command",
                lines);
    }

    /** The merchant asks for a list of persons. */
    Outcome askForIdentifiers() {
        Answer refused = merchant().post("/v1/jobs", Questions.byCustomer(stage.request("identifier")));
        return Stage.refused(refused, IDENTIFIER_REFUSALS, "one row per customer_id");
    }

    /** The merchant asks for more than it has left. */
    Outcome overspend() {
        // One more than what is left can never be granted, and the rest of the budget stays untouched.
        Answer refused = merchant().post("/v1/jobs", Questions.priced(stage.request("overspend"), left() + 1));
        return Stage.refused(refused, Set.of("BUDGET_EXHAUSTED"), (left() + 1) + " micro-rho with " + left() + " left");
    }

    /** What is left. */
    Outcome budget() {
        var row = budgetRow();
        long spent = row.at("rhoMicro").at("spent").integerOrZero();
        return Outcome.check(
                spent >= Questions.QUARTERLY_RHO_MICRO && left() >= 0,
                spent + " of " + row.at("rhoMicro").at("cap").text() + " micro-rho spent, " + left() + " left in "
                        + row.at("period").text() + ", spent by "
                        + row.at("spentBy").items().size() + " job(s)",
                "the budget says " + spent + " spent");
    }

    /** The merchant asks once more. */
    Outcome askAgain() {
        long before = left();
        JsonView again =
                stage.finish(merchant(), merchant().post("/v1/jobs", Questions.quarterly(stage.request("again"))));
        boolean same = again.at("result").equals(answer().at("result"));
        return Outcome.check(
                Stage.isCached(again) && same && left() == before,
                "the same noisy answer from the cache, charge 0: asking often does not average the noise away",
                "cached " + again.at("cached").text() + ", same numbers " + same + ", left " + before + " then "
                        + left());
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
        return stage.client().as(cast.orElseThrow().merchant());
    }

    /** The envelope of the first answer. */
    JsonView answer() {
        return answer.orElseThrow();
    }

    private Purchases purchases() {
        return Purchases.read(csv, Questions.FROM, Questions.TO);
    }
}
