package io.tamis.cli.soak;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder on a disk of its own that can be filled up. Only root can have one (a memory disk); for others it is a folder
 * like any other, and cases of a full disk are left out.
 */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "3g";
    private static final int CHUNK = 1 << 20;

    private final Shell shell;
    private final Path folder;
    private final boolean own;
    private boolean keep = true;

    private SmallDisk(Shell shell, Path folder, boolean own) {
        this.shell = shell;
        this.folder = folder;
        this.own = own;
    }

    static SmallDisk make(Shell shell) {
        try {
            Path folder = Files.createTempDirectory("tamis-soak-");
            boolean mounted = System.getProperty("user.name").equals("root")
                    && run("mount", "-t", "tmpfs", "-o", "mode=0711,size=" + SIZE, "tmpfs", folder.toString());
            return new SmallDisk(shell, folder, mounted);
        } catch (IOException noFolder) {
            throw ClientException.usage("cannot make a temporary folder");
        }
    }

    Path folder() {
        return folder;
    }

    /** True when it can be filled without harm to others. */
    boolean canBeFilled() {
        return own;
    }

    /** Takes all that is left; the file gives it back. */
    Optional<Path> fill() {
        if (!own) {
            return Optional.empty();
        }
        Path ballast = folder.resolve("ballast");
        var chunk = new byte[CHUNK];
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            return Optional.of(ballast);
        }
    }

    /** Says that nobody will want to look at what is on it. */
    void wentWell() {
        keep = false;
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (keep) {
            shell.err().println("kept for inspection: " + folder);
            return;
        }
        if (own) {
            // Lazily: the last children of a killed database may still be on it.
            run("umount", "-l", folder.toString());
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException leftBehind) {
            shell.err().println("left behind: " + folder);
        }
    }
}
