package io.tamis.cli.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner reads, from the moment they are there; on file systems without such modes, files. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /** A new file in place of one that may be there, mode 0600. */
    public static OutputStream file(Path file) throws IOException {
        Files.deleteIfExists(file);
        return newFile(file);
    }

    /** A new file, mode 0600; {@link java.nio.file.FileAlreadyExistsException} when it is there. */
    static OutputStream newFile(Path file) throws IOException {
        return Channels.newOutputStream(Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(file, FILE)));
    }

    /** A file that is kept open, made when it is not there; mode 0600 also when it was made with another. */
    public static FileChannel kept(Path file) throws IOException {
        var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                mode(file, FILE));
        if (posix(file)) {
            Files.setPosixFilePermissions(file, FILE);
        }
        return channel;
    }

    /** A folder of mode 0700, and those above it that are not there yet. */
    public static void folder(Path folder) throws IOException {
        Files.createDirectories(folder, mode(folder, FOLDER));
        if (posix(folder)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    /** Deletes a folder's content, and the folder itself unless it is to be kept. */
    static void delete(Path folder, boolean kept) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                if (!kept || !left.equals(folder)) {
                    Files.delete(left);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
