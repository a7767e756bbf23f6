package io.tamis.catalog.load;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders of versions: made aside, moved into place whole, durable before anyone is told of them. */
public final class VersionFolder {
    /** Begins the name of a folder that is being written; a dataset's id and a hash cannot. */
    public static final String TEMPORARY_PREFIX = ".import-";

    private VersionFolder() {}

    /** A new folder that only this account can enter. */
    public static Path createTemporary(Path parent) throws IOException {
        Files.createDirectories(parent);
        return Files.createTempDirectory(
                parent,
                TEMPORARY_PREFIX,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Makes a written file durable, or the entries of a folder. */
    public static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Moves a finished folder into place in one step, and makes the step durable. */
    public static void publish(Path finished, Path place) throws IOException {
        Files.createDirectories(place.getParent());
        Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        force(place.getParent());
        force(place.getParent().getParent());
    }

    /** Deletes a folder and all in it; nothing happens when it is not there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
