package io.tamis.cli.audit;

import io.tamis.cli.client.OwnerOnly;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An auditor's state in one file: a line with where he left off, then the facts, a line each, all compressed. It is replaced
 * as a whole, after an audit that found nothing wrong, by a rename: a crash leaves the old one. Believed when read, so it is
 * kept where the log's operator does not write; damage is found by its digest, forgery is not.
 */
final class StateFile {
    private static final int HEADER_BYTES_MAX = 1 << 18;

    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    static DataException damaged() {
        return new DataException(Code.DIGEST_MISMATCH);
    }

    /** Where the last audit left off; empty when there is no file. */
    Optional<SavedState> read() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (InputStream in = open()) {
            return Optional.of(header(in));
        }
    }

    /** Hands over the facts in order; {@link #damaged}, before the first, when they are not those the header counts. */
    void facts(SavedState state, Consumer<Fact> reader) throws IOException {
        MessageDigest digest = Hash.newSha256();
        lines(state, digest::update);
        if (!Hash.of(digest.digest()).equals(state.facts().digest())) {
            throw damaged();
        }
        lines(state, line -> reader.accept(Fact.fromJson(Json.parse(line))));
    }

    private void lines(SavedState state, Consumer<byte[]> reader) throws IOException {
        try (InputStream in = open()) {
            header(in);
            for (long i = 0; i < state.facts().count(); i++) {
                reader.accept(line(in, Fact.LINE_BYTES_MAX));
            }
            if (in.read() >= 0) {
                throw damaged();
            }
        }
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16), 1 << 16);
    }

    private static SavedState header(InputStream in) throws IOException {
        try {
            return SavedState.fromJson(Json.parse(line(in, HEADER_BYTES_MAX)));
        } catch (TamisException malformed) {
            throw damaged();
        }
    }

    private static byte[] line(InputStream in, int bytesMax) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() == bytesMax) {
                throw damaged();
            }
            line.write(b);
        }
        return line.toByteArray();
    }

    /** Collects the facts of an audit beside the file, to become it at the end. */
    Writer writer() throws IOException {
        return new Writer();
    }

    /** One audit's facts. Closed without {@link #commit} it leaves the file as it was. */
    final class Writer implements AutoCloseable {
        private final Path beside = file.resolveSibling(file.getFileName() + ".facts");
        private final MessageDigest digest = Hash.newSha256();
        private final OutputStream out;
        private long count;

        private Writer() throws IOException {
            out = new BufferedOutputStream(new GZIPOutputStream(OwnerOnly.file(beside), 1 << 16), 1 << 16);
        }

        void add(Fact fact) throws IOException {
            byte[] line = fact.toJson().canonicalBytes();
            digest.update(line);
            out.write(line);
            out.write('\n');
            count++;
        }

        /** What was added. */
        SavedState.Facts facts() {
            return new SavedState.Facts(count, Hash.of(digest.digest()));
        }

        /** Replaces the file. Streams of gzip may follow one another (RFC 1952 section 2.2): header, then facts. */
        void commit(SavedState state) throws IOException {
            out.close();
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try (OutputStream whole = OwnerOnly.file(fresh)) {
                var header = new GZIPOutputStream(whole);
                header.write(state.toJson().canonicalBytes());
                header.write('\n');
                header.finish();
                Files.copy(beside, whole);
            }
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(beside);
        }
    }
}
