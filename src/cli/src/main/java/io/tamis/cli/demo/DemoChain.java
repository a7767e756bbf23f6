package io.tamis.cli.demo;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Shell;
import io.tamis.cli.client.Waiting;
import io.tamis.cli.devnet.Devnet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The chain beside the demonstration, when this machine can have one. The service deploys the notary contract there and
 * anchors its log; without a chain everything else is shown all the same.
 */
final class DemoChain implements AutoCloseable {
    /** Ten seconds between two anchors, a second for a block, and as much again for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Devnet.Start start;
    private final InstantSource clock;

    DemoChain(Devnet.Start start, InstantSource clock) {
        this.start = start;
        this.clock = clock;
    }

    /** Starts a node that goes on with the chain of the last run on this data directory. */
    static DemoChain start(Shell shell, DataDir data) {
        try {
            Files.createDirectories(data.path());
        } catch (IOException failed) {
            throw ClientException.usage("cannot write " + data.path());
        }
        var state = Optional.of(data.path().resolve("devnet.json"));
        return new DemoChain(
                new Waiting(shell).during("starting an EVM node", () -> Devnet.start(shell, state)), shell.clock());
    }

    /** What the service has to be told of it, {@code key=value}. */
    String[] settings() {
        return switch (start) {
            case Devnet.Start.Running(Devnet devnet) -> new String[] {"tamis.anchor.rpc-url=" + devnet.rpc()};
            case Devnet.Start.Missing ignored -> new String[0];
        };
    }

    /** Where it answers, for an auditor who asks it. */
    Optional<URI> rpc() {
        return switch (start) {
            case Devnet.Start.Running(Devnet devnet) -> Optional.of(devnet.rpc());
            case Devnet.Start.Missing ignored -> Optional.empty();
        };
    }

    /** Waits until the entry of this receipt is anchored, and names the transaction. */
    Outcome anchored(ApiClient client, JsonView receipt) {
        return switch (start) {
            case Devnet.Start.Missing(String why) -> Outcome.passed("not anchored: " + why);
            case Devnet.Start.Running ignored ->
                await(client, receipt.at("index").integerOrZero());
        };
    }

    /** Asks until this entry is anchored, as long as it is worth. */
    Outcome await(ApiClient client, long index) {
        Instant last = clock.instant().plus(PATIENCE);
        JsonView page = anchors(client);
        while (page.at("anchored").at("size").integerOrZero() <= index
                && clock.instant().isBefore(last)) {
            pause();
            page = anchors(client);
        }
        var anchored = page.at("anchored");
        boolean done = anchored.at("size").integerOrZero() > index
                && !anchored.at("transaction").isAbsent();
        return done
                ? told(anchored)
                : new Outcome.Failed("the receipt's entry is not on the chain after " + PATIENCE.toSeconds() + " s: "
                        + page.at("anchoring").text());
    }

    private static Outcome told(JsonView anchored) {
        return new Outcome.Passed(
                "transaction " + anchored.at("transaction").text(),
                List.of(
                        "put the root of " + anchored.at("size").text() + " entries into block "
                                + anchored.at("block").text() + " of chain "
                                + anchored.at("chainId").text() + ", contract "
                                + anchored.at("contract").text(),
                        "(a development chain of one node: it shows the code path, not trust)"));
    }

    private static JsonView anchors(ApiClient client) {
        return client.get("/v1/ledger/anchors?limit=1").orRefused().view();
    }

    private static void pause() {
        try {
            if (new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ClientException.usage("interrupted");
        }
    }

    @Override
    public void close() {
        switch (start) {
            case Devnet.Start.Running(Devnet devnet) -> devnet.close();
            case Devnet.Start.Missing ignored -> {}
        }
    }
}
