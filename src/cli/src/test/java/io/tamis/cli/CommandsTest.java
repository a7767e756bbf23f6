package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.ApprovalSubject;
import io.tamis.log.JobQuestion;
import io.tamis.log.Salt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private static final String JOB = "job_0190163d-8694-739b-aea5-966c26f8ad90";
    private static final String SUBMITTED = "{\"jobId\":\"" + JOB + "\",\"state\":\"QUEUED\"}";
    private static final String SUCCEEDED = "{\"jobId\":\"" + JOB + "\",\"type\":\"AGGREGATE\",\"state\":\"SUCCEEDED\","
            + "\"stateHistory\":[{\"state\":\"SUBMITTED\",\"at\":\"2026-11-24T08:00:00Z\"}]}";
    private static final String FAILED =
            "{\"jobId\":\"" + JOB + "\",\"state\":\"FAILED\",\"cause\":\"JOB_FAILED\",\"stateHistory\":[]}";
    private static final String ENVELOPE = """
        {"jobId":"%s","state":"SUCCEEDED","cached":false,
         "policy":{"bundleHash":"00","levelIn":"L3","levelOut":"L2"},
         "privacy":{"mechanism":"ZCDP_GAUSSIAN","rhoMicro":1250,"deltaSel":"0","minUsers":50,
          "remaining":[{"dataset":"cdnow","period":"2026-11","rhoMicro":22000}]},
         "result":{"columns":["quarter","buyers","revenue"],
          "rows":[{"key":["1997-01-01"],"cells":[{"value":7630,"stdDev":"48.99","ci95":[7534,7726]},null]}],
          "notes":["CI_EXCLUDES_CLIPPING_BIAS"]},
         "suppression":{"any":true,"bucket":"few","hint":"MERGE_KEYS"},
         "receipt":{"eventId":"0190163d-8694-739b-aea5-966c26f8ad91","index":9,"tlogProof":"p"}}""".formatted(JOB);

    private static final String CSV = "buyers,buyers_std_dev\r\n7630,48.99\r\n";

    @TempDir
    Path folder;

    private FakeService service;
    private TestShell shell;

    @BeforeEach
    void start() {
        service = new FakeService();
        shell = TestShell.of(service, folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void submit_fromFile_printsJobAndState() throws IOException {
        service.on("POST /v1/jobs", 202, SUBMITTED);
        assertEquals(0, run("job", "submit", file("{\"jobRequestId\":\"r-1\",\"type\":\"AGGREGATE\"}")));
        assertEquals(JOB + " QUEUED\n", shell.out());
        assertEquals(
                "{\"jobRequestId\":\"r-1\",\"type\":\"AGGREGATE\"}",
                service.lastAsked().text());
    }

    @Test
    void submit_fromStandardInputWithoutRequestId_getsOne() {
        service.on("POST /v1/jobs", 202, SUBMITTED);
        shell.withInput("{\"type\":\"AGGREGATE\"}");
        assertEquals(0, run("job", "submit", "-"));
        assertTrue(service.lastAsked()
                .text()
                .matches("\\{\"jobRequestId\":\"cli-[0-9a-f-]{36}\",\"type\":\"AGGREGATE\"}"));
    }

    @Test
    void submit_waiting_printsTheResult() throws IOException {
        service.on("POST /v1/jobs", 202, SUBMITTED)
                .on("GET /v1/jobs/" + JOB, 200, SUBMITTED)
                .on("GET /v1/jobs/" + JOB, 200, SUCCEEDED)
                .on("GET /v1/jobs/" + JOB + "/result", 200, ENVELOPE);
        assertEquals(0, run("job", "submit", file("{}"), "--wait"));
        assertTrue(shell.out().contains("7630 [7534, 7726]"));
        assertTrue(shell.out().contains("suppressed"));
        assertTrue(shell.out().contains("charged 1250 micro-rho"));
        assertTrue(shell.out().contains("left on cdnow in 2026-11: 22000 micro-rho"));
        assertTrue(shell.out().contains("entry 9 of the ledger"));
        assertEquals(JOB + "\nqueued\nsucceeded\n", shell.err());
    }

    @Test
    void submit_waitingAsJson_printsTheEnvelopeAlone() throws IOException {
        service.on("POST /v1/jobs", 202, SUBMITTED)
                .on("GET /v1/jobs/" + JOB, 200, SUCCEEDED)
                .on("GET /v1/jobs/" + JOB + "/result", 200, ENVELOPE);
        assertEquals(0, run("job", "submit", file("{}"), "--wait", "--json"));
        assertEquals(1, shell.out().lines().count());
        assertTrue(shell.out().startsWith("{\"cached\":false,"));
    }

    @Test
    void submit_waitingForAFailure_exitsOneWithTheCause() throws IOException {
        service.on("POST /v1/jobs", 202, SUBMITTED).on("GET /v1/jobs/" + JOB, 200, FAILED);
        assertEquals(1, run("job", "submit", file("{}"), "--wait"));
        assertTrue(shell.out().contains("FAILED JOB_FAILED"));
    }

    @Test
    void submit_refused_exitsOneWithTheCodeOnStandardError() throws IOException {
        service.on(
                "POST /v1/jobs",
                422,
                "{\"code\":\"LABEL_GROUP_KEY\",\"title\":\"T.\",\"status\":422,\"jobId\":\"" + JOB + "\"}");
        assertEquals(1, run("job", "submit", file("{}"), "--wait"));
        assertEquals("", shell.out());
        assertEquals(
                "LABEL_GROUP_KEY: T. (way out: docs/errors.md#label_group_key)\n  jobId " + JOB + "\n", shell.err());
    }

    @Test
    void submit_refusedAsJson_printsTheProblemToo() throws IOException {
        service.on("POST /v1/jobs", 429, FakeService.problem("RATE_LIMITED", 429));
        assertEquals(75, run("job", "submit", file("{}"), "--json"));
        assertTrue(shell.out().startsWith("{\"code\":\"RATE_LIMITED\""));
    }

    @Test
    void submit_unreadableBody_isWrongUsage() throws IOException {
        assertEquals(2, run("job", "submit", folder.resolve("missing.json").toString()));
        assertEquals(2, run("job", "submit", file("[1]")));
        assertEquals(2, run("job", "submit", file("{\"rho\":1.5}")));
        assertEquals(2, run("job", "submit", file(" ".repeat(JobFile.BYTES_MAX + 1))));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void jobId_notOne_neverReachesTheService() {
        assertEquals(2, run("job", "show", "../budgets"));
        assertEquals(2, run("job", "result", "job_1"));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void list_twoPages_namesTheCursor() {
        service.on("GET /v1/jobs?limit=1", 200, "{\"items\":[" + SUCCEEDED + "],\"next\":\"abc\"}");
        assertEquals(0, run("job", "list", "--limit", "1"));
        assertTrue(shell.out().contains("AGGREGATE"));
        assertTrue(shell.out().endsWith("more: --cursor abc\n"));
    }

    @Test
    void cancel_reason_isSent() {
        service.on("POST /v1/jobs/" + JOB + "/cancellation", 202, FAILED);
        assertEquals(0, run("job", "cancel", JOB, "--reason", "asked by mistake"));
        assertEquals("{\"reason\":\"asked by mistake\"}", service.lastAsked().text());
    }

    private static final JobQuestion QUESTION = new JobQuestion(
            JobId.parse(JOB),
            new PartyId("brand-a"),
            Role.MERCHANT,
            "DOMESTIC",
            (Json.Obj) Json.parse("""
                    {"collaborationId":"col_1","params":{"metric":"SUM","tags":{"shop-users":"friends"}},\
                    "reason":"how many friends have they\\u001b[2K\\u202e"}"""),
            Salt.parse("0f".repeat(32)));

    private static final String BUNDLE = "be".repeat(32);

    private static final String SUBJECT =
            new ApprovalSubject(QUESTION.hash(), Hash.parse(BUNDLE)).hash().hex();

    private static String asked(JobQuestion shown, String subject, int given) {
        return """
            {"jobId":"%s","type":"AUDIENCE_AGGREGATE","awaiting":true,"submitter":"brand-a","collaborationId":"col_1",\
            "reason":"how many friends have they","datasets":[{"id":"shop-users","version":1,"purpose":"AUDIENCE_INSIGHT",\
            "columns":[{"column":"friends","level":"L4","context":"SANDBOX_INPUT","action":"COMPUTE_ENCRYPTED",\
            "treatment":"ENCRYPTED"}]}],"privacy":{"mechanism":"ZCDP_GAUSSIAN","rhoMicro":500,"minUsers":100},\
            "question":%s,"questionSalt":"%s","bundleHash":"%s",\
            "subjectHash":"%s","deadline":"2026-12-01T05:00:00.000Z","needed":2,"given":%d,"verdicts":[]}""".formatted(JOB, shown.toJson().canonical(), shown.salt().hex(), BUNDLE, subject, given);
    }

    @Test
    void approval_showsWhatIsAskedAndItsHash_andSaysNothing() {
        service.on("GET /v1/jobs/" + JOB + "/approvals", 200, asked(QUESTION, SUBJECT, 0));
        assertEquals(0, run("job", "approval", JOB));
        assertEquals(1, service.asked().size());
        assertTrue(shell.out().contains("  merchant: \"brand-a\"\n"));
        assertTrue(shell.out().contains("        shop-users: \"friends\"\n"));
        assertTrue(shell.out().contains("    reason: \"how many friends have they\\u{1b}[2K\\u{202e}\"\n"));
        assertTrue(shell.out().contains("ENCRYPTED"));
        assertTrue(shell.out().contains(SUBJECT));
    }

    @Test
    void approval_whenTheServiceAsksForSomethingElse_showsNothing_asJsonNeither() {
        String answer = asked(QUESTION, SUBJECT, 0).replace("bebe", "bebf");
        for (String form : List.of("", "--json")) {
            service.on("GET /v1/jobs/" + JOB + "/approvals", 200, answer);
            var line = new ArrayList<>(List.of("job", "approval", JOB));
            if (form.equals("--json")) {
                line.add(form);
            }
            assertEquals(1, run(line.toArray(String[]::new)), form);
        }
        assertEquals("", shell.out());
        assertTrue(shell.err().contains("SUBJECT_CHANGED"), shell.err());
    }

    /** Beside the question stands what the service likes: none of it may look like a line of the question. */
    @Test
    void approval_whatTheServiceAdds_isEscapedToo() {
        String hostile = "x\\n  region: y\\u001b[2K\\u3164";
        String answer = asked(QUESTION, SUBJECT, 0)
                .replace("\"verdicts\":[]", """
                        "verdicts":[{"at":"%1$s","verdict":"%1$s","by":"%1$s","party":"%1$s","department":"%1$s",\
                        "reason":"%1$s"}]""".formatted(hostile))
                .replace("\"minUsers\":100", "\"minUsers\":\"" + hostile + "\"")
                .replace("\"deadline\":\"2026-12-01T05:00:00.000Z\"", "\"deadline\":\"" + hostile + "\"")
                .replace("\"needed\":2", "\"needed\":\"" + hostile + "\"")
                .replace("\"column\":\"friends\"", "\"column\":\"" + hostile + "\"");
        service.on("GET /v1/jobs/" + JOB + "/approvals", 200, answer)
                .on("GET /v1/approvals?limit=50", 200, "{\"items\":[" + answer + "],\"next\":\"" + hostile + "\"}");
        assertEquals(0, run("job", "approval", JOB));
        assertEquals(0, run("job", "approvals"));
        String shown = "x\\u{a} \\u{20}region: y\\u{1b}[2K\\u{3164}";
        // 6 of the verdict, k, deadline, needed, column; in the list needed, deadline, cursor.
        assertEquals(13, shell.out().split(java.util.regex.Pattern.quote(shown), -1).length - 1, shell.out());
        assertFalse(shell.out().contains("\u001b"));
        assertFalse(shell.out().contains("\n  region: y"));
    }

    @Test
    void approve_ofTheSubjectNamed_approvesExactlyThat() {
        service.on("GET /v1/jobs/" + JOB + "/approvals", 200, asked(QUESTION, SUBJECT, 0))
                .on("POST /v1/jobs/" + JOB + "/approvals", 201, asked(QUESTION, SUBJECT, 1));
        assertEquals(0, run("job", "approve", JOB, "--reason", "agreed on Monday", "--subject", SUBJECT));
        assertEquals(
                "{\"reason\":\"agreed on Monday\",\"subjectHash\":\"" + SUBJECT + "\",\"verdict\":\"APPROVED\"}",
                service.lastAsked().text());
        assertTrue(shell.out().contains("  merchant: \"brand-a\"\n"));
        assertTrue(shell.out().endsWith("approved: approvals 1 of 2\n"));
    }

    @Test
    void approve_withoutTheSubjectAndNobodyAtATerminal_asksTheServiceNothing_andNamesBothWays() {
        for (String verdict : List.of("approve", "reject")) {
            assertEquals(2, run("job", verdict, JOB, "--reason", "agreed on Monday"));
        }
        assertEquals(0, service.asked().size());
        assertTrue(shell.err().contains("--subject HASH"), shell.err());
        assertTrue(shell.err().contains("./tamis job approval " + JOB), shell.err());
        assertTrue(shell.err().contains("type yes"), shell.err());
    }

    @Test
    void approve_onATerminal_needsAYesTypedUnderTheQuestion() {
        service.on("GET /v1/jobs/" + JOB + "/approvals", 200, asked(QUESTION, SUBJECT, 0))
                .on("POST /v1/jobs/" + JOB + "/approvals", 201, asked(QUESTION, SUBJECT, 1));
        String[] line = {"job", "approve", JOB, "--reason", "agreed on Monday"};
        for (String typed : List.of("", "\n", "y\n", "no\n", "YES\n", "yes please\n", "\nyes\n")) {
            shell.withInput(typed);
            int before = service.asked().size();
            assertEquals(2, TamisCli.run(shell.shell(true), line), typed);
            assertEquals(before + 1, service.asked().size(), typed);
        }
        shell.withInput("yes\n");
        assertEquals(0, TamisCli.run(shell.shell(true), line));
        assertTrue(service.lastAsked().text().contains(SUBJECT));
    }

    @Test
    void approve_ofAnotherSubjectThanTheOneNamed_saysNothingToTheService() {
        service.on("GET /v1/jobs/" + JOB + "/approvals", 200, asked(QUESTION, SUBJECT, 0));
        assertEquals(2, run("job", "approve", JOB, "--reason", "agreed on Monday", "--subject", "cd".repeat(32)));
        assertEquals(1, service.asked().size());
    }

    /** A service that shows one question and asks for approval of another, of another job, or of more than it shows. */
    @Test
    void approve_whenTheServiceAsksForSomethingElseThanItShows_saysNothing() {
        var harmless = new JobQuestion(
                QUESTION.job(),
                QUESTION.merchant(),
                QUESTION.role(),
                QUESTION.region(),
                QUESTION.request().with("reason", Json.of("nothing much")),
                QUESTION.salt());
        var elsewhere = new JobQuestion(
                JobId.parse("job_01980000-0000-7000-8000-000000000009"),
                QUESTION.merchant(),
                QUESTION.role(),
                QUESTION.region(),
                QUESTION.request(),
                QUESTION.salt());
        String ofElsewhere =
                new ApprovalSubject(elsewhere.hash(), Hash.parse(BUNDLE)).hash().hex();
        String honest = asked(QUESTION, SUBJECT, 0);
        for (String answer : List.of(
                asked(harmless, SUBJECT, 0),
                asked(elsewhere, ofElsewhere, 0),
                honest.replace("0f0f", "0f0e"),
                honest.replace("bebe", "bebf"),
                honest.replace("\"merchant\":", "\"note\":\"unhashed\",\"merchant\":"),
                honest.replace("\"questionSalt\"", "\"salt\""))) {
            service.on("GET /v1/jobs/" + JOB + "/approvals", 200, answer);
            int before = service.asked().size();
            assertEquals(1, run("job", "approve", JOB, "--reason", "agreed on Monday", "--subject", SUBJECT), answer);
            assertEquals(before + 1, service.asked().size(), answer);
            assertTrue(shell.err().contains("SUBJECT_CHANGED"), shell.err());
        }
    }

    @Test
    void reject_asJson_printsTheAnswerAlone() {
        service.on("GET /v1/jobs/" + JOB + "/approvals", 200, asked(QUESTION, SUBJECT, 0))
                .on("POST /v1/jobs/" + JOB + "/approvals", 201, "{\"given\":0,\"needed\":2}");
        assertEquals(0, run("job", "reject", JOB, "--reason", "we did not agree", "--subject", SUBJECT, "--json"));
        assertEquals("{\"given\":0,\"needed\":2}\n", shell.out());
        assertTrue(service.lastAsked().text().contains("REJECTED"));
    }

    @Test
    void approve_ofWhatIsNotAsked_isARefusal() {
        service.on("GET /v1/jobs/" + JOB + "/approvals", 404, FakeService.problem("NOT_FOUND", 404));
        assertEquals(1, run("job", "approve", JOB, "--reason", "agreed on Monday", "--subject", SUBJECT));
        assertEquals(1, service.asked().size());
    }

    @Test
    void approvals_listsWhatWaits() {
        service.on("GET /v1/approvals?limit=50", 200, "{\"items\":[" + asked(QUESTION, SUBJECT, 1) + "]}");
        assertEquals(0, run("job", "approvals"));
        assertTrue(shell.out().contains("1 of 2"));
    }

    @Test
    void show_ofAJobThatWaits_saysForWhom() {
        service.on(
                "GET /v1/jobs/" + JOB,
                200,
                "{\"jobId\":\"" + JOB + "\",\"state\":\"AWAITING_SHARES\",\"stateHistory\":[],"
                        + "\"approvals\":{\"needed\":2,\"given\":2},\"deadline\":\"2026-12-01T05:00:00.000Z\","
                        + "\"shares\":{\"needed\":2,\"posted\":1,\"holdersOnline\":1,\"note\":\"HOLDERS_OFFLINE\"}}");
        assertEquals(0, run("job", "show", JOB));
        assertTrue(shell.out().contains("  approvals 2 of 2\n"));
        assertTrue(shell.out().contains("  shares 1 of 2, key holders seen: 1; HOLDERS_OFFLINE\n"));
        assertTrue(shell.out().contains("  waits until 2026-12-01T05:00:00.000Z\n"));
    }

    @Test
    void submit_waitingForCsv_printsTheTextAsItCame() throws IOException {
        service.on("POST /v1/jobs", 202, SUBMITTED)
                .on("GET /v1/jobs/" + JOB, 200, SUCCEEDED)
                .on("GET /v1/jobs/" + JOB + "/result", 200, "text/csv;charset=UTF-8", CSV);
        assertEquals(0, run("job", "submit", file("{}"), "--wait"));
        assertEquals(CSV, shell.out());
        assertTrue(shell.err().startsWith(JOB + "\n"));
    }

    @Test
    void result_csvAsJson_isOneObjectAroundTheText() {
        service.on("GET /v1/jobs/" + JOB + "/result", 200, "text/csv", CSV);
        assertEquals(0, run("job", "result", JOB, "--json"));
        assertEquals("{\"csv\":\"buyers,buyers_std_dev\\r\\n7630,48.99\\r\\n\",\"eventId\":\"\"}\n", shell.out());
    }

    @Test
    void result_cached_wasChargedNothing() {
        service.on(
                "GET /v1/jobs/" + JOB + "/result",
                200,
                ENVELOPE.replace("\"cached\":false", "\"cached\":true").replace("\"rhoMicro\":1250", "\"rhoMicro\":0"));
        assertEquals(0, run("job", "result", JOB));
        assertTrue(shell.out().contains("charged 0 micro-rho (cached answer), at least"));
    }

    @Test
    void result_pureOverSeveralDatasets_tellsUnitMechanismAndEveryRow() {
        service.on(
                "GET /v1/jobs/" + JOB + "/result",
                200,
                ENVELOPE.replace("ZCDP_GAUSSIAN", "PURE_LAPLACE")
                        .replace("\"rhoMicro\":1250", "\"epsilonMicro\":500000")
                        .replace(
                                "{\"dataset\":\"cdnow\",\"period\":\"2026-11\",\"rhoMicro\":22000}",
                                "{\"dataset\":\"shop-users\",\"period\":\"2026-11\",\"epsilonMicro\":500000},"
                                        + "{\"dataset\":\"video-users\",\"period\":\"2026-11\",\"epsilonMicro\":0}"));
        assertEquals(0, run("job", "result", JOB));
        for (String told : List.of(
                "charged 500000 micro-epsilon on each of 2 datasets, at least 50 persons behind a cell, discrete Laplace"
                        + " noise (pure epsilon)\n",
                "left on shop-users in 2026-11: 500000 micro-epsilon\n",
                "left on video-users in 2026-11: 0 micro-epsilon\n")) {
            assertTrue(shell.out().contains(told), told + shell.out());
        }
    }

    @Test
    void show_inACollaboration_namesIt() {
        service.on(
                "GET /v1/jobs/" + JOB, 200, SUBMITTED.replace("\"state\"", "\"collaborationId\":\"col_1\",\"state\""));
        assertEquals(0, run("job", "show", JOB));
        assertEquals(JOB + " QUEUED\n  in col_1\n", shell.out());
    }

    @Test
    void show_failed_saysWhereItsWayOutStands() {
        service.on(
                "GET /v1/jobs/" + JOB,
                200,
                "{\"jobId\":\"" + JOB + "\",\"state\":\"FAILED\",\"cause\":\"LIST_TOO_SMALL\",\"stateHistory\":[]}");
        assertEquals(0, run("job", "show", JOB));
        assertEquals(JOB + " FAILED LIST_TOO_SMALL\n  way out: docs/errors.md#list_too_small\n", shell.out());
    }

    @Test
    void show_cancelled_saysItOnceAndLeavesNoBlanks() {
        service.on(
                "GET /v1/jobs/" + JOB,
                200,
                "{\"jobId\":\"" + JOB + "\",\"state\":\"CANCELLED\",\"cause\":\"CANCELLED\",\"stateHistory\":["
                        + "{\"state\":\"QUEUED\",\"at\":\"2026-11-24T08:00:00Z\"},"
                        + "{\"state\":\"CANCELLED\",\"at\":\"2026-11-24T08:00:01Z\",\"cause\":\"CANCELLED\"}]}");
        assertEquals(0, run("job", "show", JOB));
        assertEquals(
                JOB + " CANCELLED\n  2026-11-24T08:00:00Z QUEUED\n  2026-11-24T08:00:01Z CANCELLED\n", shell.out());
    }

    @Test
    void result_tooEarly_isAConflict() {
        service.on("GET /v1/jobs/" + JOB + "/result", 409, FakeService.problem("STATE_CONFLICT", 409));
        assertEquals(1, run("job", "result", JOB));
        assertTrue(shell.err().startsWith("STATE_CONFLICT: "));
    }

    @Test
    void dryRun_permit_tellsCostAndError() throws IOException {
        service.on("POST /v1/dry-runs", 200, """
            {"verdict":"PERMIT","reasonCodes":[],"approvalsNeeded":[],"rhoMicro":3000,"deltaSel":"0",
             "remainingAfter":[{"dataset":"cdnow","period":"2026-11","rhoMicro":21355}],
             "measures":[{"id":"buyers","kind":"COUNT_USERS","sigma":"31.62","halfWidth95":"62",
              "relativeError":{"100":"0.62","1000":"0.062","10000":"0.0062"}}],"eventId":"e"}""");
        assertEquals(0, run("dry-run", file("{}")));
        assertTrue(shell.out().contains("would charge 3000 micro-rho"));
        assertTrue(shell.out().contains("0.0062"));
    }

    @Test
    void dryRun_pureOverSeveralDatasets_tellsTheirUnit() throws IOException {
        service.on("POST /v1/dry-runs", 200, """
            {"verdict":"PERMIT","reasonCodes":[],"mechanism":"PURE_LAPLACE","epsilonMicro":500000,"deltaSel":"0",
             "remainingAfter":[{"dataset":"shop-users","period":"2026-11","epsilonMicro":500000},
              {"dataset":"video-users","period":"2026-11","epsilonMicro":500000}],
             "measures":[{"id":"users","kind":"COUNT_USERS","sigma":"2.83","halfWidth95":"6","relativeError":{}}]}""");
        assertEquals(0, run("dry-run", file("{}")));
        assertTrue(shell.out()
                .contains("would charge 500000 micro-epsilon on each of 2 datasets, discrete Laplace noise"));
        assertTrue(shell.out().contains("would leave 500000 micro-epsilon on shop-users in 2026-11\n"));
        assertFalse(shell.out().contains("more exact"));
    }

    @Test
    void dryRun_withABetterMechanism_saysSo() throws IOException {
        service.on("POST /v1/dry-runs", 200, """
            {"verdict":"PERMIT","reasonCodes":[],"mechanism":"ZCDP_GAUSSIAN","rhoMicro":24355,
             "measures":[{"id":"buyers","kind":"COUNT_USERS","sigma":"4.54","halfWidth95":"9","relativeError":{}}],
             "alternative":{"mechanism":"PURE_LAPLACE","epsilonMicro":999979,
              "measures":[{"id":"buyers","kind":"COUNT_USERS","sigma":"1.36","halfWidth95":"3","relativeError":{}}]}}""");
        assertEquals(0, run("dry-run", file("{}")));
        assertTrue(
                shell.out()
                        .contains(
                                "more exact, if you ask nothing else this month: 999979 micro-epsilon, discrete Laplace noise"));
        assertTrue(shell.out().contains("1.36"));
    }

    @Test
    void dryRun_mean_showsBothOfItsCharges() throws IOException {
        service.on("POST /v1/dry-runs", 200, """
            {"verdict":"PERMIT","reasonCodes":[],"rhoMicro":3000,"measures":[{"id":"cds","kind":"MEAN",
             "parts":[{"kind":"SUM","sigma":"44.10","halfWidth95":"87"},{"kind":"COUNT","sigma":"9.50","halfWidth95":"19"}],
             "relativeError":{"100":"2.7"}}]}""");
        assertEquals(0, run("dry-run", file("{}")));
        assertTrue(shell.out().contains("44.10 and 9.50"));
        assertTrue(shell.out().contains("87 and 19"));
    }

    @Test
    void dryRun_deny_exitsOneWithTheReason() throws IOException {
        service.on("POST /v1/dry-runs", 200, "{\"verdict\":\"DENY\",\"reasonCodes\":[\"POLICY_DENIED\"]}");
        assertEquals(1, run("dry-run", file("{}")));
        assertEquals("DENY: POLICY_DENIED\n  way out: docs/errors.md#policy_denied\n", shell.out());
    }

    @Test
    void budget_ofADataset_showsWhatIsLeft() {
        service.on("GET /v1/budgets?dataset=cdnow", 200, """
            {"items":[{"dataset":"cdnow","merchant":"brand-a","period":"2026-11",
             "rhoMicro":{"cap":24355,"reserved":100,"spent":1250},"spentBy":[]}]}""");
        assertEquals(0, run("budget", "--dataset", "cdnow"));
        assertTrue(shell.out().contains("23005"));
    }

    @Test
    void budget_modes_eachInItsUnit() {
        service.on("GET /v1/budgets", 200, """
            {"items":[{"dataset":"cdnow","merchant":"brand-a","period":"2026-11","mode":"ZCDP",
              "rhoMicro":{"cap":24355,"reserved":0,"spent":355},"epsilonMicro":{"cap":1000000,"reserved":0,"spent":0}},
             {"dataset":"shop-users","merchant":"brand-a","period":"2026-11","mode":"PURE",
              "rhoMicro":{"cap":24355,"reserved":0,"spent":0},"epsilonMicro":{"cap":1000000,"reserved":1,"spent":500000}},
             {"dataset":"shop-users","merchant":"brand-a","period":"LIFETIME","mode":"ANY",
              "rhoMicro":{"cap":24355,"reserved":0,"spent":0},"epsilonMicro":{"cap":1000000,"reserved":1,"spent":500000}},
             {"dataset":"orders","merchant":"brand-a","period":"2026-11","mode":"ANY",
              "rhoMicro":{"cap":24355,"reserved":0,"spent":0},"epsilonMicro":{"cap":1000000,"reserved":0,"spent":0}}]}""");
        assertEquals(0, run("budget"));
        assertEquals(6, shell.out().lines().count());
        assertTrue(shell.out().contains("ZCDP  rhoMicro "));
        assertTrue(shell.out().contains("499999"));
        assertFalse(shell.out().contains("collaboration"));
    }

    @Test
    void budget_ofACollaboration_namesIt() {
        service.on("GET /v1/budgets", 200, """
            {"items":[{"collaboration":"col_1","dataset":"*","merchant":"*","period":"LIFETIME","mode":"PURE",
              "epsilonMicro":{"cap":4000000,"reserved":0,"spent":500000}}]}""");
        assertEquals(0, run("budget"));
        assertTrue(shell.out().contains("3500000  col_1\n"));
    }

    @Test
    void status_ready_showsTheCheckpoint() {
        service.on("GET /q/health/ready", 200, "{\"status\":\"UP\"}")
                .on("GET /v1/ledger/checkpoint", 200, "text/plain", "tamis/log\n42\ncm9vdA==\n\n- sig\n");
        assertEquals(0, run("status"));
        assertTrue(shell.out().contains("entries  42"));
    }

    @Test
    void status_notReady_exitsSeventyFive() {
        service.on("GET /q/health/ready", 503, "{\"status\":\"DOWN\"}");
        assertEquals(75, run("status", "--json"));
        assertTrue(shell.out().contains("\"ready\":false"));
    }

    @Test
    void datasetLoad_knownDataset_uploadsAndTellsTheHash() throws IOException {
        service.on("GET /v1/datasets/cdnow", 200, "{\"id\":\"cdnow\"}")
                .on(
                        "PUT /v1/datasets/cdnow/versions/1",
                        201,
                        "{\"dataset\":\"cdnow\",\"version\":1,\"contentHash\":\"ab\",\"eventId\":\"e\"}");
        assertEquals(0, run("dataset", "load", csv("a,b\n1,2\n"), "--dataset", "cdnow", "--version", "1"));
        assertEquals("loaded cdnow version 1, content ab, event e\n", shell.out());
    }

    @Test
    void datasetLoad_mayNotSeeIt_uploadsNothing() throws IOException {
        service.on("GET /v1/datasets/cdnow", 401, FakeService.problem("UNAUTHENTICATED", 401));
        assertEquals(77, run("dataset", "load", csv("a\n"), "--dataset", "cdnow", "--version", "1"));
        assertEquals(1, service.asked().size());
    }

    @Test
    void datasetLoad_badRow_namesLineAndColumn() throws IOException {
        service.on("GET /v1/datasets/cdnow", 200, "{}")
                .on(
                        "PUT /v1/datasets/cdnow/versions/1",
                        422,
                        "{\"code\":\"BAD_ROW\",\"title\":\"T.\",\"line\":3,\"column\":\"cds\"}");
        assertEquals(1, run("dataset", "load", csv("a\n"), "--dataset", "cdnow", "--version", "1"));
        assertTrue(shell.err().contains("BAD_ROW: T. (line 3, column cds)"));
    }

    @Test
    void datasetLoad_directoryWithABadPart_namesItsFile() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Files.writeString(parts.resolve("part-00000.csv"), "a\n");
        Files.writeString(parts.resolve("part-00001.csv"), "a\n");
        service.on("GET /v1/datasets/cdnow", 200, "{}")
                .on(
                        "PUT /v1/datasets/cdnow/versions/1",
                        422,
                        "{\"code\":\"BAD_ROW\",\"title\":\"T.\",\"part\":2,\"line\":3,\"column\":\"cds\"}");
        assertEquals(1, run("dataset", "load", parts.toString(), "--dataset", "cdnow", "--version", "1"));
        assertTrue(shell.err().contains("BAD_ROW: T. (part 2, line 3, column cds)"));
        assertTrue(shell.err().contains("  in " + parts.resolve("part-00001.csv")));
    }

    @Test
    void datasetLoad_hostileArguments_neverReachTheService() throws IOException {
        assertEquals(2, run("dataset", "load", csv("a\n"), "--dataset", "../x", "--version", "1"));
        assertEquals(2, run("dataset", "load", csv("a\n"), "--dataset", "cdnow", "--version", "0"));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertEquals(2, run("dataset", "load", empty.toString(), "--dataset", "cdnow", "--version", "1"));
        assertEquals(2, run("dataset", "load", "no-such.csv", "--dataset", "cdnow", "--version", "1"));
        assertEquals(2, run("dataset", "show", "CDNOW"));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void datasetShow_declared_listsLevelsAndUses() {
        service.on("GET /v1/datasets/cdnow", 200, """
            {"id":"cdnow","owner":"cdnow","minUsers":50,"versions":[{"version":1}],
             "columns":[{"name":"customer_id","type":"string","level":"L4","uses":["JOIN_ONLY"]}]}""");
        assertEquals(0, run("dataset", "show", "cdnow"));
        assertTrue(shell.out().startsWith("cdnow of cdnow, versions 1, at least 50 persons behind a cell"));
        assertTrue(shell.out().contains("customer_id  string  L4     JOIN_ONLY"));
    }

    @Test
    void datasetShow_bounds_areAllTold() {
        service.on("GET /v1/datasets/cdnow", 200, """
            {"id":"cdnow","owner":"cdnow","minUsers":50,"versions":[],
             "pia":{"id":"pia-1","purposes":["AUDIENCE_INSIGHT","CLV_MODELLING"],"validUntil":"2027-11-30"},
             "unit":{"column":"customer_id","semantic":"ACCOUNT_ID","groupsMax":3,"rowsMax":250},
             "columns":[{"name":"customer_id","type":"string","scale":0,"level":"L4","uses":["JOIN_ONLY"],"countMax":5},
              {"name":"day","type":"date","scale":0,"level":"L2","uses":[],"dateRange":{"from":"1997-01-01","to":"1998-06-30"}},
              {"name":"region","type":"string","scale":0,"level":"L2","uses":[],"domain":["N","S"]},
              {"name":"digit","type":"string","scale":0,"level":"L2","uses":[],
               "domain":["0","1","2","3","4","5","6","7","8"]},
              {"name":"shop","type":"string","scale":0,"level":"L2","uses":[],"keyCapacity":40},
              {"name":"amount","type":"decimal","scale":2,"level":"L3","uses":[],"clamp":{"min":0,"max":15000}}]}""");
        assertEquals(0, run("dataset", "show", "cdnow"));
        for (String told : List.of(
                "a person is one customer_id: counts in at most 3 groups, with at most 250 rows\n",
                "purposes: AUDIENCE_INSIGHT CLV_MODELLING, until 2027-11-30\n",
                "counts up to 5\n",
                "1997-01-01 to 1998-06-30\n",
                "N S\n",
                "9 values, see --json\n",
                "up to 40 keys\n",
                "0.00 to 150.00\n")) {
            assertTrue(shell.out().contains(told), told + shell.out());
        }
    }

    @Test
    void datasetList_none_isAnEmptyTable() {
        service.on("GET /v1/datasets", 200, "{\"items\":[]}");
        assertEquals(0, run("dataset", "list"));
        assertFalse(shell.out().isEmpty());
    }

    @Test
    void token_fromFile_isSentWithoutItsLineEnd() throws IOException {
        service.on("GET /v1/budgets", 200, "{\"items\":[]}");
        assertEquals(0, run("budget", "--token-file", file("ZmlsZQ.dG9r.ZW4\n")));
        assertEquals("Bearer ZmlsZQ.dG9r.ZW4", service.lastAsked().headers().get("Authorization"));
    }

    @Test
    void token_fileThatIsNotThere_isAMissingToken() {
        assertEquals(77, run("budget", "--token-file", folder.resolve("none").toString()));
        assertTrue(shell.err().startsWith("UNAUTHENTICATED: cannot read the token file"));
    }

    @Test
    void token_withALineBreak_isRefusedBeforeAnythingIsSent() {
        assertEquals(77, run("budget", "--token", "a.b.c\r\nX-Evil: 1"));
        assertTrue(service.asked().isEmpty());
    }

    private int run(String... line) {
        return TamisCli.run(shell.shell(), line);
    }

    private String csv(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "in", ".csv"), text)
                .toString();
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "in", ".json"), text)
                .toString();
    }
}
