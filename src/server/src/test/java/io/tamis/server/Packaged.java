package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the packaged jars as a user's machine would, with the JDK this test runs on. */
final class Packaged {
    private static final Path ROOT =
            Path.of(System.getProperty("tamis.root", "../..")).toAbsolutePath().normalize();
    private static final Path SERVER = ROOT.resolve("src/server/target/quarkus-app/quarkus-run.jar");
    private static final Path OUTPUT = ROOT.resolve("src/server/target/it");

    private Packaged() {}

    /** How a process ended, and everything it printed. */
    record Ended(int status, String output) {}

    /** A fresh folder for data. */
    static Path data(String name) throws IOException {
        Path folder = OUTPUT.resolve(name);
        TestServer.deleteTree(folder);
        return Files.createDirectories(folder);
    }

    /** Runs a command of the CLI to its end. */
    static Ended cli(int minutes, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(java(), "-Dtamis.root=" + ROOT, "-Dtamis.server.jar=" + SERVER, "-jar", cliJar().toString()));
        command.addAll(List.of(arguments));
        return run(minutes, command);
    }

    /** Runs the bare server jar to its end. */
    static Ended server(String... properties) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(java()));
        command.addAll(List.of(properties));
        command.addAll(List.of("-jar", SERVER.toString()));
        return run(1, command);
    }

    private static Ended run(int minutes, List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(OUTPUT);
        Path log = Files.createTempFile(OUTPUT, "run", ".log");
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertTrue(ended, "still running after " + minutes + " min:\n" + output);
        return new Ended(process.exitValue(), output);
    }

    private static Path cliJar() throws IOException {
        try (var jars = Files.newDirectoryStream(ROOT.resolve("src/cli/target"), "tamis-cli-*-all.jar")) {
            return jars.iterator().next();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
