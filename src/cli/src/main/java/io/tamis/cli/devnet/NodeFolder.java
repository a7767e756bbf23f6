package io.tamis.cli.devnet;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder with package.json and lock file, whose packages are installed when they are missing or older than the lock.
 *
 * @param path the folder
 * @param variables of the environment, for the path
 */
public record NodeFolder(Path path, Map<String, String> variables) {
    private static final Duration INSTALL_PATIENCE = Duration.ofSeconds(90);

    /** Installs what is missing; empty when all is there, else why it is not. */
    public Optional<String> install() {
        if (isInstalled()) {
            return Optional.empty();
        }
        var npm = find("npm");
        if (npm.isEmpty()) {
            return Optional.of("npm not found");
        }
        try {
            // No scripts: a package's own code does not run because it was installed.
            var installing = new ProcessBuilder(
                            npm.get().toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
                    .directory(path.toFile())
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            return await(installing) && isInstalled()
                    ? Optional.empty()
                    : Optional.of("npm could not install " + path.getFileName() + " (is a registry reachable?)");
        } catch (IOException notStarted) {
            return Optional.of("npm cannot be run");
        }
    }

    /** npm writes this copy of the lock file last, when everything is in place. */
    private boolean isInstalled() {
        Path installed = path.resolve("node_modules").resolve(".package-lock.json");
        try {
            return Files.exists(installed)
                    && Files.getLastModifiedTime(installed)
                                    .compareTo(Files.getLastModifiedTime(path.resolve("package-lock.json")))
                            >= 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean await(Process installing) {
        try {
            if (installing.waitFor(INSTALL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return installing.exitValue() == 0;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        installing.descendants().forEach(ProcessHandle::destroyForcibly);
        installing.destroyForcibly();
        return false;
    }

    /** A program on the path. */
    public Optional<Path> find(String program) {
        return Stream.of(variables.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A file of an installed package, when there is one. */
    Optional<Path> file(List<String> packages, String file) {
        return packages.stream()
                .map(name -> path.resolve("node_modules").resolve(name).resolve(file))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
