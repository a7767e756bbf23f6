package io.tamis.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * Replaces a small file so that a crash at any moment leaves the old content or the new one, whole: the new one is written
 * beside it, forced to disk, renamed over it, and the folder forced, as a rename is durable only once its folder is. What a
 * crash leaves beside the file ({@code NAME.new}) is not read by anybody and is overwritten by the next call.
 *
 * <p>Assumes a POSIX file system that renames atomically and forces what it is told to. One writer at a time.
 */
public final class DurableFile {
    private DurableFile() {}

    /**
     * Replaces the file; it is readable by its owner alone. When this returns the new content survives a power cut; when it
     * throws, the file has the old content or the new one, and nobody may rely on either.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (var channel = FileChannel.open(
                fresh,
                EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.toAbsolutePath().getParent());
    }

    private static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
