package io.tamis.catalog.load;

import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A long text as sealed chunks, for writing and reading in bounded memory: {@code (length[4] || sealed)*}, where the top
 * bit of the last chunk's length is set. The aad of a chunk is {@code "tamis-chunk-v1" || last[1] || index[8] || scope}, so that chunks cannot be dropped, repeated, moved to
 * another stream, or the stream cut (the STREAM idea of Hoang, Reyhanitabar, Rogaway, Vizár 2015).
 *
 * <p>Keys: at most 2^32 chunks under one key (random nonces, see {@link Sealing}); at 32 KiB a chunk that is 128 TiB.
 */
public final class SealedStream {
    /** Most bytes of text in a chunk. */
    public static final int CHUNK_BYTES = 32 * 1024;

    private static final int LAST = 1 << 31;
    private static final byte[] DOMAIN = "tamis-chunk-v1".getBytes(StandardCharsets.UTF_8);

    private SealedStream() {}

    /** A stream that seals what is written to it; {@link OutputStream#close} writes the last chunk. */
    public static OutputStream sealing(OutputStream out, SecretBytes key, String scope, RandomSource random) {
        return new Out(new DataOutputStream(out), key, scope, random);
    }

    /** A stream of what was sealed; an {@code INTERNAL} when it is not whole and authentic. */
    public static InputStream opening(InputStream in, SecretBytes key, String scope) {
        return new In(new DataInputStream(in), key, scope);
    }

    /** Opens one chunk of a stream by its number; whoever asks knows the stream's length, and so which chunk is the last. */
    static byte[] chunk(byte[] sealed, SecretBytes key, String scope, long index, boolean last) {
        return Sealing.open(key, aad(scope, index, last), sealed);
    }

    private static byte[] aad(String scope, long index, boolean last) {
        byte[] place = scope.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(DOMAIN.length + 1 + Long.BYTES + place.length)
                .put(DOMAIN)
                .put((byte) (last ? 1 : 0))
                .putLong(index)
                .put(place)
                .array();
    }

    private static final class Out extends OutputStream {
        private final DataOutputStream out;
        private final SecretBytes key;
        private final String scope;
        private final RandomSource random;
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private int used;
        private long index;
        private boolean closed;

        Out(DataOutputStream out, SecretBytes key, String scope, RandomSource random) {
            this.out = out;
            this.key = key;
            this.scope = scope;
            this.random = random;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int done = 0; done < length; ) {
                if (used == CHUNK_BYTES) {
                    flushChunk(false);
                }
                int part = Math.min(CHUNK_BYTES - used, length - done);
                System.arraycopy(bytes, from + done, chunk, used, part);
                used += part;
                done += part;
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                flushChunk(true);
                out.close();
            }
        }

        private void flushChunk(boolean last) throws IOException {
            byte[] sealed = Sealing.seal(key, aad(scope, index++, last), Arrays.copyOf(chunk, used), random);
            out.writeInt(last ? sealed.length | LAST : sealed.length);
            out.write(sealed);
            used = 0;
        }
    }

    private static final class In extends InputStream {
        private final DataInputStream in;
        private final SecretBytes key;
        private final String scope;
        private byte[] chunk = new byte[0];
        private int used;
        private long index;
        private boolean last;

        In(DataInputStream in, SecretBytes key, String scope) {
            this.in = in;
            this.key = key;
            this.scope = scope;
        }

        @Override
        public int read() throws IOException {
            return fill() ? chunk[used++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int part = Math.min(length, chunk.length - used);
            System.arraycopy(chunk, used, bytes, from, part);
            used += part;
            return part;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        /** True when there is at least one byte to hand out. */
        private boolean fill() throws IOException {
            while (used == chunk.length && !last) {
                byte[] sealed = next();
                chunk = Sealing.open(key, aad(scope, index++, last), sealed);
                used = 0;
            }
            return used < chunk.length;
        }

        private byte[] next() throws IOException {
            try {
                int marked = in.readInt();
                last = marked < 0;
                int length = marked & ~LAST;
                if (length < Sealing.OVERHEAD_BYTES || length > CHUNK_BYTES + Sealing.OVERHEAD_BYTES) {
                    throw new LoadException(Code.INTERNAL);
                }
                byte[] sealed = in.readNBytes(length);
                if (sealed.length != length) {
                    throw new LoadException(Code.INTERNAL);
                }
                return sealed;
            } catch (EOFException cut) {
                throw new LoadException(Code.INTERNAL, cut);
            }
        }
    }
}
