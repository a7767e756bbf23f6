package io.tamis.ledger.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;

/**
 * A real EVM node, anvil of ledger/devnet, on a port of its own. It ends with {@link #close}, at the latest with the
 * JVM. Its ten accounts, ten thousand ether each, have keys known to everybody.
 */
public final class Devnet implements AutoCloseable {
    /** The chain id of every such node. */
    public static final long CHAIN_ID = 31_337;

    private static final Duration CALL_PATIENCE = Duration.ofSeconds(20);
    private static final int START_SECONDS_MAX = 30;
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:([0-9]{1,5})");
    private static final int HARDENED = 1 << 31;
    private static final Bip32ECKeyPair ACCOUNTS = Bip32ECKeyPair.deriveKeyPair(
            Bip32ECKeyPair.generateKeyPair(
                    MnemonicUtils.generateSeed("test test test test test test test test test test test junk", "")),
            new int[] {44 | HARDENED, 60 | HARDENED, HARDENED, 0});

    private final Setup setup;
    private final Process process;
    private final Thread killAtExit;
    private final int port;
    private final JsonRpc rpc;
    private final Web3j web3j;

    /**
     * How a node is run.
     *
     * @param blockTime whole seconds; zero: every transaction is a block at once
     * @param state kept there over restarts (written when it ends in good order and every five seconds), if at all
     * @param port to listen on; 0 for any
     * @param flags further flags of anvil
     */
    public record Setup(Duration blockTime, Optional<Path> state, int port, List<String> flags) {
        public Setup {
            flags = List.copyOf(flags);
        }

        /** Nothing kept, any port. */
        public static Setup every(Duration blockTime) {
            return new Setup(blockTime, Optional.empty(), 0, List.of());
        }

        public Setup withState(Path file) {
            return new Setup(blockTime, Optional.of(file), port, flags);
        }

        public Setup withPort(int chosen) {
            return new Setup(blockTime, state, chosen, flags);
        }

        public Setup withFlags(String... further) {
            return new Setup(blockTime, state, port, List.of(further));
        }

        private List<String> command() {
            var command = new ArrayList<>(List.of(anvil().toString(), "--host", "127.0.0.1", "--port", "" + port));
            if (blockTime.isPositive()) {
                command.addAll(List.of("--block-time", "" + blockTime.toSeconds()));
            }
            state.ifPresent(file -> command.addAll(List.of("--state", file.toString(), "--state-interval", "5")));
            command.addAll(flags);
            return command;
        }
    }

    private Devnet(Setup setup, Process process) throws IOException {
        this.setup = setup;
        this.process = process;
        this.killAtExit = new Thread(process::destroyForcibly, "kill-devnet");
        Runtime.getRuntime().addShutdownHook(killAtExit);
        this.port = drain(process);
        this.rpc = new JsonRpc(address(), CALL_PATIENCE);
        this.web3j = Web3j.build(rpc);
    }

    /** Skips the test where the node is not installed; with CI=true it fails instead. */
    public static void require() {
        boolean installed = Files.isExecutable(anvil());
        assertTrue(installed || !"true".equals(System.getenv("CI")), "anvil is missing: npm ci in ledger/devnet");
        assumeTrue(installed, "SKIPPED: no EVM node (./tamis test installs it when npm is there)");
    }

    /** A node where each transaction is mined at once; skips the test where there is none. */
    public static Devnet start() {
        return start(Setup.every(Duration.ZERO));
    }

    /** A node that answers; skips the test where there is none. */
    public static Devnet start(Setup setup) {
        require();
        try {
            return new Devnet(
                    setup,
                    new ProcessBuilder(setup.command())
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Kills this node when it still runs and starts one with the same setup on the same port. */
    public Devnet restart() {
        close();
        return start(setup.withPort(port));
    }

    /** One of the ten accounts, 0 to 9, whose keys everybody knows. */
    public static Credentials account(int index) {
        return Credentials.create(Bip32ECKeyPair.deriveKeyPair(ACCOUNTS, new int[] {index}));
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Web3j web3j() {
        return web3j;
    }

    /** Mines this many blocks now. */
    public void mine(int blocks) {
        call("anvil_mine", blocks);
    }

    /** Calls any method of the node, such as {@code anvil_reorg}, {@code anvil_dropTransaction}, {@code evm_setAutomine}. */
    public Object call(String method, Object... params) {
        try {
            var answer = new Request<>(method, List.of(params), rpc, Raw.class).send();
            if (answer.hasError()) {
                throw new IllegalStateException(
                        method + ": " + answer.getError().getMessage());
            }
            return answer.getResult() == null ? "" : answer.getResult();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops it for good as a power cut would; up to five seconds of its state are lost. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it in good order, so that its state is written, by force when that takes long. */
    @Override
    public void close() {
        web3j.shutdown();
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        kill();
        Runtime.getRuntime().removeShutdownHook(killAtExit);
    }

    /** Its port, once it listens; what it says later is read and thrown away, or it would stand still. */
    private static int drain(Process process) throws IOException {
        var port = new CompletableFuture<Integer>();
        Thread.ofPlatform().daemon().name("drain-devnet").start(() -> {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    var listening = LISTENING.matcher(line);
                    if (listening.find()) {
                        port.complete(Integer.parseInt(listening.group(1)));
                    }
                }
            } catch (IOException ended) {
                // It was stopped while it was read.
            }
            port.completeExceptionally(new IOException("anvil has ended"));
        });
        try {
            return port.orTimeout(START_SECONDS_MAX, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            process.destroyForcibly();
            throw new IOException("anvil does not listen", failed);
        }
    }

    /** The platform's binary itself: killing npm's wrapper would leave the chain alive. */
    private static Path anvil() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = os.contains("win") ? "win32" : os.contains("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return Path.of("../../ledger/devnet/node_modules/@foundry-rs/anvil-" + name + "-" + arch + "/bin/anvil")
                .toAbsolutePath()
                .normalize();
    }

    private static final class Raw extends Response<Object> {}
}
