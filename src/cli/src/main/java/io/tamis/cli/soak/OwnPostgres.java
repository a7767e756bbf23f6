package io.tamis.cli.soak;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.ServerLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The database of a data directory, run by the soak itself instead of by the server: so that it can be killed while the
 * servers live, and two servers can use it. A server has made its files, and unpacked its programs, before.
 */
final class OwnPostgres implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ATTEMPT = Duration.ofMillis(300);
    private static final int CONNECT_MILLIS = 500;
    private static final int PROGRAM_DEPTH = 6;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final DataDir data;
    private final Path program;
    private final int port;
    private Process process;

    private OwnPostgres(DataDir data, Path program, int port) {
        this.data = data;
        this.program = program;
        this.port = port;
        this.process = launched();
    }

    /** Starts it and waits until it takes connections. */
    static OwnPostgres start(DataDir data) {
        try (Stream<Path> files = Files.find(
                data.path().resolve("bin"), PROGRAM_DEPTH, (path, attributes) -> path.endsWith("bin/postgres"))) {
            Path program =
                    files.findFirst().orElseThrow(() -> ClientException.usage("no PostgreSQL in " + data.path()));
            var postgres = new OwnPostgres(data, program, ServerLaunch.freePort());
            postgres.awaitConnections();
            return postgres;
        } catch (IOException | UncheckedIOException unreadable) {
            throw ClientException.usage("cannot read " + data.path());
        }
    }

    /** What a server needs to use it. */
    List<String> settings() {
        return List.of(
                "quarkus.datasource.jdbc.url=" + url(),
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** As a power cut would end it: the postmaster dies, its children notice. */
    void kill() {
        process.destroyForcibly();
        await(process);
    }

    /** Starts it again; it recovers from its write-ahead log. */
    void restart() {
        if (!process.isAlive()) {
            process = launched();
        }
        awaitConnections();
    }

    /** The last one's children may hold its memory for a moment, and a full disk ends it at once: try again. */
    private void awaitConnections() {
        long last = System.nanoTime() + START_PATIENCE.toNanos();
        while (!connects()) {
            if (System.nanoTime() > last) {
                throw new IllegalStateException("the database does not start, see " + log());
            }
            if (ended(ATTEMPT)) {
                process = launched();
            }
        }
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private boolean connects() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return process.isAlive();
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process launched() {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            // It refuses to run as root; in a namespace without a mapping it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
                List.of(program.toString(), "-D", data.path().resolve("pg").toString(), "-p", "" + port));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=100",
                "max_wal_size=256MB",
                "restart_after_crash=on")) {
            command.addAll(List.of("-c", setting));
        }
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException notStarted) {
            throw ClientException.unreachable("cannot start the database", notStarted);
        }
    }

    private Path log() {
        return data.path().resolve("postgres.log");
    }

    private static void await(Process ending) {
        try {
            ending.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        // SIGTERM would wait for the servers' connections; what is committed is on disk.
        kill();
    }
}
