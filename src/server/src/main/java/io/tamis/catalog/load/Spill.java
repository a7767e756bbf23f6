package io.tamis.catalog.load;

import io.tamis.crypto.SecretBytes;
import io.tamis.data.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rows on their way from the order of the file to the order of persons: one pass deals them to 64 files by six bits of
 * the person's key, so that each file can be ordered in memory. A file still too large is dealt again by the next six
 * bits. Memory is 64 chunks, whatever the size of the upload.
 *
 * <p>Rows hold identifiers in clear, so the files are sealed under a key that only lives in this process: what a crash
 * leaves behind cannot be read by anyone, before or after it is swept.
 */
public final class Spill implements AutoCloseable {
    public static final int PARTS = 64;
    public static final int PART_BITS = 6;

    private final Path folder;
    private final SecretBytes key;
    private final RandomSource random;
    private final int depth;
    private final OutputStream[] parts = new OutputStream[PARTS];
    private final long[] rows = new long[PARTS];
    private final long[] bytes = new long[PARTS];

    private Spill(Path folder, SecretBytes key, RandomSource random, int depth) throws IOException {
        this.folder = Files.createDirectory(folder);
        this.key = key;
        this.random = random;
        this.depth = depth;
    }

    /** A spill in a new folder inside {@code parent}; its parts are the buckets. */
    public static Spill create(Path parent, SecretBytes key, RandomSource random) throws IOException {
        return new Spill(parent.resolve("spill"), key, random, 0);
    }

    /** A spill for the rows of one part, dealt by the next six bits. */
    public Spill finer(int part) throws IOException {
        return new Spill(folder.resolve("finer-%02d".formatted(part)), key, random, depth + 1);
    }

    /** Adds a row of the person whose key begins with {@code high}. */
    public void add(long high, byte[] row, int length) throws IOException {
        int part = (int) (high >>> (Long.SIZE - PART_BITS * (depth + 1))) & (PARTS - 1);
        if (parts[part] == null) {
            parts[part] = SealedStream.sealing(Files.newOutputStream(file(part)), key, scope(part), random);
        }
        parts[part].write(row, 0, length);
        rows[part]++;
        bytes[part] += length;
    }

    /** Ends the writing. */
    public void finish() throws IOException {
        for (var part : parts) {
            if (part != null) {
                part.close();
            }
        }
    }

    public long rows(int part) {
        return rows[part];
    }

    public long bytes(int part) {
        return bytes[part];
    }

    /** How many times its rows had been dealt before. */
    public int depth() {
        return depth;
    }

    /** The rows of one part, in the order in which they were added. */
    public InputStream open(int part) throws IOException {
        return SealedStream.opening(Files.newInputStream(file(part)), key, scope(part));
    }

    /** Frees the disk a part takes. */
    public void delete(int part) throws IOException {
        Files.deleteIfExists(file(part));
    }

    /** Closes what {@link #finish} has not; the folder is the caller's to delete. */
    @Override
    public void close() throws IOException {
        finish();
    }

    private Path file(int part) {
        return folder.resolve("spill-%02d".formatted(part));
    }

    private String scope(int part) {
        return "spill/" + folder + "/" + part;
    }
}
