package io.tamis.catalog.load;

import io.tamis.catalog.parquet.ParquetSource;
import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An upload that must be read in another order than it comes in, on disk and sealed: identifiers stand in it in clear. The
 * key only lives in this process, so what a crash leaves behind cannot be read by anyone, before or after it is swept.
 * The chunks are those of {@link SealedStream}, all of one size but the last, so that any of them can be found.
 */
final class SealedSpool implements ParquetSource, AutoCloseable {
    /** Opened chunks that are kept: each column of a row group is read at a place of its own. */
    static final int KEPT_MAX = 256;

    private static final int CHUNK_BYTES = SealedStream.CHUNK_BYTES;
    private static final int RECORD_BYTES = Integer.BYTES + Sealing.OVERHEAD_BYTES + CHUNK_BYTES;

    private final Path file;
    private final SecretBytes key;
    private final String scope;
    private final long length;
    private final FileChannel channel;
    private final Map<Long, byte[]> kept = new LinkedHashMap<>(KEPT_MAX, 0.75f, true);

    private SealedSpool(Path file, SecretBytes key, long length) throws IOException {
        this.file = file;
        this.key = key;
        this.scope = scope(file);
        this.length = length;
        this.channel = FileChannel.open(file);
    }

    /** Writes all bytes to this new file, which closing the spool deletes. */
    static SealedSpool of(InputStream bytes, Path file, SecretBytes key, RandomSource random) throws IOException {
        long length;
        try (OutputStream out = SealedStream.sealing(Files.newOutputStream(file), key, scope(file), random)) {
            length = bytes.transferTo(out);
        }
        return new SealedSpool(file, key, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long offset, byte[] into, int count) throws IOException {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new LoadException(Code.INTERNAL);
        }
        for (int done = 0; done < count; ) {
            long at = offset + done;
            byte[] chunk = chunk(at / CHUNK_BYTES);
            int from = (int) (at % CHUNK_BYTES);
            int part = Math.min(count - done, chunk.length - from);
            System.arraycopy(chunk, from, into, done, part);
            done += part;
        }
    }

    @Override
    public void close() throws IOException {
        kept.clear();
        channel.close();
        Files.deleteIfExists(file);
    }

    private byte[] chunk(long index) throws IOException {
        byte[] known = kept.get(index);
        if (known != null) {
            return known;
        }
        // The last chunk has what is left, which is never nothing unless the stream is empty.
        long last = Math.max(0, (length - 1) / CHUNK_BYTES);
        int size = (int) Math.min(CHUNK_BYTES, length - index * CHUNK_BYTES);
        var sealed = ByteBuffer.allocate(size + Sealing.OVERHEAD_BYTES);
        for (long at = index * RECORD_BYTES + Integer.BYTES; sealed.hasRemaining(); ) {
            int read = channel.read(sealed, at);
            if (read < 0) {
                throw new LoadException(Code.INTERNAL);
            }
            at += read;
        }
        byte[] opened = SealedStream.chunk(sealed.array(), key, scope, index, index == last);
        if (kept.size() == KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(index, opened);
        return opened;
    }

    private static String scope(Path file) {
        return "spool/" + file;
    }
}
