package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.ShownQuestion;
import io.tamis.data.DataException;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The merchant's campaign asks for what nobody can look at: sums of encrypted tags, opened by key holders with their noise. */
final class EncryptedCampaign {
    private static final long BY_TIER_RHO_MICRO = 17_000;
    private static final long TOTAL_RHO_MICRO = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SHARE_PATIENCE = Duration.ofSeconds(60);
    private static final String COUNT = "count";
    private static final Set<String> UNDECIDED = Set.of("SUBMITTED", "POLICY_CHECK");
    private static final String AWAITING_APPROVAL = "AWAITING_APPROVAL";
    private static final String AWAITING_SHARES = "AWAITING_SHARES";
    private static final String DEMO_ONLY =
            "* demo only: planted in the made-up persons (truth.json); neither the service nor a holder knows it.";

    private final Stage stage;
    private final Companies companies;
    private final KeyHolders holders;

    EncryptedCampaign(Stage stage, Companies companies, KeyHolders holders) {
        this.stage = stage;
        this.companies = companies;
        this.holders = holders;
    }

    /** Counts by city tier, while one of the three holders is away. */
    Outcome ask(Pact pact) {
        holders.kill(KeyHolders.HOLDERS.getLast());
        Answer submitted = merchant().post("/v1/jobs", body(pact, "by-tier", BY_TIER_RHO_MICRO, true));
        JobId job = JobId.parse(submitted.orRefused().view().at("jobId").text());
        int approved = approve(job);
        JsonView envelope = finish(job);
        var beside = new Beside(
                byTier(envelope), envelope.at("privacy").at("minUsers").integerOrZero());
        if (beside.rows().size() != truth().size()) {
            return new Outcome.Failed("the answer has " + beside.rows().size() + " city tiers");
        }
        if (beside.fault().isPresent()) {
            return new Outcome.Failed(beside.fault().get());
        }
        var told = new ArrayList<>(beside.lines());
        told.add(DEMO_ONLY);
        told.add(
                approved == 0
                        ? "asked before: the cached answer, charge 0"
                        : approved + " owners had approved it; " + KeyHolders.HOLDERS.getLast()
                                + " was killed before, and the other two opened the sums");
        return new Outcome.Passed(
                "brand-b asks how many people of three platforms are " + Tagging.TAG
                        + ", by city tier; a person counts on each" + " platform",
                told);
    }

    /** One number more, with a second holder killed: nothing is opened until it is back. */
    Outcome twoAway(Pact pact) {
        PartyId second = KeyHolders.HOLDERS.get(1);
        Answer submitted = merchant().post("/v1/jobs", body(pact, "total", TOTAL_RHO_MICRO, false));
        JobId job = JobId.parse(submitted.orRefused().view().at("jobId").text());
        KeyHolders.waited(stage, SHARE_PATIENCE, () -> !UNDECIDED.contains(state(job)));
        if (!state(job).equals(AWAITING_APPROVAL)) {
            return Outcome.passed("asked in an earlier run: the cached answer, charge 0");
        }
        holders.kill(second);
        approve(job);
        boolean waits = KeyHolders.waited(
                stage,
                SHARE_PATIENCE,
                () -> shown(job).at("shares").at("posted").integerOrZero() == 1
                        || JobWatch.FINAL_STATES.contains(state(job)));
        JsonView waiting = shown(job);
        if (!waits || !waiting.at("state").text().equals(AWAITING_SHARES)) {
            return new Outcome.Failed(
                    "with one holder left the job is " + waiting.at("state").text());
        }
        String told = waiting.at("shares").at("posted").text() + " of "
                + waiting.at("shares").at("needed").text() + " shares";
        holders.start(stage, second);
        JsonView envelope = finish(job);
        JsonView cell = cells(envelope, envelope.at("result").at("rows").at(0)).getOrDefault(COUNT, JsonView.ABSENT);
        long truth = truth().values().stream().mapToLong(Long::longValue).sum();
        var beside = new Beside(
                List.of(new Beside.Line("all tiers", cell, truth)),
                envelope.at("privacy").at("minUsers").integerOrZero());
        if (cell.isAbsent() || beside.fault().isPresent()) {
            return new Outcome.Failed(beside.fault().orElse("the answer has no number"));
        }
        return new Outcome.Passed(
                "with " + second + " killed too the job waited, AWAITING_SHARES with " + told
                        + "; back again, it finished",
                beside.lines());
    }

