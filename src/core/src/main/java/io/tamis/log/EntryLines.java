package io.tamis.log;

import io.tamis.data.Hash;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads {@code entries.jsonl} a line at a time, within a limit, and digests what it reads. */
final class EntryLines implements AutoCloseable {
    private final MessageDigest digest = Hash.newSha256();
    private final InputStream in;

    EntryLines(Path file) throws IOException {
        in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), digest);
    }

    /** The next line without its newline; empty at the end. A line too long or without a newline is refused. */
    Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream(1024);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 && line.size() == 0) {
                return Optional.empty();
            }
            if (b < 0 || line.size() == ExportEntry.LINE_BYTES_MAX) {
                throw LogException.malformed();
            }
            line.write(b);
        }
        return Optional.of(line.toByteArray());
    }

    /** The digest of the whole file, once {@link #next} has come to its end. */
    Hash digest() {
        return Hash.of(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
