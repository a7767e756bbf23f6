package io.tamis.cli.holder;

import io.tamis.cli.client.OwnerOnly;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Downloads kept by the hash that names them, within a bound of bytes; what was used longest ago goes first. Nothing in it is
 * secret or needed: whoever reads hashes it again, and what is damaged is downloaded again. Not forced to disk.
 */
final class ContentCache {
    /** Usual bound: the ciphertexts of 10 million persons and some masks. */
    static final long BYTES_DEFAULT = 1L << 30;

    private static final String SUFFIX = ".new";

    private final Path folder;
    private final long bytesMax;
    private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** The cache in this folder, made when it is not there. */
    ContentCache(Path folder, long bytesMax) {
        this.folder = folder;
        this.bytesMax = bytesMax;
        try {
            OwnerOnly.folder(folder);
            try (Stream<Path> found = Files.list(folder)) {
                found.sorted(Comparator.comparing(ContentCache::used)).forEach(this::known);
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw new StoreException(Code.INTERNAL, unreadable);
        }
        shrink();
    }

    /** The octets kept under this name; the reader hashes them. */
    synchronized Optional<byte[]> find(Hash hash) {
        if (sizes.get(hash.hex()) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(hash.hex())));
        } catch (IOException gone) {
            forget(hash);
            return Optional.empty();
        }
    }

    /** Keeps octets under a name; too large ones are not kept. */
    synchronized void put(Hash hash, byte[] octets) {
        if (octets.length > bytesMax) {
            return;
        }
        Path file = folder.resolve(hash.hex());
        try {
            Path fresh = file.resolveSibling(hash.hex() + SUFFIX);
            try (var out = OwnerOnly.file(fresh)) {
                out.write(octets);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            throw new StoreException(Code.INTERNAL, full);
        }
        forgetSize(hash.hex());
        sizes.put(hash.hex(), (long) octets.length);
        bytes += octets.length;
        shrink();
    }

    /** Takes what is damaged away. */
    synchronized void forget(Hash hash) {
        forgetSize(hash.hex());
        delete(hash.hex());
    }

    /** Bytes kept now. */
    synchronized long bytes() {
        return bytes;
    }

    private void known(Path file) {
        try {
            String name = file.getFileName().toString();
            if (name.matches("[0-9a-f]{64}")) {
                sizes.put(name, Files.size(file));
                bytes += Files.size(file);
            } else if (name.endsWith(SUFFIX)) {
                Files.delete(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void shrink() {
        var oldest = sizes.entrySet().iterator();
        while (bytes > bytesMax && oldest.hasNext()) {
            var entry = oldest.next();
            bytes -= entry.getValue();
            delete(entry.getKey());
            oldest.remove();
        }
    }

    private void forgetSize(String name) {
        Long size = sizes.remove(name);
        bytes -= size == null ? 0 : size;
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException unwritable) {
            throw new StoreException(Code.INTERNAL, unwritable);
        }
    }

    private static FileTime used(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
