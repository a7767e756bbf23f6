package io.tamis.server;

import io.tamis.data.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds everything a server keeps beside its database. The lock is the operating system's, so it ends with
 * the process that holds it, however that process ends: kill -9 leaves nothing to clean up.
 */
record DataDirectory(Path root) {
    static DataDirectory lock(String folder) {
        Path root = Path.of(folder).toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            }
            @SuppressWarnings("resource") // the channel lives as long as the process
            FileLock lock = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .tryLock();
            if (lock == null) {
                throw inUse();
            }
            keep(lock);
            return new DataDirectory(root);
        } catch (OverlappingFileLockException sameProcess) {
            throw inUse();
        } catch (IOException unusable) {
            throw new StartRefused(Code.DATABASE_MISSING, "The data directory cannot be written.");
        }
    }

    /** A lock nobody refers to is collected, and released with its channel: the hook refers to it until the end. */
    private static void keep(FileLock lock) {
        Runtime.getRuntime().addShutdownHook(new Thread(lock::isValid, "data-directory-lock"));
    }

    Path keys() {
        return root.resolve("keys");
    }

    private static StartRefused inUse() {
        return new StartRefused(Code.DATA_DIR_IN_USE, "Stop it, or name another one with --data-dir.");
    }
}
