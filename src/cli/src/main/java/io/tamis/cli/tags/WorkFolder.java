package io.tamis.cli.tags;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.OwnerOnly;
import io.tamis.data.Code;
import io.tamis.data.DurableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a platform keeps one version's round, for its owner's eyes: {@code state.json} ({@link TagState}), {@code roots} (32
 * bytes a slot), {@code values} (a hash a slot, durable before anything is encrypted), {@code ciphertexts/}.
 *
 * <p>Crash story: the state is replaced whole before anything that follows from it is sent. Roots and ciphertexts follow from
 * the state alone and are made again where they are missing. The hashes of values are on the disk before the first ciphertext
 * is: a second run with other values is refused, as one u for two lists would give away their difference.
 */
final class WorkFolder {
    private static final String STATE = "state.json";
    private static final String ROOTS = "roots";
    private static final String VALUES = "values";
    private static final String CIPHERTEXTS = "ciphertexts";
    private static final String PART = ".part";
    private static final long STATE_BYTES_MAX = 1 << 20;

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder, made when it is not there. */
    static WorkFolder of(Path folder) {
        try {
            OwnerOnly.folder(folder);
            return new WorkFolder(folder);
        } catch (IOException unusable) {
            throw unusable(folder, unusable);
        }
    }

    /** What was last stored. */
    Optional<TagState> state() {
        Path file = folder.resolve(STATE);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > STATE_BYTES_MAX) {
                throw new IOException("too long");
            }
            return Optional.of(TagState.read(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw unusable(file, unreadable);
        }
    }

    /** Stores the state durably. */
    TagState store(TagState state) {
        replace(STATE, state.json().canonicalBytes());
        return state;
    }

    /**
     * Begins a round. Roots and ciphertexts of an older one go first: beside a new master they would be another plan's, and
     * beside the old one they are made again. The hashes of values go last: beside the old master they are what keeps its
     * seeds from a second list, beside a new one they only refuse until the round is begun again.
     */
    TagState begin(TagState state) {
        delete(folder.resolve(ROOTS));
        deleteCiphertexts();
        store(state);
        delete(folder.resolve(VALUES));
        return state;
    }

    Path roots() {
        return folder.resolve(ROOTS);
    }

    /** The hashes of what is encrypted, a slot after the other; stored by the first call, compared by every later one. */
    void values(byte[] hashes) {
        Path file = folder.resolve(VALUES);
        try {
            if (!Files.exists(file)) {
                replace(VALUES, hashes);
            } else if (!java.util.Arrays.equals(Files.readAllBytes(file), hashes)) {
                throw new ClientException(
                        Code.SLOT_REFUSED,
                        ExitCode.NO,
                        "other values have been encrypted in this round: the file or the tags have changed. Load the new"
                                + " data as a new version, and commit for that");
            }
        } catch (IOException unreadable) {
            throw unusable(file, unreadable);
        }
    }

    /** The ciphertext of a slot, when it is there. */
    Optional<byte[]> ciphertext(int slot) {
        Path file = file(slot);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw unusable(file, unreadable);
        }
    }

    boolean hasCiphertext(int slot) {
        return Files.exists(file(slot));
    }

    /** How many ciphertexts of the first {@code slots} are there. */
    int ciphertexts(int slots) {
        int there = 0;
        for (int slot = 0; slot < slots; slot++) {
            there += hasCiphertext(slot) ? 1 : 0;
        }
        return there;
    }

    /** Writes a slot's ciphertext; it appears whole or not at all. */
    void ciphertext(int slot, byte[] bytes) {
        Path file = file(slot);
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            OwnerOnly.folder(file.getParent());
            try (var out = OwnerOnly.file(part)) {
                out.write(bytes);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            throw unusable(file, full);
        }
    }

    /** Ends a round whose uploads are all acknowledged: the state comes without its master, the ciphertexts go. */
    TagState erase(TagState state) {
        TagState erased = store(state.erased());
        deleteCiphertexts();
        return erased;
    }

    private Path file(int slot) {
        return folder.resolve(CIPHERTEXTS).resolve(String.format(Locale.ROOT, "%06d.tag", slot));
    }

    private void deleteCiphertexts() {
        Path ciphertexts = folder.resolve(CIPHERTEXTS);
        if (!Files.isDirectory(ciphertexts)) {
            return;
        }
        try (var files = Files.list(ciphertexts)) {
            files.forEach(WorkFolder::delete);
        } catch (IOException unusable) {
            throw unusable(ciphertexts, unusable);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException unusable) {
            throw unusable(file, unusable);
        }
    }

    private void replace(String name, byte[] content) {
        try {
            DurableFile.replace(folder.resolve(name), content);
        } catch (IOException full) {
            throw unusable(folder.resolve(name), full);
        }
    }

    /** A file that grows: for the roots, which are forced from time to time. */
    FileChannel append(Path file) throws IOException {
        return OwnerOnly.kept(file);
    }

    static ClientException unusable(Path file, IOException cause) {
        return new ClientException(
                Code.INVALID_REQUEST, ExitCode.USAGE, "cannot read or write " + file + " (is the disk full?)", cause);
    }
}
