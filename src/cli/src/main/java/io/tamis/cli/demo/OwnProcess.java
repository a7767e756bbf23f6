package io.tamis.cli.demo;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of ours as a process of its own, with a small heap; ends with this one at the latest. */
final class OwnProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 5;

    private final Process process;
    private final Thread stopAtExit;

    private OwnProcess(Process process) {
        this.process = process;
        this.stopAtExit = new Thread(process::destroy, "stop-" + process.pid());
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /** How long a process lives: the second compiler pays for those that compute. */
    enum Life {
        /** A key made, no more. */
        BRIEF("-Xmx128m", "-XX:TieredStopAtLevel=1"),
        /** Thousands of transforms. */
        COMPUTING("-Xmx320m", "-XX:+TieredCompilation");

        private final String heap;
        private final String compiler;

        Life(String heap, String compiler) {
            this.heap = heap;
            this.compiler = compiler;
        }
    }

    /** Starts {@code ./tamis} with these words; what it says goes behind what the log has. */
    static OwnProcess start(Stage stage, Path log, Life life, List<String> words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dtamis.root=" + stage.shell().root()));
        command.addAll(List.of(
                life.heap, life.compiler, "-cp", System.getProperty("java.class.path"), "io.tamis.cli.TamisCli"));
        command.addAll(words);
        try {
            return new OwnProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException notStarted) {
            throw ClientException.unreachable("cannot start " + words.getFirst() + " " + words.get(1), notStarted);
        }
    }

    /** True when it ended with 0 in that time. */
    boolean endsWell(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly();
        endsWell(Duration.ofSeconds(STOP_SECONDS));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException exiting) {
            // The hook is running at this moment, and stops the same process.
        }
    }
}
