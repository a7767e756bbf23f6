package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import io.tamis.synthetic.World;
import io.tamis.synthetic.WorldFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Makes a synthetic world in a folder and says what it made; no service takes part. */
final class WorldGeneration {
    private final Shell shell;

    WorldGeneration(Shell shell) {
        this.shell = shell;
    }

    /** Writes the world; files of an older one are replaced only if {@code force} says so. */
    int run(World world, Path out, int threads, boolean force, boolean json) {
        Path folder = folder(out, force);
        room(world, folder);
        Instant begun = shell.clock().instant();
        var progress = Progress.counting(shell, "making persons", world.persons());
        try {
            WorldFiles.Written written = WorldFiles.write(world, folder, threads, progress::at);
            progress.end();
            print(world, out, written, Duration.between(begun, shell.clock().instant()), json);
            return ExitCode.DONE.number();
        } catch (IOException unwritable) {
            progress.end();
            throw ClientException.usage("cannot write all files in " + out + ": is the disk full, or not ours?");
        }
    }

    private static Path folder(Path out, boolean force) {
        for (String name : WorldFiles.names()) {
            if (!force && Files.exists(out.resolve(name))) {
                throw ClientException.usage(
                        out + " already has a " + name + "; another --out, or --force to replace a world's files");
            }
        }
        try {
            return Files.createDirectories(out);
        } catch (IOException impossible) {
            throw ClientException.usage("cannot make the folder " + out);
        }
    }

    /** Said before the first byte, not after an hour. */
    private static void room(World world, Path folder) {
        long needed = WorldFiles.bytesAbout(world);
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < needed) {
                throw ClientException.usage("needs about %d MB in %s, where %d MB are free"
                        .formatted(needed / 1_000_000, folder, free / 1_000_000));
            }
        } catch (IOException unknown) {
            // A file system that does not tell has its say when it is written to.
        }
    }

    private void print(World world, Path out, WorldFiles.Written written, Duration passed, boolean json) {
        if (json) {
            shell.out()
                    .println(Json.object()
                            .put("persons", world.persons())
                            .put("seed", Long.toString(world.seed().value()))
                            .put("out", out.toString())
                            .put("rows", written.rows())
                            .put("bytes", written.bytes())
                            .put("sums", written.sums().hex())
                            .put("millis", passed.toMillis())
                            .build()
                            .canonical());
            return;
        }
        shell.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d persons of seed %d: %d rows, %.1f MB in %.1f s",
                        world.persons(),
                        world.seed().value(),
                        written.rows(),
                        written.bytes() / 1_000_000.0,
                        passed.toMillis() / 1000.0));
        shell.out().println("files    " + out);
        shell.out().println("truth    " + out.resolve(WorldFiles.TRUTH));
        shell.out().println("sums     " + written.sums() + " (SHA-256 of " + WorldFiles.SUMS + ")");
    }
}
