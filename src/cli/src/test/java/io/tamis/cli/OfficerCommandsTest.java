package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What officers type: search, hold, retention, erase. */
class OfficerCommandsTest {
    private static final String PERSON = "5e".repeat(32);
    private static final String ERASED = """
            {"id":"e-1","eventIds":["e-1"],"keys":3,"more":%s,"onDuty":false,"onHold":%s,"state":"ERASED_IN_DATABASE"}""";
    private static final String HOLD = """
            {"id":"case-1","reason":"LITIGATION","scope":"MONTH","retention":"access","month":"2026-05",\
            "placedAt":"2026-11-24T05:00:00Z"}""";

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
    void search_filters_areSentAndEntriesTold() {
        service.on(
                "GET /v1/ledger/entries?limit=50&cursor=0&party=brand-a&decision=DENY&from=2026-11-01T00%3A00%3A00Z",
                200, """
                {"items":[{"index":7,"id":"e-7","event":{"at":"2026-11-24T05:00:00.000Z","type":"access.decided",\
                "tenant":"brand-a","decision":"DENY","dataset":"orders"}},{"index":9,"id":"e-9","keyId":"k"}],"next":"10"}""");
        assertEquals(0, run("search --party brand-a --decision DENY --from 2026-11-01T00:00:00Z"));
        assertTrue(shell.out().contains("access.decided") && shell.out().contains("orders"));
        assertTrue(shell.out().contains("erased"));
        assertTrue(shell.out().endsWith("more: --cursor 10\n"));
    }

    @Test
    void search_export_isANewFile() throws IOException {
        service.on("GET /v1/ledger/entries/export?cursor=0&job=job_1", 200, "application/jsonl", "{}\n");
        Path file = folder.resolve("found.jsonl");
        assertEquals(0, run("search --job job_1 --export " + file));
        assertEquals("{}\n", Files.readString(file));
        assertEquals(2, run("search --job job_1 --export " + file), "never over a file");
    }

    @Test
    void search_refused_leavesNoFile() {
        service.on("GET /v1/ledger/entries/export?cursor=0", 403, FakeService.problem("ROLE_REQUIRED", 403));
        Path file = folder.resolve("none.jsonl");
        assertEquals(77, run("search --export " + file));
        assertFalse(Files.exists(file));
    }

    @Test
    void hold_place_sendsOneScope() {
        service.on("PUT /v1/ledger/holds/case-1", 201, HOLD);
        assertEquals(0, run("hold place case-1 --reason LITIGATION --retention access --month 2026-05"));
        assertEquals(
                "{\"month\":\"2026-05\",\"reason\":\"LITIGATION\",\"retention\":\"access\"}",
                service.lastAsked().text());
        assertTrue(shell.out().contains("case-1"));
        assertEquals(0, run("hold place case-1 --reason LITIGATION --whole"));
        assertEquals(
                "{\"reason\":\"LITIGATION\",\"whole\":true}",
                service.lastAsked().text());
    }

    @Test
    void hold_withoutOrWithTwoScopes_isWrongUsage() {
        assertEquals(2, run("hold place case-1 --reason LITIGATION"));
        assertEquals(2, run("hold place case-1 --reason LITIGATION --month 2026-05"));
        assertEquals(2, run("hold place case-1 --reason LITIGATION --whole --subject-ref " + PERSON));
        assertEquals(2, run("hold place Case! --reason LITIGATION --whole"));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void hold_listAndLift_tellTheHold() {
        service.on("GET /v1/ledger/holds?limit=200", 200, "{\"items\":[" + HOLD + "]}");
        service.on("DELETE /v1/ledger/holds/case-1", 200, HOLD);
        assertEquals(0, run("hold list"));
        assertEquals(0, run("hold lift case-1"));
        assertEquals("DELETE", service.lastAsked().method());
    }

    @Test
    void erase_onePerson_isRepeatedWhileThereIsMore() {
        service.on("POST /v1/ledger/erasures", 201, ERASED.formatted("true", "false"));
        service.on("POST /v1/ledger/erasures", 201, ERASED.formatted("false", "true"));
        assertEquals(0, run("erase --subject-ref " + PERSON + " --reason SUBJECT_REQUEST"));
        assertEquals(2, service.asked().size());
        assertEquals(
                "{\"reason\":\"SUBJECT_REQUEST\",\"subjectRef\":\"" + PERSON + "\"}",
                service.lastAsked().text());
        assertTrue(shell.out().contains("erased in the database: 3 keys"));
        assertTrue(shell.out().contains("some of it is under a legal hold"));
    }

    @Test
    void erase_refused_isNotAYes() {
        service.on("POST /v1/ledger/erasures", 409, FakeService.problem("RETENTION_DUTY", 409));
        assertEquals(1, run("erase --retention access --month 2026-11 --reason RETENTION_OVER"));
        assertTrue(shell.err().contains("RETENTION_DUTY"));
    }

    @Test
    void erase_due_erasesEachAndTellsWhatWasNot() {
        service.on("GET /v1/ledger/retention", 200, """
                {"classes":[],"due":[{"retention":"access","month":"2023-01","keys":1,"onHold":false},
                {"retention":"access","month":"2023-02","keys":1,"onHold":true}]}""");
        service.on("POST /v1/ledger/erasures", 201, ERASED.formatted("false", "false"));
        service.on("POST /v1/ledger/erasures", 409, FakeService.problem("LEGAL_HOLD", 409));
        assertEquals(1, run("erase --due"));
        assertTrue(shell.out().contains("erased"));
        assertTrue(shell.out().contains("LEGAL_HOLD"));
    }

    @Test
    void erase_listAndFinalise_tellTheState() {
        service.on("GET /v1/ledger/erasures?limit=200", 200, """
                {"items":[{"id":"e-1","at":"2026-11-24T05:00:00Z","scope":"SUBJECT","reason":"SUBJECT_REQUEST","keys":1,"state":"FINAL"}]}""");
        service.on("POST /v1/ledger/kek-rotations", 200, "{\"kekGeneration\":2}");
        assertEquals(0, run("erase --list"));
        assertTrue(shell.out().contains("FINAL"));
        assertEquals(0, run("erase --finalise"));
        assertTrue(shell.out().contains("only generation 2"));
    }

    @Test
    void erase_nothingOrTooMuch_isWrongUsage() {
        assertEquals(2, run("erase"));
        assertEquals(2, run("erase --due --list"));
        assertEquals(2, run("erase --subject-ref " + PERSON));
        assertEquals(2, run("erase --reason SUBJECT_REQUEST"));
        assertEquals(2, run("erase --retention access --reason RETENTION_OVER"));
        assertTrue(service.asked().isEmpty());
    }

    @Test
    void retention_tellsClassesAndWhatIsDue() {
        service.on("GET /v1/ledger/retention", 200, """
                {"classes":[{"retention":"access","duty":"P6M","keep":"P3Y","erasableThrough":"2026-04","dueThrough":"2023-10"}],
                "due":[{"retention":"access","month":"2023-02","keys":4,"onHold":true}]}""");
        assertEquals(0, run("retention"));
        assertTrue(shell.out().contains("P6M")
                && shell.out().contains("2023-02")
                && shell.out().contains("on hold"));
        assertEquals(0, run("retention --json"));
    }

    private int run(String line) {
        return TamisCli.run(shell.shell(), ("audit " + line).split(" ", -1));
    }
}
