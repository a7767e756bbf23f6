package io.tamis.cli.bench;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.cli.client.ServerLaunch;
import io.tamis.cli.client.ServerProcess;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Upload;
import io.tamis.data.Actor;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of one's own on a data directory of its own; rate limits do not bind. The directory is kept for inspection unless
 * all went well.
 */
public final class Rig implements AutoCloseable {
    /** Settings under which a stream of jobs is bound by the work, not by limits meant for people. */
    static final List<String> UNLIMITED = List.of(
            "tamis.limits.jobs-per-minute=1000000",
            "tamis.limits.dry-runs-per-minute=1000000",
            "tamis.limits.jobs-running=1000");

    /** Who reads what officers may read. */
    static final PartyId AUDIT_OFFICE = new PartyId("audit-office");

    private static final Duration TOKEN_TIME = Duration.ofHours(24);

    private final Shell shell;
    private final ServerLaunch launch;
    private final ApiClient client;
    private ServerProcess server;
    private boolean wentWell;

    private Rig(Shell shell, ServerLaunch launch) {
        this.shell = shell;
        this.launch = launch;
        this.server = ServerProcess.start(launch);
        this.client = ApiClient.of(launch.url());
    }

    /** Starts a server on a new data directory and waits until it is ready. */
    static Rig start(Shell shell, List<String> jvmFlags, List<String> settings) {
        try {
            var data = new DataDir(Files.createTempDirectory("tamis-rig-"));
            var launch = ServerLaunch.of(shell, data, ServerLaunch.freePort())
                    .withJvmFlags(jvmFlags.toArray(String[]::new))
                    .withSettings(
                            Stream.concat(UNLIMITED.stream(), settings.stream()).toArray(String[]::new));
            var rig = new Rig(shell, launch);
            rig.server.awaitReady(shell.clock());
            return rig;
        } catch (IOException noFolder) {
            throw ClientException.usage("cannot make a temporary folder");
        }
    }

    /** Ends the server as a power cut would, and starts it again on the same data. */
    void killAndRestart() {
        server.kill();
        server = ServerProcess.start(launch).awaitReady(shell.clock());
    }

    /** Loads a file as version 1. */
    void load(PartyId owner, DatasetId dataset, Path csv) {
        var platform = as(Role.PLATFORM, owner);
        Upload.hashed(csv, shell).send(platform, dataset, 1).orRefused();
    }

    /** Loads the demonstration's purchases. */
    void loadPurchases() {
        load(
                new PartyId("cdnow"),
                TinyJob.DATASET,
                shell.root().resolve("sandbox-datasets").resolve("cdnow").resolve("purchases.csv"));
    }

    /** Writes so many persons of a platform to a file and loads that. */
    void load(Crowd crowd, int persons) {
        try {
            Path csv = Files.createTempFile("tamis-users-", ".csv");
            try {
                crowd.write(csv, persons);
                load(crowd.owner(), crowd.dataset(), csv);
            } finally {
                Files.deleteIfExists(csv);
            }
        } catch (IOException noSpace) {
            throw ClientException.usage("no room for a temporary file of " + persons + " persons");
        }
    }

    /** Takes the log away and verifies it offline, into a new folder of the data directory. */
    Auditor.Finding audit(Auditor auditor, String folder) {
        Path export = launch.data().path().resolve(folder);
        auditor.export(as(Role.COMPLIANCE_OFFICER, AUDIT_OFFICE), export);
        return auditor.verify(
                export,
                client.get("/v1/ledger/key")
                        .orRefused()
                        .text()
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    /** Lines of the server's log so far that have one of these words. */
    List<String> logged(List<String> words) {
        try (Stream<String> lines = Files.lines(launch.data().serverLog())) {
            return lines.filter(line -> words.stream().anyMatch(line::contains)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A client that speaks in this role for this party. */
    ApiClient as(Role role, PartyId party) {
        var actor = new Actor(party, new PersonId("u-rig"), role, new DepartmentId("bench"));
        BearerToken token = DemoIssuer.of(launch.data())
                .issue(actor, Optional.empty(), shell.clock().instant(), TOKEN_TIME);
        return client.as(token);
    }

    /** A client without a token. */
    ApiClient anonymous() {
        return client;
    }

    DataDir data() {
        return launch.data();
    }

    long pid() {
        return server.pid();
    }

    /** Says that nobody will want to look at the data and the server's log. */
    void wentWell() {
        wentWell = true;
    }

    /** Stops the server, and deletes its data when all went well. */
    @Override
    public void close() {
        client.close();
        server.close();
        if (!wentWell) {
            shell.err().println("kept for inspection: " + launch.data().path());
            return;
        }
        try (Stream<Path> files = Files.walk(launch.data().path())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException leftBehind) {
            shell.err().println("left behind: " + launch.data().path());
        }
    }
}
