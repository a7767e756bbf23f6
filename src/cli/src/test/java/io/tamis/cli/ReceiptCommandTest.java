package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditFixture;
import io.tamis.cli.audit.ReceiptFixture;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receipt is the one of {@code ledger/format.md}. */
class ReceiptCommandTest {
    private static final String EVENT = "0190163d-8694-739b-aea5-966c26f8ad90";

    @TempDir
    Path folder;

    private TestShell shell;
    private String proof;
    private String key;

    @BeforeEach
    void readVectors() throws IOException {
        shell = new TestShell(folder);
        proof = vector("tlog-proof");
        key = vector("verifier-key").strip();
    }

    @Test
    void receipt_ofTheFormatsOwnExample_holds() {
        assertEquals(0, run(envelope(EVENT, 2, proof)));
        assertEquals(
                "RECEIPT HOLDS: event " + EVENT + " is in the log example.com/tamis/2026, signed at 3 entries"
                        + "; the result itself was not compared\nno chain was asked (--rpc)\n"
                        + "this result's hash: " + released()
                        + "; --entry FILE compares it with the entry's resultHash\n",
                shell.out());
    }

    /** What the log serves at {@code /v1/ledger/entries/ID/proof}. */
    @Test
    void receipt_inItsTextForm_holds() {
        assertEquals(0, run(proof));
        assertTrue(shell.out()
                .startsWith("RECEIPT HOLDS: event " + EVENT + " is in the log example.com/tamis/2026, signed at 3"
                        + " entries; what the entry says was not looked at\n"));
        assertEquals(1, run(proof.replace("index 2", "index 1")));
        assertEquals(1, run(proof.substring(0, proof.length() - 9)));
    }

    @Test
    void receipt_inItsTextFormWithItsEntry_holds() throws IOException {
        assertEquals(0, run(proof, "--entry", file(vector("disclosure"))));
        assertTrue(shell.out().startsWith("HOLDS: "), shell.out());
        assertTrue(shell.out().contains(", and this is its entry\n"), shell.out());
    }

    /** The receipt is genuine each time: what is around it is not. */
    @Test
    void receipt_ofAForgedResult_isInvalidWithItsEntry() throws IOException {
        var book = new ReceiptFixture(EVENT, "resultHash", released());
        key = book.key();
        String entry = file(book.entry());
        Json.Obj result = envelope(EVENT, 0, book.proof());
        assertEquals(0, run(result, "--entry", entry), shell.out());
        assertTrue(shell.out().startsWith("HOLDS: "), shell.out());
        assertTrue(shell.out().contains("its entry tells of this very result"), shell.out());
        assertEquals(1, run(result.with("jobId", Json.of("job_2")), "--entry", entry));
        assertTrue(shell.out().contains("INVALID: this result is not the one that the entry tells of"), shell.out());
        assertEquals(0, run(result.with("jobId", Json.of("job_2"))));
        assertTrue(shell.out().contains("RECEIPT HOLDS: "), shell.out());
    }

    @Test
    void receipt_withAnotherEntry_isInvalid() throws IOException {
        assertEquals(1, run(proof, "--entry", file(vector("disclosure").replace("brand-a", "brand-b"))));
        assertEquals(1, run(proof, "--entry", file("{\"event\":{}}")));
        assertTrue(shell.out().startsWith("INVALID: this is not the receipt's entry"), shell.out());
        assertEquals(1, run(envelope(EVENT, 2, proof), "--entry", file(vector("disclosure"))));
    }

    @Test
    void receipt_asJson_isOneObject() {
        assertEquals(0, run(envelope(EVENT, 2, proof), "--json"));
        assertEquals(
                "{\"anchored\":false,\"eventId\":\"" + EVENT
                        + "\",\"holds\":true,\"resultCompared\":false,\"resultHash\":\"" + released()
                        + "\",\"treeSize\":3}\n",
                shell.out());
    }

    @Test
    void receipt_namingAnotherEntry_doesNotHold() {
        assertEquals(1, run(envelope("0190163d-8694-739b-aea5-966c26f8ad91", 2, proof)));
        assertEquals(1, run(envelope(EVENT, 1, proof)));
        assertTrue(shell.out().startsWith("INVALID: "));
    }

    @Test
    void receipt_anyLineChanged_doesNotHold() {
        String[] lines = proof.split("\n", -1);
        for (int at = 0; at < lines.length - 1; at++) {
            String[] changed = lines.clone();
            changed[at] = changed[at].isEmpty() ? "x" : changed[at].substring(1);
            assertEquals(1, run(envelope(EVENT, 2, String.join("\n", changed))), lines[at]);
        }
    }

    @Test
    void receipt_none_doesNotHold() {
        assertEquals(1, run(Json.object().build()));
    }

    @Test
    void receipt_underAnotherKey_doesNotHold() {
        key = AuditFixture.OTHER_KEY;
        assertEquals(1, run(envelope(EVENT, 2, proof)));
    }

    @Test
    void receipt_ofNoFileOrKey_isWrongUsage() {
        assertEquals(
                2,
                TamisCli.run(
                        shell.shell(),
                        "audit",
                        "receipt",
                        folder.resolve("none").toString(),
                        "--key",
                        key));
        key = "nonsense";
        assertEquals(2, run(envelope(EVENT, 2, proof)));
    }

    private int run(Json.Obj envelope, String... more) {
        return run(envelope.canonical(), more);
    }

    private int run(String file, String... more) {
        shell.withInput(file);
        var line = new ArrayList<>(List.of("audit", "receipt", "-", "--key", key));
        line.addAll(List.of(more));
        return TamisCli.run(shell.shell(), line.toArray(String[]::new));
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("entry.json"), text).toString();
    }

    private static Json.Obj envelope(String event, long index, String proof) {
        return Json.object()
                .put("jobId", "job_1")
                .put(
                        "privacy",
                        Json.object()
                                .put("rhoMicro", 4000)
                                .put("remaining", "any")
                                .build())
                .put(
                        "receipt",
                        Json.object()
                                .put("eventId", event)
                                .put("index", index)
                                .put("tlogProof", proof)
                                .build())
                .build();
    }

    /** By hand: neither receipt nor remaining budget. */
    private static String released() {
        return Hash.sha256("{\"jobId\":\"job_1\",\"privacy\":{\"rhoMicro\":4000}}".getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private static String vector(String name) throws IOException {
        var block = Pattern.compile("```text vector=" + name + "\\n(.*?\\n)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../ledger/format.md")));
        assertTrue(block.find(), name);
        return block.group(1);
    }
}
