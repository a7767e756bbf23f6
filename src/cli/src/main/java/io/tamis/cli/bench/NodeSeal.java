package io.tamis.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.cli.client.Shell;
import io.tamis.cli.devnet.NodeFolder;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * npm's node-seal, which is SEAL in WebAssembly, on this machine and now: what somebody without a native build would take.
 * SEAL's default primes are one (n = 4096) or two (8192) more than ours. Without npm, node, the checkout or a network it is
 * not measured, which is said and harms nothing.
 */
final class NodeSeal {
    private static final String FOLDER = "src/cli/src/bench/node-seal";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Far more lines than the script prints. */
    private static final int LINES_MAX = 100;

    private final Shell shell;
    private final NodeFolder folder;

    NodeSeal(Shell shell) {
        this.shell = shell;
        folder = new NodeFolder(shell.root().resolve(FOLDER), shell.variables());
    }

    /** Its times; empty, with a line for people, when it cannot be measured. */
    Optional<HeAnchor> measure() {
        if (!Files.isDirectory(folder.path())) {
            return notMeasured("not in a checkout");
        }
        Optional<Path> node = folder.find("node");
        if (node.isEmpty()) {
            return notMeasured("node not found");
        }
        shell.err().println("measuring node-seal ...");
        Optional<String> missing = folder.install();
        return missing.isPresent() ? notMeasured(missing.get()) : measure(node.get());
    }

    private Optional<HeAnchor> measure(Path node) {
        try {
            Path answer = Files.createTempFile("tamis-node-seal-", ".txt");
            try {
                return run(node, answer) ? anchor(Files.readAllLines(answer, UTF_8)) : notMeasured("its script failed");
            } finally {
                Files.delete(answer);
            }
        } catch (IOException failed) {
            return notMeasured("its script cannot be run");
        }
    }

    private boolean run(Path node, Path answer) throws IOException {
        Process process = new ProcessBuilder(node.toString(), "measure.mjs")
                .directory(folder.path().toFile())
                .redirectOutput(answer.toFile())
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    /** From lines {@code metric microseconds}. */
    Optional<HeAnchor> anchor(List<String> lines) {
        Map<String, BigDecimal> figures = new HashMap<>();
        try {
            for (String line : lines.subList(0, Math.min(LINES_MAX, lines.size()))) {
                String[] parts = line.split(" ", 2);
                figures.put(parts[0], new BigDecimal(parts[1]));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
            return notMeasured("its answer is unreadable");
        }
        return Optional.of(new HeAnchor("per_node_seal", figures));
    }

    private Optional<HeAnchor> notMeasured(String why) {
        shell.err().println("node-seal: not measured (" + why + ")");
        return Optional.empty();
    }
}
