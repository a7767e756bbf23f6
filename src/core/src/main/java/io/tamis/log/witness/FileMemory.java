package io.tamis.log.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.DurableFile;
import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A folder with a file for each log: the newest checkpoint with the witness's own cosignature, as C2SP writes them, so that
 * the file itself is evidence. Every answer is read from the file, never from a copy: what counts is what survives.
 *
 * <p>The folder is made once, with the witness's key, and bears its name; a folder that is missing or bears another is
 * refused, as a witness that has forgotten everything would cosign anything. A lock keeps a second process out. A file whose
 * cosignature does not verify stops the witness for that log. NOT promised: to notice a folder put back from a backup, or a
 * file taken away. Whoever does either must make a new key.
 */
public final class FileMemory implements Memory, AutoCloseable {
    private static final String NAME_FILE = "witness";
    private static final String LOCK_FILE = "lock";
    private static final String SUFFIX = ".checkpoint";
    private static final int NAME_BYTES_MAX = 1024;

    private final Path folder;
    private final Predicate<SignedNote> own;
    private final FileChannel channel;
    private final FileLock lock;

    private FileMemory(Path folder, Predicate<SignedNote> own, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.own = own;
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes the folder of a new witness; {@code STATE_CONFLICT} when there is one already. */
    public static void create(Path folder, String verifierKey) {
        try {
            Files.createDirectories(folder);
            if (exists(folder)) {
                throw new LogException(Code.STATE_CONFLICT);
            }
            DurableFile.replace(folder.resolve(NAME_FILE), (verifierKey + "\n").getBytes(UTF_8));
        } catch (IOException unwritable) {
            throw new LogException(Code.INTERNAL, unwritable);
        }
    }

    /** True when a witness has this folder. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(NAME_FILE));
    }

    /** The vkey the folder bears; {@code STATE_CONFLICT} when it is no witness's. */
    public static String witness(Path folder) {
        try {
            Path name = folder.resolve(NAME_FILE);
            if (!Files.isRegularFile(name) || Files.size(name) > NAME_BYTES_MAX) {
                throw new LogException(Code.STATE_CONFLICT);
            }
            return Files.readString(name, UTF_8).stripTrailing();
        } catch (IOException unreadable) {
            throw new LogException(Code.INTERNAL, unreadable);
        }
    }

    /**
     * Opens the folder of the witness with this key; {@code STATE_CONFLICT} when it is another's, none's or in use.
     *
     * @param own says whether a note bears this witness's own valid cosignature
     */
    public static FileMemory open(Path folder, String verifierKey, Predicate<SignedNote> own) {
        Objects.requireNonNull(own);
        try {
            if (!witness(folder).equals(verifierKey)) {
                throw new LogException(Code.STATE_CONFLICT);
            }
            var channel =
                    FileChannel.open(folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            return new FileMemory(folder, own, channel, lock);
        } catch (IOException unreadable) {
            throw new LogException(Code.INTERNAL, unreadable);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException thisProcess) {
            channel.close();
            throw new LogException(Code.STATE_CONFLICT, thisProcess);
        }
        channel.close();
        throw new LogException(Code.STATE_CONFLICT);
    }

    @Override
    public synchronized Optional<TreeHead> latest(Origin origin) {
        Path file = file(origin);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > SignedNote.BYTES_MAX) {
                throw new LogException(Code.INTERNAL);
            }
            return Optional.of(head(origin, SignedNote.parse(Files.readAllBytes(file))));
        } catch (IOException unreadable) {
            throw new LogException(Code.INTERNAL, unreadable);
        } catch (TamisException damaged) {
            throw new LogException(Code.INTERNAL, damaged);
        }
    }

    private TreeHead head(Origin origin, SignedNote kept) {
        Claim claim = Claim.parse(kept.text());
        if (!claim.origin().equals(origin.value()) || !own.test(kept)) {
            throw new LogException(Code.INTERNAL);
        }
        return claim.head();
    }

    @Override
    public synchronized boolean replace(Origin origin, Optional<TreeHead> expected, SignedNote cosigned) {
        if (!lock.isValid()) {
            throw new LogException(Code.INTERNAL);
        }
        if (!latest(origin).equals(expected)) {
            return false;
        }
        // Read as it will be read: what could not be read back would stop this witness for good.
        TreeHead next = head(origin, SignedNote.parse(cosigned.encoded().getBytes(UTF_8)));
        if (expected.filter(old -> old.size() > next.size()).isPresent()) {
            throw new LogException(Code.INTERNAL);
        }
        try {
            DurableFile.replace(file(origin), cosigned.encoded().getBytes(UTF_8));
            return true;
        } catch (IOException unwritable) {
            throw new LogException(Code.INTERNAL, unwritable);
        }
    }

    /** Names of logs have slashes, and some file systems do not tell their cases apart. */
    private Path file(Origin origin) {
        return folder.resolve(Hash.sha256(origin.value().getBytes(UTF_8)).hex() + SUFFIX);
    }

    @Override
    public synchronized void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException ending) {
            throw new LogException(Code.INTERNAL, ending);
        }
    }
}
