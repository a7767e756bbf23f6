package io.tamis.cli.client;

import io.tamis.data.Code;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A demonstration server that this process has started and will stop; what it says goes to its own log file. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration PROBE_PAUSE = Duration.ofMillis(200);
    private static final int LOG_LINES_TOLD = 3;

    /** EX_CONFIG: the server has refused to start, and its last line says why and what to do. */
    private static final int REFUSED = 78;

    private final Process process;
    private final ServerLaunch launch;
    private final Thread stopAtExit;

    private ServerProcess(Process process, ServerLaunch launch) {
        this.process = process;
        this.launch = launch;
        this.stopAtExit = new Thread(process::destroy, "stop-server");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /** Starts a server; it is not ready yet. */
    public static ServerProcess start(ServerLaunch launch) {
        Path log = launch.data().serverLog();
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(launch.command())
                    .directory(launch.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            // A database named for another service must not be what a demonstration writes into.
            builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_DATASOURCE"));
            return new ServerProcess(builder.start(), launch);
        } catch (IOException notStarted) {
            throw ClientException.unreachable("cannot start the server, see " + log, notStarted);
        }
    }

    /** Waits until the server answers that it is ready; {@link ClientException} when it ends or takes too long. */
    public ServerProcess awaitReady(InstantSource clock) {
        Instant last = clock.instant().plus(READY_PATIENCE);
        try (var client = ApiClient.of(launch.url())) {
            while (process.isAlive() && clock.instant().isBefore(last)) {
                if (isReady(client)) {
                    return this;
                }
                pause();
            }
        }
        String why = process.isAlive() ? "is not ready after " + READY_PATIENCE.toSeconds() + " s" : "has ended";
        close();
        throw new ClientException(
                Code.NOT_READY,
                ExitCode.UNAVAILABLE,
                "the server " + why + ": " + String.join(" | ", lastLogLines()) + " (its log: "
                        + launch.data().serverLog() + ")");
    }

    private static boolean isReady(ApiClient client) {
        try {
            return client.get("/q/health/ready") instanceof Answer.Ok;
        } catch (ClientException notYet) {
            return false;
        }
    }

    private void pause() {
        try {
            // Ends at once when the server dies, so that a failure at start is told without delay.
            process.waitFor(PROBE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientException(Code.CANCELLED, ExitCode.LATER, "interrupted", interrupted);
        }
    }

    private List<String> lastLogLines() {
        try {
            var lines = Files.readString(launch.data().serverLog(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            int told = !process.isAlive() && process.exitValue() == REFUSED ? 1 : LOG_LINES_TOLD;
            return lines.subList(Math.max(0, lines.size() - told), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Where it listens. */
    public ServiceUrl url() {
        return launch.url();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** True while it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a power cut would: nothing is flushed, nothing is told. */
    public void kill() {
        process.destroyForcibly();
        await(STOP_PATIENCE);
        forget();
    }

    /** Waits until it ends by itself or is stopped from outside. */
    public void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it in good order, by force after a while. */
    @Override
    public void close() {
        process.destroy();
        if (!await(STOP_PATIENCE)) {
            process.destroyForcibly();
            await(STOP_PATIENCE);
        }
        forget();
    }

    private boolean await(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException exiting) {
            // The hook is running at this moment, and stops the same process.
        }
    }
}
