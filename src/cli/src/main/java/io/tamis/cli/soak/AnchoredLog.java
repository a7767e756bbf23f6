package io.tamis.cli.soak;

import io.tamis.cli.audit.AuditReport;
import io.tamis.cli.audit.AuditRequest;
import io.tamis.cli.audit.AuditVerification;
import io.tamis.cli.chain.NotaryContract;
import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.Auditor;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.ServerLaunch;
import io.tamis.cli.client.ServerProcess;
import io.tamis.cli.client.Shell;
import io.tamis.cli.devnet.Devnet;
import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server with a short log whose head is on the chain, and an auditor who knows key and contract. */
final class AnchoredLog implements AutoCloseable {
    private static final int EVENTS = 300;
    private static final int EVENTS_A_REQUEST = 50;
    private static final Duration ANCHOR_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);
    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);

    /** What the server's log says of a log that was changed under it: {@code SequencerThread}, {@code LogTree}. */
    private static final List<String> ALARMS = List.of("do not fit each other", "has been changed");

    private static final int LOG_READ_MAX = 1 << 20;
    private static final Duration NODE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration TOKEN_TIME = Duration.ofHours(24);

    private final Shell shell;
    private final Auditor auditor;
    private final DataDir data;
    private final ServerLaunch launch;
    private final Path exports;
    private final GatewayRequests requests;
    private final ApiClient client;
    private ServerProcess server;
    private final List<VerifierKey> keys;
    private final NotaryContract contract;
    private final long anchored;

    private AnchoredLog(Shell shell, Auditor auditor, Devnet devnet, Path folder, SplittableRandom random) {
        this.shell = shell;
        this.auditor = auditor;
        this.data = new DataDir(folder.resolve("data"));
        this.exports = folder.resolve("exports");
        this.launch = ServerLaunch.of(shell, data, ServerLaunch.freePort())
                .withJvmFlags("-Xmx512m")
                .withSettings("tamis.anchor.rpc-url=" + devnet.rpc(), "tamis.anchor.interval=1S");
        this.server = ServerProcess.start(launch).awaitReady(shell.clock());
        this.client = ApiClient.of(launch.url());
        this.requests = new GatewayRequests(shell.clock(), random);
        this.keys = client.get("/v1/ledger/key")
                .orRefused()
                .text()
                .lines()
                .map(VerifierKey::parse)
                .toList();
        add(EVENTS);
        JsonView anchor = awaitAnchored();
        this.anchored = anchor.at("size").integerOrZero();
        this.contract = new NotaryContract(
                devnet.rpc(),
                new NotaryContract.Place(
                        anchor.at("chainId").integerOrZero(),
                        anchor.at("contract").text(),
                        anchor.at("logId").text()),
                NODE_PATIENCE);
    }

    static AnchoredLog start(Shell shell, Auditor auditor, Devnet devnet, Path folder, SplittableRandom random) {
        return new AnchoredLog(shell, auditor, devnet, folder, random);
    }

    /** Reports so many accesses. */
    void add(int events) {
        var platform = as(Role.PLATFORM, "shop");
        for (int left = events; left > 0; left -= EVENTS_A_REQUEST) {
            platform.post("/v1/ledger/access-events", requests.body(Math.min(left, EVENTS_A_REQUEST)))
                    .orRefused();
        }
    }

    private JsonView awaitAnchored() {
        long last = System.nanoTime() + ANCHOR_PATIENCE.toNanos();
        while (System.nanoTime() < last) {
            JsonView anchor =
                    client.get("/v1/ledger/anchors").orRefused().view().at("anchored");
            if (anchor.at("size").integerOrZero() >= EVENTS) {
                return anchor;
            }
            pause(ASK_AGAIN);
        }
        throw new IllegalStateException("the log was not anchored in time, see " + data.serverLog());
    }

    /** So many entries were anchored before anybody tampered. */
    long anchored() {
        return anchored;
    }

    /** The size the chain knows now. */
    long anchoredNow() {
        return contract.newest().map(anchor -> anchor.head().size()).orElse(0L);
    }

    /** The size of the newest checkpoint that was handed out. */
    long published() {
        return Long.parseLong(
                client.get("/v1/ledger/checkpoint").orRefused().text().split("\n", -1)[1]);
    }

    Administrator administrator() {
        return Administrator.of(data.path());
    }

    /** What an audit of the log as it is shown now comes to; empty when no export is to be had. */
    Optional<AuditReport> audit(long atLeast) {
        clear();
        try {
            auditor.export(as(Role.COMPLIANCE_OFFICER, "audit-office"), exports);
        } catch (ClientException notShown) {
            return Optional.empty();
        }
        return Optional.of(AuditVerification.verify(
                new AuditRequest(
                        List.of(exports), keys, Witnesses.none(), Optional.of(contract), Optional.empty(), atLeast),
                entries -> {}));
    }

    /** Stops the server; the database goes on, by itself. */
    void stopServer() {
        server.kill();
    }

    /** How the server took what it found. */
    enum Start {
        READY,
        /** It says that the log was changed, and does not become ready. */
        ALARMED,
        /** Neither: it may be slow, or broken; nobody was told of anything. */
        SILENT
    }

    /** Starts it again. */
    Start startServer() {
        long before = logLength();
        server = ServerProcess.start(launch);
        long last = System.nanoTime() + READY_PATIENCE.toNanos();
        while (System.nanoTime() < last) {
            try {
                if (client.get("/q/health/ready") instanceof Answer.Ok) {
                    return Start.READY;
                }
            } catch (ClientException notYet) {
                // It does not listen yet.
            }
            if (alarmed(before)) {
                return Start.ALARMED;
            }
            if (!server.isAlive()) {
                break;
            }
            pause(ASK_AGAIN);
        }
        return Start.SILENT;
    }

    private long logLength() {
        try {
            return Files.size(data.serverLog());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean alarmed(long since) {
        try (var log = FileChannel.open(data.serverLog())) {
            var said = ByteBuffer.allocate(Math.toIntExact(Math.min(log.size() - since, LOG_READ_MAX)));
            log.read(said, since);
            String text = new String(said.array(), 0, said.position(), StandardCharsets.UTF_8);
            return ALARMS.stream().anyMatch(text::contains);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private ApiClient as(Role role, String party) {
        var actor = new Actor(new PartyId(party), new PersonId("u-soak"), role, new DepartmentId("soak"));
        BearerToken token =
                DemoIssuer.of(data).issue(actor, Optional.empty(), shell.clock().instant(), TOKEN_TIME);
        return client.as(token);
    }

    private void clear() {
        if (!Files.exists(exports)) {
            return;
        }
        try (Stream<Path> files = Files.walk(exports)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        contract.close();
        client.close();
        server.close();
    }
}