    /** Every owner's somebody approves, when the job asks for it; how many did. */
    private int approve(JobId job) {
        KeyHolders.waited(stage, SHARE_PATIENCE, () -> !UNDECIDED.contains(state(job)));
        if (!state(job).equals(AWAITING_APPROVAL)) {
            return 0;
        }
        for (PartyId owner : Tagging.PLATFORMS) {
            ApiClient somebody = companies.platform(owner);
            String path = "/v1/jobs/" + job + "/approvals";
            String subject = ShownQuestion.of(
                            job, somebody.get(path).orRefused().view())
                    .subject()
                    .hex();
            somebody.post(
                            path,
                            Json.object()
                                    .put("verdict", "APPROVED")
                                    .put("reason", "counts of the campaign, as the agreement says")
                                    .put("subjectHash", subject)
                                    .build())
                    .orRefused();
        }
        return Tagging.PLATFORMS.size();
    }

    private String state(JobId job) {
        return shown(job).at("state").text();
    }

    private JsonView shown(JobId job) {
        return merchant().get("/v1/jobs/" + job).orRefused().view();
    }

    private JsonView finish(JobId job) {
        new JobWatch(merchant(), stage.shell().clock()).untilEnd(job, PATIENCE, state -> {});
        return merchant().get("/v1/jobs/" + job + "/result").orRefused().view();
    }

    private List<Beside.Line> byTier(JsonView envelope) {
        Map<String, Long> truth = truth();
        var lines = new ArrayList<Beside.Line>();
        for (JsonView row : envelope.at("result").at("rows").items()) {
            String tier = row.at("key").at(0).text();
            if (truth.containsKey(tier)) {
                lines.add(new Beside.Line(
                        tier, cells(envelope, row).getOrDefault(COUNT, JsonView.ABSENT), truth.get(tier)));
            }
        }
        return lines;
    }

    /** A row's cells by the names of their columns. */
    private static Map<String, JsonView> cells(JsonView envelope, JsonView row) {
        List<JsonView> columns = envelope.at("result").at("columns").items();
        int keys = row.at("key").items().size();
        var cells = new HashMap<String, JsonView>();
        for (int at = 0; at + keys < columns.size(); at++) {
            cells.put(columns.get(at + keys).text(), row.at("cells").at(at));
        }
        return cells;
    }

    /** By city tier, who has so many ties, over the three platforms. */
    private Map<String, Long> truth() {
        try {
            var ties = JsonView.of(Json.parse(Files.readAllBytes(stage.sample("three-platforms", "truth.json"))))
                    .at("ties");
            var sums = new HashMap<String, Long>();
            for (String tier : tiers(ties)) {
                long sum = 0;
                for (PartyId platform : Tagging.PLATFORMS) {
                    sum += ties.at(Tagging.dataset(platform))
                            .at(tier)
                            .at("atLeast" + Tagging.MANY)
                            .integer()
                            .orElseThrow();
                }
                sums.put(tier, sum);
            }
            return sums;
        } catch (IOException | DataException unreadable) {
            throw ClientException.usage("cannot read the demonstration's truth");
        }
    }

    private static Set<String> tiers(JsonView ties) {
        return ties.at(Tagging.dataset(Tagging.PLATFORMS.getFirst())).value() instanceof Json.Obj object
                ? new HashSet<>(object.members().keySet())
                : Set.of();
    }

    private Json body(Pact pact, String name, long rhoMicro, boolean byTier) {
        var tags = Json.object();
        var datasets = new ArrayList<Json>();
        for (PartyId platform : Tagging.PLATFORMS) {
            tags.put(Tagging.dataset(platform), Tagging.TAG);
            datasets.add(Json.object()
                    .put("id", Tagging.dataset(platform))
                    .put("version", 1)
                    .put("purpose", "AUDIENCE_INSIGHT")
                    .build());
        }
        var params = Json.object().put("metric", "COUNT").put("tags", tags.build());
        if (byTier) {
            params.put("groupBy", "city_tier");
        }
        return Json.object()
                .put("jobRequestId", stage.request(name))
                .put("type", "AUDIENCE_AGGREGATE")
                .put("collaborationId", pact.id().value())
                .put("datasets", Json.array(datasets))
                .put("params", params.build())
                .put("privacy", Json.object().put("rhoMicro", rhoMicro).build())
                .put("reason", "whom a campaign for well connected people could reach")
                .put("acceptLowUtility", true)
                .build();
    }

    private ApiClient merchant() {
        return companies.merchant(Companies.OTHER_MEMBER);
    }
}
