package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tamis.data.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Another implementation, run by node out of {@code src/test/oracles}: one JSON object in, one out. Without npm its tests are
 * skipped, unless this is CI.
 */
public final class NodeOracle {
    private static final Path FOLDER = Path.of("src/test/oracles");
    private static final int SECONDS_MAX = 120;

    private NodeOracle() {}

    /** What the script answers; the test is skipped when its library is not installed. */
    public static Json.Obj ask(String library, String script, Json question, Path folder) {
        boolean installed = Files.isDirectory(FOLDER.resolve("node_modules").resolve(library));
        assertTrue(installed || !"true".equals(System.getenv("CI")), library + " is missing: npm ci in " + FOLDER);
        assumeTrue(installed, "SKIPPED: no " + library + " (./tamis test installs it when npm is there)");
        try {
            Path asked = Files.writeString(folder.resolve("question.json"), question.canonical());
            Path answer = folder.resolve("answer.json");
            Path complaints = folder.resolve("complaints.txt");
            var process = new ProcessBuilder("node", script)
                    .directory(FOLDER.toFile())
                    .redirectInput(asked.toAbsolutePath().toFile())
                    .redirectOutput(answer.toAbsolutePath().toFile())
                    .redirectError(complaints.toAbsolutePath().toFile())
                    .start();
            boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertTrue(ended, script + " takes too long");
            assertEquals(0, process.exitValue(), () -> "see " + complaints);
            return (Json.Obj)
                    Json.parse(Files.readString(answer, StandardCharsets.UTF_8).strip());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
