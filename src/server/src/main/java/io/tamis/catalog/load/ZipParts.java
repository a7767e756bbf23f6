package io.tamis.catalog.load;

import io.tamis.data.Code;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a zip of part files as a stream, in the order in which they were sent, without a file of its own. Strict: plain
 * names of one kind, no folders, no name twice, no zip within; what is unpacked counts against the same limit as
 * what is sent, so that a bomb is one more upload that is too large.
 *
 * <p>A zip says twice what it holds. Only what stands before each part is read, so nothing can be shown to us and hidden from
 * another reader; the count at its end must agree, or a zip cut between two parts would be a smaller version.
 */
final class ZipParts {
    static final int PARTS_MAX = 10_000;

    /** Longest name of a part in UTF-16 units; names are looked at, never kept or shown. */
    static final int NAME_CHARS_MAX = 255;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Limit limit;
    private final Reader reader;
    private final Set<String> names = new HashSet<>();
    private Optional<UploadKind> kind = Optional.empty();

    /** Takes the parts. */
    interface Reader {
        /** Reads all of the part at this position, from 1. */
        void part(int part, UploadKind kind, InputStream bytes) throws IOException;
    }

    private ZipParts(long bytesMax, Reader reader) {
        this.limit = new Limit(bytesMax);
        this.reader = reader;
    }

    /** Hands every part to {@code reader}; INVALID_REQUEST when the zip is none of ours, TOO_LARGE beyond a limit. */
    static void read(InputStream zip, long bytesMax, Reader reader) throws IOException {
        new ZipParts(bytesMax, reader).read(zip);
    }

    private void read(InputStream bytes) throws IOException {
        var end = new End(new BufferedInputStream(bytes, BUFFER_BYTES));
        int part = 0;
        // Not closed: the rest of the upload must still be read, and the connection is the framework's.
        @SuppressWarnings("resource")
        var zip = new ZipInputStream(end, StandardCharsets.UTF_8);
        for (var entry = next(zip, part); entry.isPresent(); entry = next(zip, part)) {
            if (part == PARTS_MAX) {
                throw new LoadException(Code.TOO_LARGE);
            }
            part++;
            reader.part(part, kind(entry.get(), part), new Part(zip, part, limit));
        }
        end.transferTo(OutputStream.nullOutputStream());
        if (part == 0 || !end.tellsOf(part)) {
            throw LoadException.malformed(0);
        }
    }

    private UploadKind kind(ZipEntry entry, int part) {
        String name = entry.getName();
        boolean plain = name.length() <= NAME_CHARS_MAX && name.indexOf('/') < 0 && name.indexOf('\\') < 0;
        var told = plain && names.add(name) ? UploadKind.ofPart(name) : Optional.<UploadKind>empty();
        // One table exported in two forms would be every row twice.
        if (told.isEmpty() || (kind.isPresent() && !kind.equals(told))) {
            throw LoadException.malformed(part);
        }
        kind = told;
        return told.get();
    }

    private static Optional<ZipEntry> next(ZipInputStream zip, int part) throws IOException {
        try {
            return Optional.ofNullable(zip.getNextEntry());
        } catch (ZipException | java.io.EOFException | IllegalArgumentException damaged) {
            // Its words may hold a name.
            throw LoadException.malformed(part);
        }
    }

    /** What may still be unpacked, over all parts. */
    private static final class Limit {
        private long left;

        Limit(long left) {
            this.left = left;
        }

        void take(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new LoadException(Code.TOO_LARGE);
            }
        }
    }

    /** The bytes of one part; damage is the zip's, and closing it closes nothing. */
    private static final class Part extends FilterInputStream {
        private final int part;
        private final Limit limit;

        Part(InputStream in, int part, Limit limit) {
            super(in);
            this.part = part;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read;
            try {
                read = in.read(bytes, from, length);
            } catch (ZipException | java.io.EOFException damaged) {
                throw LoadException.malformed(part);
            }
            limit.take(Math.max(read, 0));
            return read;
        }

        @Override
        public void close() {}
    }

    /** Keeps the last bytes of the zip: its end record (PKWARE APPNOTE 4.3.16), without a comment. */
    private static final class End extends FilterInputStream {
        private static final int BYTES = 22;
        private static final int SIGNATURE = 0x06054b50;
        private static final int ENTRIES_AT = 10;
        private static final int SIZE_AT = 12;
        private static final int OFFSET_AT = 16;
        private static final int COMMENT_AT = 20;

        /** Marks a number that stands in a ZIP64 record instead. */
        private static final long ELSEWHERE = 0xffff_ffffL;

        private final byte[] last = new byte[BYTES];
        private long count;

        End(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            if (read > 0) {
                int kept = Math.min(read, BYTES);
                System.arraycopy(last, kept, last, 0, BYTES - kept);
                System.arraycopy(bytes, from + read - kept, last, BYTES - kept, kept);
                count += read;
            }
            return read;
        }

        /** True when the zip ends in a record of so many parts that stands where it says. */
        boolean tellsOf(int parts) {
            var end = ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN);
            long size = end.getInt(SIZE_AT) & ELSEWHERE;
            long offset = end.getInt(OFFSET_AT) & ELSEWHERE;
            return count >= BYTES
                    && end.getInt(0) == SIGNATURE
                    && (end.getShort(ENTRIES_AT) & 0xffff) == parts
                    && end.getShort(COMMENT_AT) == 0
                    && (offset == ELSEWHERE || offset + size + BYTES == count);
        }
    }
}
