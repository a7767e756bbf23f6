package io.tamis.cli.soak;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.cli.client.ServerLaunch;
import io.tamis.cli.client.ServerProcess;
import io.tamis.cli.client.Shell;
import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two servers on one database, with the same keys: of two sequencers one must be fenced. */
final class Replicas implements AutoCloseable {
    private static final Duration TOKEN_TIME = Duration.ofHours(24);
    private static final List<String> LIMITS = List.of(
            "tamis.limits.collaboration-changes-per-minute=1000000", "tamis.limits.access-events-in-flight=100000");

    private final Shell shell;
    private final OwnPostgres database;
    private final List<ServerLaunch> launches = new ArrayList<>();
    private final List<ServerProcess> servers = new ArrayList<>();
    private final List<ApiClient> clients = new ArrayList<>();
    private final DemoIssuer issuer;

    private Replicas(Shell shell, OwnPostgres database, List<DataDir> folders) {
        this.shell = shell;
        this.database = database;
        this.issuer = DemoIssuer.of(folders.getFirst());
        for (DataDir folder : folders) {
            var settings =
                    Stream.concat(database.settings().stream(), LIMITS.stream()).toArray(String[]::new);
            var launch = ServerLaunch.of(shell, folder, ServerLaunch.freePort())
                    .withJvmFlags("-Xmx384m")
                    .withSettings(settings);
            launches.add(launch);
            servers.add(ServerProcess.start(launch));
            clients.add(ApiClient.of(launch.url()));
        }
    }

    /** Lets one server make database and keys in this folder, then starts two on them. */
    static Replicas start(Shell shell, Path folder) {
        var first = new DataDir(folder.resolve("a"));
        var second = new DataDir(folder.resolve("b"));
        ServerProcess.start(ServerLaunch.of(shell, first, ServerLaunch.freePort()))
                .awaitReady(shell.clock())
                .close();
        copyKeys(first, second);
        var replicas = new Replicas(shell, OwnPostgres.start(first), List.of(first, second));
        replicas.awaitReady();
        return replicas;
    }

    private static void copyKeys(DataDir from, DataDir to) {
        Path keys = from.path().resolve("keys");
        try (Stream<Path> files = Files.list(keys)) {
            Path copy = Files.createDirectories(to.path().resolve("keys"));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw ClientException.usage("cannot copy the keys of " + from.path());
        }
    }

    OwnPostgres database() {
        return database;
    }

    /** Ends one server as a power cut would. */
    void kill(int server) {
        servers.get(server).kill();
    }

    /** Starts those that have ended, and waits until all take requests. */
    void revive() {
        database.restart();
        for (int i = 0; i < servers.size(); i++) {
            if (!servers.get(i).isAlive()) {
                servers.set(i, ServerProcess.start(launches.get(i)));
            }
        }
        awaitReady();
    }

    private void awaitReady() {
        servers.forEach(server -> server.awaitReady(shell.clock()));
    }

    /** How many there are. */
    int count() {
        return servers.size();
    }

    /** Clients of all servers that speak in this role for this party. */
    List<ApiClient> as(Role role, PartyId party) {
        var actor = new Actor(party, new PersonId("u-soak"), role, new DepartmentId("soak"));
        BearerToken token = issuer.issue(actor, Optional.empty(), shell.clock().instant(), TOKEN_TIME);
        return clients.stream().map(client -> client.as(token)).toList();
    }

    @Override
    public void close() {
        clients.forEach(ApiClient::close);
        servers.forEach(ServerProcess::close);
        database.close();
    }
}
