package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.TestShell;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a node that is a shell script: the real one is run by {@code ./tamis bench he}. */
class NodeSealTest {
    @TempDir
    Path root;

    @Test
    void measure_outsideACheckout_saysSoAndGoesOn() {
        var shell = new TestShell(root);
        assertEquals(Optional.empty(), new NodeSeal(shell.shell()).measure());
        assertEquals("node-seal: not measured (not in a checkout)\n", shell.err());
    }

    @Test
    void measure_withoutNode_saysSoAndGoesOn() throws IOException {
        installed();
        var shell = new TestShell(root);
        assertEquals(Optional.empty(), new NodeSeal(shell.shell()).measure());
        assertEquals("node-seal: not measured (node not found)\n", shell.err());
    }

    @Test
    void measure_withNpmThatFails_saysSoAndGoesOn() throws IOException {
        Files.delete(installed());
        program("node", "echo ntt_8192_us 1");
        program("npm", "exit 1");
        var shell = shell();
        assertEquals(Optional.empty(), new NodeSeal(shell.shell()).measure());
        assertTrue(shell.err().contains("not measured (npm could not install node-seal"), shell.err());
    }

    @Test
    void measure_ofAScriptThatFails_saysSoAndGoesOn() throws IOException {
        installed();
        program("node", "exit 3");
        var shell = shell();
        assertEquals(Optional.empty(), new NodeSeal(shell.shell()).measure());
        assertTrue(shell.err().endsWith("node-seal: not measured (its script failed)\n"), shell.err());
    }

    @Test
    void measure_ofAnUnreadableAnswer_saysSoAndGoesOn() throws IOException {
        installed();
        program("node", "echo nonsense");
        var shell = shell();
        assertEquals(Optional.empty(), new NodeSeal(shell.shell()).measure());
        assertTrue(shell.err().endsWith("node-seal: not measured (its answer is unreadable)\n"), shell.err());
    }

    @Test
    void measure_ofWhatWasPrinted_isAnAnchor() throws IOException {
        installed();
        program("node", "echo ntt_8192_us 150.50; echo encrypt_pk_8192_us 4000");
        var expected = new HeAnchor(
                "per_node_seal",
                Map.of("ntt_8192_us", new BigDecimal("150.50"), "encrypt_pk_8192_us", new BigDecimal("4000")));
        assertEquals(Optional.of(expected), new NodeSeal(shell().shell()).measure());
    }

    /** Ours 10 microseconds, theirs 150.5. */
    @Test
    void report_besideNodeSeal_hasItsRatios() throws IOException {
        installed();
        program("node", "echo ntt_8192_us 150.50");
        var anchors = new ArrayList<>(HeAnchor.STORED);
        new NodeSeal(shell().shell()).measure().ifPresent(anchors::add);
        var measured = new java.util.LinkedHashMap<String, List<BigDecimal>>();
        HeCase.all().forEach(one -> measured.put(one.metric(), List.of(BigDecimal.TEN)));
        String json = new HeBench(shell().shell(), anchors).report(measured).json();
        assertTrue(json.contains("\"ntt_8192_per_node_seal\":{\"value\":15.05,\"unit\":\"x\",\"goal\":null}"), json);
    }

    private TestShell shell() {
        return new TestShell(root).with("PATH", root.toString());
    }

    /** A folder in which everything is installed; the file that says so. */
    private Path installed() throws IOException {
        Path folder = Files.createDirectories(root.resolve("src/cli/src/bench/node-seal"));
        Files.writeString(folder.resolve("package-lock.json"), "{}");
        return Files.writeString(
                Files.createDirectories(folder.resolve("node_modules")).resolve(".package-lock.json"), "{}");
    }

    private void program(String name, String line) throws IOException {
        Path script = Files.writeString(root.resolve(name), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
