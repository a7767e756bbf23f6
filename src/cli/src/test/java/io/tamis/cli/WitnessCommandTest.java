package io.tamis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessCommandTest {
    @TempDir
    Path folder;

    @Test
    void key_makesStoreFolderAndPassword_andPrintsTheVkey() {
        var shell = new TestShell(folder);
        assertEquals(0, key(shell, "w1", "witness.example/w1"));
        assertEquals(
                "witness.example/w1",
                VerifierKey.parse(shell.out().strip()).name().value());
        assertTrue(Files.exists(folder.resolve("w1.bcfks")));
        assertTrue(Files.exists(folder.resolve("w1-state").resolve("witness")));
        var json = new TestShell(folder);
        assertEquals(0, key(json, "w2", "witness.example/w2", "--json"));
        assertTrue(new JsonFields(Json.parse(json.out())).string("key", 512).startsWith("witness.example/w2+"));
    }

    @Test
    void key_twice_isRefusedAndChangesNothing() throws IOException {
        key(new TestShell(folder), "w1", "witness.example/w1");
        byte[] before = Files.readAllBytes(folder.resolve("w1.bcfks"));
        var again = new TestShell(folder);
        assertEquals(2, key(again, "w1", "witness.example/w1"));
        assertTrue(again.err().contains("is there already"));
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(folder.resolve("w1.bcfks")));
    }

    @Test
    void key_overAnotherWitnesssFolder_isRefused() {
        key(new TestShell(folder), "w1", "witness.example/w1");
        var shell = new TestShell(folder);
        assertEquals(
                2,
                TamisCli.run(
                        shell.shell(),
                        "witness",
                        "key",
                        folder.resolve("new.bcfks").toString(),
                        "--password-file",
                        folder.resolve("w1.password").toString(),
                        "--state",
                        folder.resolve("w1-state").toString(),
                        "--name",
                        "witness.example/w9"));
        assertFalse(Files.exists(folder.resolve("new.bcfks")));
    }

    @Test
    void key_withANameOutOfForm_isRefused() {
        var shell = new TestShell(folder);
        assertEquals(2, key(shell, "w1", "https://witness example"));
        assertFalse(Files.exists(folder.resolve("w1.bcfks")));
    }

    @Test
    void serve_withoutItsFolder_isRefused() {
        key(new TestShell(folder), "w1", "witness.example/w1");
        var shell = new TestShell(folder);
        assertEquals(2, serve(shell, "w1", "nowhere"));
        assertTrue(shell.err().contains("belong together"));
    }

    @Test
    void serve_onABadPort_isRefused() {
        key(new TestShell(folder), "w1", "witness.example/w1");
        assertEquals(2, serve(new TestShell(folder), "w1", "w1-state", "--port", "70000"));
    }

    /** The process itself, killed and started again, on the folder it had. */
    @Test
    void serve_asAProcess_saysWhereItListens_andStartsAgainAfterAKill() throws Exception {
        key(new TestShell(folder), "w1", "witness.example/w1");
        Files.writeString(folder.resolve("logs"), "");
        for (int start = 0; start < 2; start++) {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TamisCli.class.getName()));
            command.addAll(List.of(serveArguments("w1", "w1-state", "--port", "0", "--json")));
            Process process = new ProcessBuilder(command).start();
            try (var lines = process.inputReader(UTF_8);
                    var http = HttpClient.newHttpClient()) {
                var said = new JsonFields(Json.parse(lines.readLine()));
                String url = said.string("url", 100);
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create(url + "key")).build(), BodyHandlers.ofString(UTF_8));
                assertEquals(said.string("key", 512) + "\n", answer.body());
            } finally {
                process.destroyForcibly();
                assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            }
        }
    }

    private int key(TestShell shell, String witness, String name, String... more) {
        var words = new ArrayList<>(List.of(
                "witness",
                "key",
                folder.resolve(witness + ".bcfks").toString(),
                "--password-file",
                folder.resolve(witness + ".password").toString(),
                "--state",
                folder.resolve(witness + "-state").toString(),
                "--name",
                name));
        words.addAll(List.of(more));
        return TamisCli.run(shell.shell(), words.toArray(String[]::new));
    }

    private int serve(TestShell shell, String witness, String state, String... more) {
        return TamisCli.run(shell.shell(), serveArguments(witness, state, more));
    }

    private String[] serveArguments(String witness, String state, String... more) {
        var words = new ArrayList<>(List.of(
                "witness",
                "serve",
                folder.resolve(witness + ".bcfks").toString(),
                "--password-file",
                folder.resolve(witness + ".password").toString(),
                "--state",
                folder.resolve(state).toString(),
                "--logs",
                folder.resolve("logs").toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}
