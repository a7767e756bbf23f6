package io.tamis.server;

import io.tamis.data.Code;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The PostgreSQL that comes with Tamis, for demonstration, development and tests; it listens on the loopback interface
 * only. Durable like a real one: the library turns fsync and synchronous_commit off, these settings turn them on again,
 * because the ledger's promise rests on them.
 *
 * <p>The library stops it when this process ends, at once and beside the service's own stop: what was not committed by then
 * is not, which is what a crash does too.
 *
 * <p>After kill -9 of the server its PostgreSQL still runs and holds the data directory. We hold the directory's lock, so
 * the process named in {@code postmaster.pid} can only be that leftover: it is stopped first, and one retry covers the case
 * that it was just stopping.
 */
final class EmbeddedDatabase {
    private static final int STOP_SECONDS = 20;

    private EmbeddedDatabase() {}

    static Map<String, String> start(DataDirectory data) {
        Logger.getLogger("io.zonky").setLevel(Level.OFF);
        Path folder = data.root().resolve("pg");
        stopLeftover(folder);
        EmbeddedPostgres postgres;
        try {
            postgres = startOnce(data, folder);
        } catch (IOException | IllegalStateException once) {
            stopLeftover(folder);
            postgres = startAgain(data, folder);
        }
        closeToOthers(data.root().resolve("bin"));
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres");
    }

    /** The library leaves the folder of its programs open to everybody; whoever can write there runs code as us. */
    private static void closeToOthers(Path programs) {
        try {
            if (Files.getFileStore(programs).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException notOurs) {
            throw new StartRefused(Code.DATABASE_MISSING, "The folder of PostgreSQL's programs cannot be protected.");
        }
    }

    private static EmbeddedPostgres startAgain(DataDirectory data, Path folder) {
        try {
            return startOnce(data, folder);
        } catch (IOException | IllegalStateException failed) {
            throw new StartRefused(
                    Code.DATABASE_MISSING, "The embedded PostgreSQL does not start; its log is in " + folder + ".");
        }
    }

    private static EmbeddedPostgres startOnce(DataDirectory data, Path folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(data.root().resolve("bin").toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
    }

    private static void stopLeftover(Path folder) {
        leftover(folder).ifPresent(process -> {
            process.destroy();
            if (!ended(process)) {
                // Asked politely it waits for its clients. The next one starts only when all its processes are gone.
                List<ProcessHandle> all =
                        Stream.concat(Stream.of(process), process.descendants()).toList();
                all.forEach(ProcessHandle::destroyForcibly);
                all.forEach(EmbeddedDatabase::ended);
            }
        });
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException stubborn) {
            return false;
        }
    }

    private static Optional<ProcessHandle> leftover(Path folder) {
        Path pidFile = folder.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
            // A pid is reused in time: only a process that runs a postgres binary is ours to stop.
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("postgres"))
                            .orElse(false));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
