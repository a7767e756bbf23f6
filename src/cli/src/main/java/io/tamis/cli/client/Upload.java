package io.tamis.cli.client;

import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A file, or a directory of part files, on its way to a dataset version. Two passes: the digest travels in the header before
 * the body (RFC 9530), so that the service can refuse a body that changed on the way, and a file that changes between the
 * passes.
 */
public final class Upload {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final Payload payload;
    private final Shell shell;
    private final long size;
    private final Hash digest;

    private Upload(Path path, Payload payload, Shell shell, long size, Hash digest) {
        this.path = path;
        this.payload = payload;
        this.shell = shell;
        this.size = size;
        this.digest = digest;
    }

    /** Wrong usage, with the file named, when the path holds nothing that can be loaded; reads no file's content. */
    public static void check(Path path) {
        try {
            Payload.of(path, Withheld.NONE);
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + path);
        }
    }

    /** The first pass: reads the file, or all files of the directory, once. */
    public static Upload hashed(Path path, Shell shell) {
        return hashed(path, Withheld.NONE, shell);
    }

    /** The first pass over what may be sent: of CSV files nothing of the columns that are withheld. */
    public static Upload hashed(Path path, Withheld withheld, Shell shell) {
        try {
            var payload = Payload.of(path, withheld);
            var progress = new Progress(shell, "hashing", payload.fileBytes());
            var sha256 = Hash.newSha256();
            long size = 0;
            try (var in = new CountingStream(payload.open(), progress::at)) {
                var buffer = new byte[BUFFER_BYTES];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    sha256.update(buffer, 0, read);
                    size += read;
                }
            }
            progress.clear();
            return new Upload(path, payload, shell, size, Hash.of(sha256.digest()));
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + path);
        }
    }

    /** The second pass: sends it as this version and returns what the service says. */
    public Answer send(ApiClient client, DatasetId dataset, int version) {
        var progress = new Progress(shell, "loading", size);
        var body = size == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(progress::at)), size);
        var answer = client.put(
                "/v1/datasets/" + dataset + "/versions/" + version,
                body,
                Map.of(
                        "Content-Type",
                        payload.mediaType(),
                        "Content-Digest",
                        "sha-256=:" + Base64.getEncoder().encodeToString(digest.bytes()) + ":"));
        progress.end();
        return answer;
    }

    /** The file that a refusal is about, when the upload has parts. */
    public Optional<Path> blamed(Problem problem) {
        String part = JsonView.of(problem.body()).at("part").text();
        return part.matches("[0-9]{1,5}") ? payload.part(Integer.parseInt(part)) : Optional.empty();
    }

    private InputStream open(LongConsumer passed) {
        try {
            return new CountingStream(payload.open(), passed);
        } catch (IOException gone) {
            throw ClientException.usage("cannot read " + path);
        }
    }

    /** Tells how many bytes have passed. */
    private static final class CountingStream extends FilterInputStream {
        private final LongConsumer passed;
        private long count;

        CountingStream(InputStream in, LongConsumer passed) {
            super(in);
            this.passed = passed;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) {
            if (bytes > 0) {
                count += bytes;
                passed.accept(count);
            }
        }
    }
}
