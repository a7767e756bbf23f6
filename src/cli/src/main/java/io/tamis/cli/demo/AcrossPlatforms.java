package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.demo.AcrossQuestions.Question;
import io.tamis.data.MicroEpsilon;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The merchant asks across platforms: one-shots in pure epsilon, each charged on every dataset it reads. */
final class AcrossPlatforms {
    private static final MicroEpsilon HALF = new MicroEpsilon(500_000);
    private static final MicroEpsilon QUARTER = new MicroEpsilon(250_000);

    /** Cells, pairs, union. */
    private static final int PLATFORMS_NUMBERS = 7 + 3 + 1;

    /** Cells, pairs. */
    private static final int OWN_LIST_NUMBERS = 7 + 3;

    /** Two of each platform, their union, the curve. */
    private static final int REACH_NUMBERS = 4 + 1 + AcrossQuestions.FREQUENCY_MAX;

    private static final Question PLATFORMS =
            AcrossQuestions.overlap(HALF, "messenger-users", "shop-users", "video-users");
    private static final Question OWN_LIST =
            AcrossQuestions.overlap(QUARTER, "brand-members", "shop-users", "video-users");
    private static final Question REACH = AcrossQuestions.reach(HALF, "messenger-exposures", "video-exposures");

    private static final String DEMO_ONLY =
            "* demo only: planted in the made-up persons (truth.json); a real merchant never sees it.";

    private final Stage stage;
    private final Companies companies;
    private final Map<Question, Answer> submitted = new LinkedHashMap<>();

    AcrossPlatforms(Stage stage, Companies companies) {
        this.stage = stage;
        this.companies = companies;
    }

    /** Which people the three platforms have in common. */
    Outcome overlap(Pact pact) {
        // All at once: results show on a tick, and three would otherwise wait for three of them.
        submitted.put(PLATFORMS, merchant().post("/v1/jobs", PLATFORMS.body(pact, stage.request("overlap"))));
        submitted.put(OWN_LIST, merchant().post("/v1/jobs", OWN_LIST.body(pact, stage.request("own-list"))));
        submitted.put(REACH, merchant().post("/v1/jobs", REACH.body(pact, stage.request("reach"))));
        return compared(
                PLATFORMS,
                PLATFORMS_NUMBERS,
                "which people shop, video and messenger share; each of them writes phones its own way",
                envelope -> {
                    var truth = truth();
                    var asked = Set.of("shop", "video", "messenger");
                    var lines = cells(envelope, asked);
                    lines.addAll(pairs(envelope));
                    lines.add(new Beside.Line(
                            "any of the three",
                            envelope.at("result").at("derived").at("union"),
                            truth.onAny(asked)));
                    return lines;
                });
    }

    /** How many of its own members the merchant finds there. */
    Outcome ownList() {
        return compared(
                OWN_LIST,
                OWN_LIST_NUMBERS,
                "which of its own members shop and video know; nobody is shown its list",
                envelope -> {
                    var lines = cells(envelope, Set.of("brand", "shop", "video"));
                    lines.addAll(pairs(envelope));
                    return lines;
                });
    }

    /** Whom a campaign reached. */
    Outcome reach() {
        return compared(
                REACH,
                REACH_NUMBERS,
                "how many people " + AcrossQuestions.CAMPAIGN + " reached on video and messenger, each counted once",
                envelope -> {
                    var truth = truth();
                    var derived = envelope.at("result").at("derived");
                    var lines = new ArrayList<Beside.Line>();
                    for (JsonView platform : derived.at("platforms").items()) {
                        String id = platform.at("id").text();
                        lines.add(new Beside.Line(id, platform.at("reach"), truth.reachedOn(id + "-exposures")));
                        lines.add(new Beside.Line(
                                "only " + id, platform.at("incremental"), truth.reachedOnlyOn(id + "-exposures")));
                    }
                    lines.add(new Beside.Line("either", derived.at("reach"), truth.reachedAtLeast(1)));
                    for (JsonView point : derived.at("curve").items()) {
                        int times = (int) point.at("atLeast").integerOrZero();
                        lines.add(new Beside.Line(times + "+ times", point.at("people"), truth.reachedAtLeast(times)));
                    }
                    return lines;
                });
    }

