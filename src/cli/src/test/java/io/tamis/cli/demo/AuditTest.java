package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.TestShell;
import io.tamis.data.CollaborationId;
import io.tamis.data.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final String ENTRIES = """
        {"event":{"type":"key.destroyed","collaborationId":"col_1","keyIds":["a","b"]},"index":1}
        {"event":{"type":"key.created","collaborationId":"col_2","keyIds":["c"]},"index":2}
        {"keyId":"erased","index":3}
        """;

    private final FakeService service = new FakeService().on("GET /v1/ledger/key", 200, "text/plain", "a key");
    private final ApiClient client = ApiClient.of(service.url());

    @TempDir
    Path folder;

    @BeforeEach
    void somethingElseThere() throws IOException {
        Files.writeString(folder.resolve("server.json"), "{}");
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void catchForgery_caught_leavesNothingInTheDataDirectory() throws IOException {
        assertInstanceOf(Outcome.Passed.class, played(new Auditor.Finding(false, "entry 1: ENTRY_MALFORMED")));
        assertEquals(List.of("server.json"), names());
    }

    @Test
    void catchForgery_notCaught_keepsBothForWhoeverLooksForTheCause() throws IOException {
        assertInstanceOf(Outcome.Failed.class, played(new Auditor.Finding(true, "all holds")));
        assertEquals(List.of("audit-r", "audit-r-forged", "server.json"), names());
    }

    private Outcome played(Auditor.Finding ofTheForgery) {
        var audit = audit(ofTheForgery);
        assertInstanceOf(Outcome.Passed.class, audit.verify(new BearerToken(TestShell.TOKEN)));
        return audit.catchForgery();
    }

    @Test
    void keysDestroyed_oneEntryOfTheAgreement_countsItsKeys() {
        var audit = audit(new Auditor.Finding(true, "all holds"));
        audit.verify(new BearerToken(TestShell.TOKEN));
        var passed = assertInstanceOf(Outcome.Passed.class, audit.keysDestroyed(new CollaborationId("col_1")));
        assertEquals(true, passed.said().contains(" 2 keys "));
        assertInstanceOf(Outcome.Failed.class, audit.keysDestroyed(new CollaborationId("col_2")));
        assertInstanceOf(Outcome.Failed.class, audit.keysDestroyed(new CollaborationId("col_3")));
    }

    /** A page that checks it can then ask the chain; without an anchor the first one stays. */
    @Test
    void keepAnchored_onceThereIsOne_replacesTheReceipt() throws IOException {
        Files.writeString(folder.resolve("receipt.txt"), "first");
        var envelope = JsonView.of(Json.parse("{\"receipt\":{\"eventId\":\"e1\"}}"));
        var audit = audit(new Auditor.Finding(true, "all holds"));
        service.on("GET /v1/ledger/entries/e1/proof?at=anchored", 202, "text/plain", "");
        service.on("GET /v1/ledger/entries/e1/proof?at=anchored", 200, "text/plain", "anchored");
        audit.keepAnchored(client, envelope);
        assertEquals("first", Files.readString(folder.resolve("receipt.txt")));
        audit.keepAnchored(client, envelope);
        assertEquals("anchored", Files.readString(folder.resolve("receipt.txt")));
    }

    private Audit audit(Auditor.Finding ofTheForgery) {
        var stage = new Stage(new TestShell(folder).shell(), client, new DataDir(folder), "r");
        return new Audit(stage, new WritesOneEntry(ofTheForgery));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Finds every honest export honest, and of a forged one what the test says. */
    private record WritesOneEntry(Auditor.Finding ofTheForgery) implements Auditor {
        @Override
        public void export(ApiClient officer, Path into) {
            try {
                Files.createDirectories(into.resolve("bundles"));
                Files.writeString(into.resolve("bundles").resolve("a.yaml"), "x");
                Files.writeString(into.resolve("entries.jsonl"), ENTRIES);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }

        @Override
        public Finding verify(Path exported, String verifierKey) {
            return exported.toString().endsWith("-forged") ? ofTheForgery : new Finding(true, "all holds");
        }
    }
}
