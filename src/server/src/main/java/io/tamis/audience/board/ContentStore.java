package io.tamis.audience.board;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files named by the SHA-256 of what is in them: {@code <root>/<first two digits>/<64 digits>}, readable by this account
 * alone. What is here under a name never changes.
 *
 * <p>Crash story. A file is written beside its place under {@code .incoming-*}, forced to disk, renamed, and its folder
 * forced, all before the transaction with its row commits: after a crash there may be files without rows, never rows
 * without files. {@link #sweep} deletes what was being written; whole files without a row are counted and left, as this
 * may not be their database, but an empty or an older one. Who sends the same bytes again finds the file in place.
 */
public final class ContentStore {
    private static final String INCOMING = ".incoming-";
    private static final int FOLDER_DIGITS = 2;
    private static final int FOLDERS_MAX = 256;
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path root;

    /** Files below this folder; it need not exist yet. */
    public ContentStore(Path root) {
        this.root = root;
    }

    /** A whole, durable file that has no name yet; closing it unpublished deletes it. */
    public final class Incoming implements AutoCloseable {
        private final Path file;
        private final Hash hash;
        private final int bytes;

        private Incoming(Path file, Hash hash, int bytes) {
            this.file = file;
            this.hash = hash;
            this.bytes = bytes;
        }

        /** SHA-256 of its content. */
        public Hash hash() {
            return hash;
        }

        /** Its length. */
        public int bytes() {
            return bytes;
        }

        /** Gives it its name, durably. To be called within the transaction of its row, before that commits. */
        public void publish() {
            try {
                Path place = place(hash);
                Files.createDirectories(place.getParent());
                Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
                force(place.getParent());
                force(root);
            } catch (IOException unwritable) {
                throw new BoardException(Code.INTERNAL, unwritable);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                // The next start sweeps it.
                return;
            }
        }
    }

    /**
     * Writes a body of at most so many bytes, durably; TOO_LARGE when it is longer, INVALID_REQUEST when it breaks off,
     * DIGEST_MISMATCH when its SHA-256 is not the expected one.
     */
    public Incoming receive(InputStream body, Hash expected, int bytesMax) {
        Path file = temporary();
        try {
            int length = write(file, body, expected, bytesMax);
            return new Incoming(file, expected, length);
        } catch (RuntimeException refused) {
            delete(file);
            throw refused;
        }
    }

    /** Writes these bytes, durably. */
    public Incoming receive(byte[] content) {
        return receive(new java.io.ByteArrayInputStream(content), Hash.sha256(content), content.length);
    }

    /** The content of this name, read whole and hashed again; empty when it is not there; INTERNAL when it is another. */
    public Optional<byte[]> read(Hash hash) {
        try {
            byte[] content = Files.readAllBytes(place(hash));
            if (!Hash.sha256(content).equals(hash)) {
                throw new BoardException(Code.INTERNAL);
            }
            return Optional.of(content);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new BoardException(Code.INTERNAL, unreadable);
        }
    }

    /** A part of the content of this name, not hashed; empty when the file is absent or shorter. */
    public Optional<byte[]> read(Hash hash, long from, int length) {
        var part = ByteBuffer.allocate(length);
        try (var channel = FileChannel.open(place(hash), StandardOpenOption.READ)) {
            while (part.hasRemaining()) {
                if (channel.read(part, from + part.position()) < 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(part.array());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new BoardException(Code.INTERNAL, unreadable);
        }
    }

    /** True when a file has this name. */
    public boolean has(Hash hash) {
        return Files.exists(place(hash));
    }

    /**
     * Deletes what was being written when the process ended, and counts whole files that no row knows.
     *
     * @param known those of a folder's names that have rows
     */
    public long sweep(Function<Set<Hash>, Set<Hash>> known) {
        try {
            Files.createDirectories(root);
            long unknown = 0;
            List<Path> folders = list(root);
            for (Path entry : folders) {
                if (entry.getFileName().toString().startsWith(INCOMING)) {
                    delete(entry);
                }
            }
            for (Path folder : folders.stream().limit(FOLDERS_MAX).toList()) {
                Set<Hash> names = Files.isDirectory(folder) ? names(folder) : Set.of();
                if (!names.isEmpty()) {
                    unknown += names.size() - known.apply(names).size();
                }
            }
            return unknown;
        } catch (IOException unusable) {
            throw new BoardException(Code.INTERNAL, unusable);
        }
    }

    private Path place(Hash hash) {
        String name = hash.hex();
        return root.resolve(name.substring(0, FOLDER_DIGITS)).resolve(name);
    }

    private Path temporary() {
        try {
            Files.createDirectories(root);
            return Files.createTempFile(
                    root,
                    INCOMING,
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException unwritable) {
            throw new BoardException(Code.INTERNAL, unwritable);
        }
    }

    private static int write(Path file, InputStream body, Hash expected, int bytesMax) {
        MessageDigest digest = Hash.newSha256();
        int length = 0;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = receive(body, buffer); read >= 0; read = receive(body, buffer)) {
                length += read;
                if (length > bytesMax) {
                    throw new BoardException(Code.TOO_LARGE);
                }
                digest.update(buffer, 0, read);
                var chunk = ByteBuffer.wrap(buffer, 0, read);
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            if (!Hash.of(digest.digest()).equals(expected)) {
                throw new BoardException(Code.DIGEST_MISMATCH);
            }
            channel.force(true);
            return length;
        } catch (IOException unwritable) {
            throw new BoardException(Code.INTERNAL, unwritable);
        }
    }

    /** A sender that breaks off has not sent what it announced; a full disk of ours looks different. */
    private static int receive(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException brokenOff) {
            throw new BoardException(Code.INVALID_REQUEST, brokenOff);
        }
    }

    private static Set<Hash> names(Path folder) throws IOException {
        return list(folder).stream()
                .map(file -> file.getFileName().toString())
                .flatMap(name -> parse(name).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Hash> parse(String name) {
        try {
            return Optional.of(Hash.parse(name));
        } catch (DataException notOurs) {
            return Optional.empty();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new BoardException(Code.INTERNAL, stays);
        }
    }

    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
