package io.tamis.catalog.load;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Reads the records that {@link BucketWriter} wrote: a person's identifier is given out, a row's other texts are skipped.
 * Persons come numbered without a gap, as the scan file has them; anything else is not what was imported, INTERNAL.
 */
final class SidecarReader implements UnitReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Unicode's compatibility forms make at most 18 characters of one, each of at most 3 bytes. */
    private static final int TEXT_BYTES_MAX = 18 * 3 * CsvRows.FIELD_CHARS_MAX;

    private final InputStream text;
    private final BucketFile file;
    private final int rowTexts;
    private final Predicate<byte[]> isTheManifests;
    private final MessageDigest digest = Hash.newSha256();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private long unit;
    private byte[] identifier = new byte[64];
    private int length;

    /**
     * A reader of the sidecar of this bucket.
     *
     * @param rowTexts how many texts a row has besides the identifier
     * @param isTheManifests true for the SHA-256 of the text that the manifest names
     */
    SidecarReader(InputStream text, BucketFile file, int rowTexts, Predicate<byte[]> isTheManifests) {
        this.text = text;
        this.file = file;
        this.rowTexts = rowTexts;
        this.isTheManifests = isTheManifests;
        this.unit = file.firstUnit() - 1;
    }

    @Override
    public boolean next() throws IOException {
        while (more()) {
            switch (buffer[at++]) {
                case 1 -> {
                    person();
                    return true;
                }
                case 2 -> {
                    for (int i = 0; i < rowTexts; i++) {
                        skip(Math.max(readInt(), 0));
                    }
                }
                default -> throw damaged();
            }
        }
        if (unit != file.lastUnit() || !isTheManifests.test(digest.digest())) {
            throw damaged();
        }
        return false;
    }

    @Override
    public long unitNo() {
        return unit;
    }

    @Override
    public byte[] identifier() {
        return identifier;
    }

    @Override
    public int identifierLength() {
        return length;
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(buffer, (byte) 0);
        Arrays.fill(identifier, (byte) 0);
        text.close();
    }

    private void person() throws IOException {
        have(Long.BYTES);
        long number = (long) LONGS.get(buffer, at);
        at += Long.BYTES;
        length = readInt();
        if (number != unit + 1 || number > file.lastUnit() || length < 1 || length > TEXT_BYTES_MAX) {
            throw damaged();
        }
        unit = number;
        if (length > identifier.length) {
            identifier = new byte[length];
        }
        for (int done = 0; done < length; ) {
            have(1);
            int part = Math.min(length - done, end - at);
            System.arraycopy(buffer, at, identifier, done, part);
            at += part;
            done += part;
        }
    }

    private int readInt() throws IOException {
        have(Integer.BYTES);
        int value = (int) INTS.get(buffer, at);
        at += Integer.BYTES;
        return value;
    }

    private void skip(int bytes) throws IOException {
        for (int left = bytes; left > 0; ) {
            have(1);
            int part = Math.min(left, end - at);
            at += part;
            left -= part;
        }
    }

    private void have(int bytes) throws IOException {
        while (end - at < bytes) {
            if (!fill()) {
                throw damaged();
            }
        }
    }

    private boolean more() throws IOException {
        return at < end || fill();
    }

    /** Moves what is left to the front and reads on behind it. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        int read = text.read(buffer, end, BUFFER_BYTES - end);
        if (read < 0) {
            return false;
        }
        digest.update(buffer, end, read);
        end += read;
        return true;
    }

    private static LoadException damaged() {
        return new LoadException(Code.INTERNAL);
    }
}
