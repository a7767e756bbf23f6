package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestKey;
import io.tamis.cli.client.TestShell;
import io.tamis.data.CollaborationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcrossPlatformsTest {
    private static final Pact PACT = new Pact(new CollaborationId("col_1"), "00");
    private static final String JOB = "job_0190163d-8694-739b-aea5-966c26f8ad90";
    private static final String TRUTH = """
        {"cellsWithBrand":{"messenger-users":1000,"shop-users":2000,"video-users":3000,"messenger-users+shop-users":400,
          "messenger-users+video-users":500,"shop-users+video-users":600,"messenger-users+shop-users+video-users":700},
         "reach":[{"campaign":"singles-day"}]}""";

    @TempDir
    Path folder;

    private FakeService service;
    private ApiClient client;
    private AcrossPlatforms across;

    @BeforeEach
    void start() throws GeneralSecurityException, IOException {
        service = new FakeService()
                .on("POST /v1/jobs", 202, "{\"jobId\":\"" + JOB + "\"}")
                .on("GET /v1/jobs/" + JOB, 200, "{\"state\":\"SUCCEEDED\"}");
        client = ApiClient.of(service.url());
        TestKey.write(new DataDir(folder));
        var stage = new Stage(new TestShell(folder).shell(), client, new DataDir(folder), "r");
        across = new AcrossPlatforms(stage, new Companies(stage));
        Path sample = Files.createDirectories(folder.resolve("sandbox-datasets/three-platforms"));
        Files.writeString(sample.resolve("truth.json"), TRUTH);
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void overlap_nearTheTruth_standsBesideIt() {
        var passed = assertInstanceOf(Outcome.Passed.class, answered(false, rows(3), 8203));
        assertTrue(passed.said().endsWith(", for epsilon 0.5"), passed.said());
        assertEquals(1 + 11 + 1, passed.more().size());
        assertTrue(
                passed.more().get(7).startsWith("messenger+shop+video"),
                passed.more().toString());
    }

    @Test
    void overlap_cached_saysSo() {
        var passed = assertInstanceOf(Outcome.Passed.class, answered(true, rows(0), 8200));
        assertTrue(passed.said().endsWith("(asked before: the cached answer, charge 0)"), passed.said());
    }

    @Test
    void overlap_farFromTheTruth_isAFailure() {
        assertInstanceOf(Outcome.Failed.class, answered(false, rows(34), 8200));
        assertInstanceOf(Outcome.Failed.class, answered(false, rows(0), 8300));
    }

    @Test
    void overlap_aCellLess_isAFailure() {
        assertInstanceOf(Outcome.Failed.class, answered(false, rows(0).replaceFirst("\\{\"key.*?]},", ""), 8200));
    }

    @Test
    void overlap_nothingLeft_saysHowToStartAfresh() {
        service.close();
        try (var spent = new FakeService().on("POST /v1/jobs", 422, FakeService.problem("BUDGET_EXHAUSTED", 422))) {
            var stage = new Stage(new TestShell(folder).shell(), ApiClient.of(spent.url()), new DataDir(folder), "r");
            var failed = assertInstanceOf(
                    Outcome.Failed.class, new AcrossPlatforms(stage, new Companies(stage)).overlap(PACT));
            assertTrue(failed.why().contains("--data-dir"));
        }
    }

    @Test
    void budget_twoQuestions_areBothOnTheRow() {
        service.on("GET /v1/budgets?dataset=shop-users", 200, """
            {"items":[{"mode":"ANY"},{"mode":"PURE","epsilonMicro":{"cap":1000000,"spent":750000},"spentBy":[{},{}]}]}""");
        var passed = assertInstanceOf(Outcome.Passed.class, across.budget());
        assertTrue(passed.said().contains("750000 of 1000000 micro-epsilon spent, by 2 jobs"));
    }

    @Test
    void budget_lessThanWasAsked_isAFailure() {
        service.on("GET /v1/budgets?dataset=shop-users", 200, """
            {"items":[{"mode":"PURE","epsilonMicro":{"cap":1000000,"spent":500000},"spentBy":[{}]}]}""");
        assertInstanceOf(Outcome.Failed.class, across.budget());
    }

    private Outcome answered(boolean cached, String rows, long union) {
        service.on("GET /v1/jobs/" + JOB + "/result", 200, """
                {"cached":%s,"privacy":{"minUsers":50},"result":{"rows":[%s],"derived":{"union":%s,
                  "pairs":[{"of":["messenger","shop"],"intersection":%s},{"of":["messenger","video"],"intersection":%s},
                   {"of":["shop","video"],"intersection":%s}]}}}""".formatted(
                        cached, rows, cell(union), cell(1100), cell(1200), cell(1300)));
        return across.overlap(PACT);
    }

    private static String rows(int off) {
        return String.join(
                ",",
                row("messenger", 1000 + off),
                row("shop", 2000),
                row("messenger+shop", 400),
                row("video", 3000),
                row("messenger+video", 500),
                row("shop+video", 600),
                row("messenger+shop+video", 700));
    }

    private static String row(String key, long value) {
        return "{\"key\":[\"" + key + "\"],\"cells\":[" + cell(value) + "]}";
    }

    private static String cell(long value) {
        return "{\"value\":%d,\"stdDev\":\"2.80\",\"ci95\":[%d,%d]}".formatted(value, value - 6, value + 6);
    }
}