    /** What the questions have cost on a dataset that two of them read. */
    Outcome budget() {
        var rows = merchant()
                .get("/v1/budgets?dataset=shop-users")
                .orRefused()
                .view()
                .at("items")
                .items();
        JsonView row = rows.stream()
                .filter(item -> item.at("mode").text().equals("PURE"))
                .findFirst()
                .orElse(JsonView.ABSENT);
        long spent = row.at("epsilonMicro").at("spent").integerOrZero();
        return Outcome.check(
                spent >= HALF.value() + QUARTER.value(),
                "a question is charged in full on each dataset it reads; on shop-users " + spent + " of "
                        + row.at("epsilonMicro").at("cap").text() + " micro-epsilon spent, by "
                        + row.at("spentBy").items().size() + " jobs",
                "the budget of shop-users says " + spent + " spent");
    }

    private interface Lines {
        List<Beside.Line> of(JsonView envelope);
    }

    private Outcome compared(Question question, int numbers, String asked, Lines lines) {
        Answer answer = submitted.get(question);
        if (Stage.isRefusedWith(answer, Set.of("BUDGET_EXHAUSTED"))) {
            return new Outcome.Failed("the budget of these datasets is spent on this data directory; start afresh with"
                    + " --data-dir DIR, or delete " + stage.data().path());
        }
        JsonView envelope = stage.finish(merchant(), answer);
        var beside = new Beside(
                lines.of(envelope), envelope.at("privacy").at("minUsers").integerOrZero());
        if (beside.rows().size() != numbers) {
            return new Outcome.Failed(
                    "the answer has " + beside.rows().size() + " numbers about people, and should have " + numbers);
        }
        if (beside.fault().isPresent()) {
            return new Outcome.Failed(beside.fault().get());
        }
        var told = new ArrayList<>(beside.lines());
        told.add(DEMO_ONLY);
        return new Outcome.Passed(
                "brand-a asks " + asked
                        + (Stage.isCached(envelope)
                                ? " (asked before: the cached answer, charge 0)"
                                : ", for epsilon "
                                        + BigDecimal.valueOf(question.epsilon().value(), 6)
                                                .stripTrailingZeros()
                                                .toPlainString()),
                told);
    }

    /** Exactly on these lists. */
    private List<Beside.Line> cells(JsonView envelope, Set<String> asked) {
        var truth = truth();
        var lines = new ArrayList<Beside.Line>();
        for (JsonView row : envelope.at("result").at("rows").items()) {
            String label = row.at("key").at(0).text();
            var these = Set.of(label.split("\\+"));
            lines.add(new Beside.Line(
                    these.size() == asked.size() ? label : label + " only",
                    row.at("cells").at(0),
                    truth.onExactly(these, asked)));
        }
        return lines;
    }

    /** On both of two lists. */
    private List<Beside.Line> pairs(JsonView envelope) {
        var truth = truth();
        return envelope.at("result").at("derived").at("pairs").items().stream()
                .map(pair -> {
                    var both = Set.of(
                            pair.at("of").at(0).text(), pair.at("of").at(1).text());
                    return new Beside.Line(
                            pair.at("of").at(0).text() + " and "
                                    + pair.at("of").at(1).text(),
                            pair.at("intersection"),
                            truth.onAll(both));
                })
                .toList();
    }

    private PlantedTruth truth() {
        return PlantedTruth.read(stage.sample("three-platforms", "truth.json"));
    }

    private ApiClient merchant() {
        return companies.merchant(Companies.BRAND);
    }
}
