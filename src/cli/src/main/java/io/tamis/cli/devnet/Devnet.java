package io.tamis.cli.devnet;

import io.tamis.cli.client.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An EVM node (anvil, of ledger/devnet) that this process has started on 127.0.0.1 and will stop. It shows the code path
 * and not trust: one process, and its accounts' keys are known to everybody.
 */
public final class Devnet implements AutoCloseable {
    /** The chain id of every such node; a production server refuses it. */
    public static final long CHAIN_ID = 31_337;

    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:([0-9]{1,5})");

    private final Process process;
    private final Thread stopAtExit;
    private final int port;

    private Devnet(Process process, Thread stopAtExit, int port) {
        this.process = process;
        this.stopAtExit = stopAtExit;
        this.port = port;
    }

    /** A node, or why there is none: what is shown goes on without. */
    public sealed interface Start {
        /** There is one, which the caller closes. */
        record Running(Devnet devnet) implements Start {}

        /**
         * There is none.
         *
         * @param why a few words, such as {@code npm not found}
         */
        record Missing(String why) implements Start {}
    }

    /**
     * Starts a node that makes a block a second, on any free port; installs it before when it is missing, in silence.
     *
     * @param state a file that keeps the chain when it is stopped in good order; without it, it is gone
     */
    public static Start start(Shell shell, Optional<Path> state) {
        var folder = new NodeFolder(shell.root().resolve("ledger").resolve("devnet"), shell.variables());
        var missing = folder.install();
        if (missing.isPresent()) {
            return new Start.Missing(missing.get());
        }
        // The platform's binary itself: killing npm's wrapper of it would leave the chain alive.
        return folder.file(binaryPackages(), "bin/anvil")
                .map(anvil -> run(anvil, state))
                .orElseGet(() -> new Start.Missing("no EVM node for this platform"));
    }

    /** npm installs the one that fits. */
    private static List<String> binaryPackages() {
        return Stream.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64")
                .map(platform -> "@foundry-rs/anvil-" + platform)
                .toList();
    }

    private static Start run(Path anvil, Optional<Path> state) {
        var command =
                new ArrayList<>(List.of(anvil.toString(), "--host", "127.0.0.1", "--port", "0", "--block-time", "1"));
        state.ifPresent(file -> command.addAll(List.of("--state", file.toString())));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var stopAtExit = new Thread(process::destroy, "stop-devnet");
            Runtime.getRuntime().addShutdownHook(stopAtExit);
            var port = port(process);
            if (port.isPresent()) {
                return new Start.Running(new Devnet(process, stopAtExit, port.get()));
            }
            process.destroyForcibly();
            return new Start.Missing("the EVM node did not start");
        } catch (IOException notStarted) {
            return new Start.Missing("the EVM node cannot be run");
        }
    }

    private static Optional<Integer> port(Process process) {
        var port = new CompletableFuture<Integer>();
        // Reads on for as long as the node lives: with a full pipe it would stand still.
        Thread.ofPlatform().daemon().name("devnet-output").start(() -> {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    var listening = LISTENING.matcher(line);
                    if (listening.find()) {
                        port.complete(Integer.parseInt(listening.group(1)));
                    }
                }
            } catch (IOException ended) {
                // It ended while it was read.
            }
            port.completeExceptionally(new IOException("ended"));
        });
        try {
            return Optional.of(port.get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException none) {
            return Optional.empty();
        }
    }

    /** Its JSON-RPC endpoint. */
    public URI rpc() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** True while it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it in good order, so that its state is written; by force after a while. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException exiting) {
            // The hook is running at this moment, and stops the same process.
        }
    }
}
