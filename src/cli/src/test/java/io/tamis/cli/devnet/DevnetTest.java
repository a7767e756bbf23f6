package io.tamis.cli.devnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tamis.cli.client.Shell;
import io.tamis.cli.client.TestShell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevnetTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void start_withTheNodeInstalled_answersAsItsChainUntilClosed() throws Exception {
        requireNode();
        Path state = folder.resolve("chain.json");
        URI rpc;
        try (var devnet = running(Devnet.start(here(), Optional.of(state)))) {
            rpc = devnet.rpc();
            assertTrue(ask(rpc).contains("\"0x" + Long.toHexString(Devnet.CHAIN_ID) + "\""), () -> "other chain");
            assertTrue(devnet.isAlive());
        }
        assertTrue(Files.exists(state), "the chain is kept");
        assertThrows(IOException.class, () -> ask(rpc));
    }

    @Test
    void start_twoAtOnce_doNotMeet() {
        requireNode();
        var shell = here();
        try (var one = running(Devnet.start(shell, Optional.empty()));
                var two = running(Devnet.start(shell, Optional.empty()))) {
            assertFalse(one.rpc().equals(two.rpc()));
        }
    }

    @Test
    void start_withoutNpm_saysSoAndGoesOn() {
        var shell = new TestShell(folder).with("PATH", folder.toString()).shell();
        assertEquals(new Devnet.Start.Missing("npm not found"), Devnet.start(shell, Optional.empty()));
    }

    @Test
    void start_npmThatFails_saysSo() throws IOException {
        emptyDevnet();
        npm("exit 1");
        assertEquals(new Devnet.Start.Missing("npm could not install devnet (is a registry reachable?)"), start());
    }

    @Test
    void start_npm_isRunWithoutScripts_onlyWhenTheLockIsNewer() throws IOException {
        Path devnet = emptyDevnet();
        npm("echo \"$@\" >> " + folder.resolve("calls")
                + "; mkdir -p node_modules; touch node_modules/.package-lock.json");
        assertEquals(new Devnet.Start.Missing("no EVM node for this platform"), start());
        start();
        assertEquals("ci --ignore-scripts --no-audit --no-fund --silent\n", Files.readString(folder.resolve("calls")));
        Files.setLastModifiedTime(devnet.resolve("node_modules/.package-lock.json"), FileTime.fromMillis(1_000));
        start();
        assertEquals(2, Files.readAllLines(folder.resolve("calls")).size());
    }

    @Test
    void start_nodeThatEndsAtOnce_saysSo() throws IOException {
        Path devnet = emptyDevnet();
        npm("mkdir -p node_modules; touch node_modules/.package-lock.json");
        Path anvil = devnet.resolve("node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        Files.createDirectories(anvil.getParent());
        script(anvil, "echo broken");
        assertEquals(new Devnet.Start.Missing("the EVM node did not start"), start());
    }

    private static Shell here() {
        return new TestShell(ROOT).with("PATH", System.getenv("PATH")).shell();
    }

    private Devnet.Start start() {
        // The scripts of this test need the usual tools.
        String path = folder + ":" + System.getenv("PATH");
        return Devnet.start(new TestShell(folder).with("PATH", path).shell(), Optional.empty());
    }

    private Path emptyDevnet() throws IOException {
        Path devnet = Files.createDirectories(folder.resolve("ledger/devnet"));
        Files.writeString(devnet.resolve("package-lock.json"), "{}");
        return devnet;
    }

    private void npm(String body) throws IOException {
        script(folder.resolve("npm"), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private static Devnet running(Devnet.Start start) {
        return assertInstanceOf(Devnet.Start.Running.class, start).devnet();
    }

    private static String ask(URI rpc) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\",\"params\":[]}";
            var request = HttpRequest.newBuilder(rpc)
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static void requireNode() {
        boolean installed = Files.isDirectory(ROOT.resolve("ledger/devnet/node_modules/@foundry-rs"));
        assertTrue(installed || !"true".equals(System.getenv("CI")), "anvil is missing: npm ci in ledger/devnet");
        assumeTrue(installed, "SKIPPED: no EVM node (./tamis test installs it when npm is there)");
    }
}
