package io.tamis.log.witness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes a witness's folder, again and again at random moments, and looks at what is left. */
class FileMemoryCrashTest {
    private static final String NAME = "witness.example/seeded+00000000+AAAA";
    private static final int KILLS = 8;
    private static final int KEPT_MAX = 120;

    @TempDir
    Path folder;

    @Test
    void kill_atAnyMoment_forgetsNothingThatWasToldAndReadsAgain() throws Exception {
        Path state = folder.resolve("state");
        FileMemory.create(state, NAME);
        var random = new SplittableRandom(26_038_004);
        long told = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            told = killed(state, told, 1 + random.nextInt(KEPT_MAX));
            long left = left(state);
            // One more may be on disk: it was remembered, and killed before it could be told.
            assertTrue(left == told || left == told + 1, "told " + told + ", left " + left);
            told = left;
        }
        assertTrue(told > KILLS, "nothing was written: the test proves nothing");
    }

    /** Runs until so many are told, kills it in the middle of the next, and returns the last size that was told. */
    private static long killed(Path state, long before, int steps) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashLoop.class.getName(),
                        state.toString(),
                        NAME)
                .redirectError(Redirect.INHERIT)
                .start();
        long told = before;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String opened = lines.readLine();
            assertTrue(("open " + before).equals(opened), "opened with: " + opened + ", expected " + before);
            for (int i = 0; i < steps; i++) {
                told = Long.parseLong(lines.readLine().substring("kept ".length()));
            }
            // By its handle: the process's own method would close the pipe, with what was told still in it.
            process.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                told = line.matches("kept [0-9]+") ? Math.max(told, Long.parseLong(line.substring(5))) : told;
            }
        } finally {
            process.destroyForcibly();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        }
        return told;
    }

    private static long left(Path state) {
        try (var memory = FileMemory.open(state, NAME, new SeededCosigner()::own)) {
            return memory.latest(GrownLog.ORIGIN).orElseThrow().size();
        }
    }
}
