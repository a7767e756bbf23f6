package io.tamis.cli.demo;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.ServerLaunch;
import io.tamis.cli.witness.WitnessFiles;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.log.Origin;
import io.tamis.log.witness.FileMemory;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The demonstration's witness: a process of its own with a key of its own. It shows the code path, not trust: a witness on
 * the operator's own machine watches nobody.
 */
final class WitnessProcess implements AutoCloseable {
    static final String NAME = "witness.demo/w1";

    private static final int PASSWORD_BYTES = 32;
    private static final int STOP_SECONDS = 5;

    private final Path folder;
    private final int port;
    private final String verifierKey;
    private Process process;
    private Thread stopAtExit = new Thread(() -> {});

    private WitnessProcess(Path folder, int port, String verifierKey) {
        this.folder = folder;
        this.port = port;
        this.verifierKey = verifierKey;
    }

    /** Finds the data directory's witness, or makes it; nothing is started. */
    static WitnessProcess of(DataDir data) {
        Path folder = data.path().resolve("witness");
        try {
            Files.createDirectories(folder);
            return new WitnessProcess(folder, ServerLaunch.freePort(), found(folder));
        } catch (IOException unwritable) {
            throw ClientException.usage("cannot make " + folder);
        }
    }

    private static String found(Path folder) throws IOException {
        Path state = folder.resolve("state");
        if (FileMemory.exists(state)) {
            return FileMemory.witness(state);
        }
        // A first run that was stopped in between: a key without a folder has cosigned nothing.
        Files.deleteIfExists(folder.resolve("keys.bcfks"));
        var random = new SystemRandom();
        String text = HexFormat.of().formatHex(random.bytes(PASSWORD_BYTES));
        Files.writeString(folder.resolve("password"), text);
        try (var password = SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8))) {
            return new WitnessFiles(folder.resolve("keys.bcfks"), state)
                    .create(new Origin(NAME), password, random)
                    .toString();
        }
    }

    /** What the server has to be told. */
    String[] settings() {
        return new String[] {
            "tamis.witness.urls=http://127.0.0.1:" + port, "tamis.witness.keys=" + verifierKey, "tamis.witness.quorum=1"
        };
    }

    /** Its vkey, for whoever counts its cosignatures. */
    String verifierKey() {
        return verifierKey;
    }

    /** Starts it, told of this log; it answers a moment later. */
    void start(String logKeys) {
        try {
            Files.writeString(folder.resolve("logs"), logKeys);
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException notStarted) {
            throw ClientException.unreachable("cannot start the witness", notStarted);
        }
        stopAtExit = new Thread(process::destroy, "stop-witness");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tamis.cli.TamisCli",
                "witness",
                "serve",
                folder.resolve("keys.bcfks").toString(),
                "--password-file",
                folder.resolve("password").toString(),
                "--state",
                folder.resolve("state").toString(),
                "--logs",
                folder.resolve("logs").toString(),
                "--yearly",
                "--port",
                Integer.toString(port));
    }

    /** True once the public checkpoint has the witness's line. */
    boolean hasCosigned(ApiClient anybody) {
        return anybody.get("/v1/ledger/checkpoint") instanceof Answer.Ok ok
                && ok.text().contains("\u2014 " + NAME + " ");
    }

    /** What it has said. */
    Path log() {
        return folder.resolve("witness.log");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException exiting) {
            // The hook is running at this moment, and stops the same process.
        }
    }
}
