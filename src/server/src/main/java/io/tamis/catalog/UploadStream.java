package io.tamis.catalog;

import io.tamis.catalog.load.UploadKind;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an upload on its way in: counted against the limits, and digested as it passes. A sender slower than
 * {@link #TIME_MAX} is cut off, since it holds one of the few places for imports. Closing it does nothing: the
 * rest of the body must still be read, and the connection is the framework's.
 */
final class UploadStream extends FilterInputStream {
    /** RFC 9530: a dictionary of digests, of which we read sha-256. */
    private static final Pattern SHA_256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/]{43}=):\\s*(?:$|,)");

    private static final int HEADER_CHARS_MAX = 1_024;
    private static final int BUFFER_BYTES = 16 * 1024;

    /** 32 GiB at 40 Mbit/s. */
    static final Duration TIME_MAX = Duration.ofHours(2);

    private final MessageDigest digest = Hash.newSha256();
    private final InstantSource clock;
    private final Instant end;
    private final UploadKind kind;
    private final long bytesMax;
    private long left;

    /** The body of a CSV upload. */
    UploadStream(InputStream in, long bytesMax, InstantSource clock) {
        this(in, UploadKind.CSV, bytesMax, clock);
    }

    UploadStream(InputStream in, UploadKind kind, long bytesMax, InstantSource clock) {
        super(in);
        this.kind = kind;
        this.bytesMax = bytesMax;
        this.left = bytesMax;
        this.clock = clock;
        this.end = clock.instant().plus(TIME_MAX);
    }

    /** The digest a {@code Content-Digest} header names; INVALID_REQUEST when it names none we know. */
    static Hash named(String header) {
        if (header.length() <= HEADER_CHARS_MAX) {
            Matcher matcher = SHA_256.matcher(header);
            if (matcher.find()) {
                return Hash.of(Base64.getDecoder().decode(matcher.group(1)));
            }
        }
        throw new CatalogException(Code.INVALID_REQUEST);
    }

    /** What its sender says it is. */
    UploadKind kind() {
        return kind;
    }

    /** How many bytes it may have, sent and unpacked. */
    long bytesMax() {
        return bytesMax;
    }

    /** Reads what is left, at most so many bytes, so that the sender is not cut off at once. */
    void drain(long bytesMax) throws IOException {
        var ignored = new byte[BUFFER_BYTES];
        int read = 0;
        for (long rest = bytesMax; read >= 0 && rest > 0; rest -= read) {
            read = read(ignored, 0, (int) Math.min(rest, ignored.length));
        }
    }

    /** The digest of the whole body; what is left of it is read. */
    Hash digest() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return Hash.of(digest.digest());
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = receive(bytes, from, length);
        if (read > 0) {
            left -= read;
            if (left < 0 || clock.instant().isAfter(end)) {
                throw new CatalogException(Code.TOO_LARGE);
            }
            digest.update(bytes, from, read);
        }
        return read;
    }

    @Override
    public void close() {}

    /** A sender that stops in the middle has not sent what was announced; a full disk of ours looks different. */
    private int receive(byte[] bytes, int from, int length) {
        try {
            return in.read(bytes, from, length);
        } catch (IOException cut) {
            throw new CatalogException(Code.INVALID_REQUEST, cut);
        }
    }
}
