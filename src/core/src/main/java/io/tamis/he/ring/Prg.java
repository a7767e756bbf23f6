package io.tamis.he.ring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The stream a polynomial is drawn from: AES-256-CTR (NIST SP 800-38A, 6.5) with zero IV under the key SHA-256(name,
 * seed, index), each part after its length (u32 big-endian), the index as u64 big-endian; words are little-endian.
 *
 * <p>Assumption: AES-256 is a pseudorandom permutation. The key is fresh for each polynomial, hence the zero IV.
 */
final class Prg implements AutoCloseable {
    /** Small enough that the cipher is called, and hence compiled, often. */
    private static final int CHUNK = 1 << 12;

    /** Never written. */
    private static final byte[] ZEROS = new byte[CHUNK];

    private final Cipher cipher;
    private final byte[] stream = new byte[CHUNK];

    /**
     * @param name the polynomial's, ASCII
     * @param index the prime's, or 0 for a small polynomial
     */
    Prg(String name, Seed seed, int index) {
        byte[] secret = seed.reveal();
        byte[] label = name.getBytes(US_ASCII);
        byte[] key = Hash.sha256(u32(label.length), label, u32(secret.length), secret, u32(Long.BYTES), u64(index))
                .bytes();
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-256-CTR", impossible);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * The next words of the stream, as many as the array holds. Whole arrays, because a loop that asks for one word at a
     * time and refills on the way is compiled well on some runs only.
     */
    void fill(long[] words) {
        for (int done = 0; done < words.length; ) {
            int count = Math.min(CHUNK / Long.BYTES, words.length - done);
            next(count * Long.BYTES).asLongBuffer().get(words, done, count);
            done += count;
        }
    }

    /** The same by words of 32 bits. */
    void fill(int[] words) {
        for (int done = 0; done < words.length; ) {
            int count = Math.min(CHUNK / Integer.BYTES, words.length - done);
            next(count * Integer.BYTES).asIntBuffer().get(words, done, count);
            done += count;
        }
    }

    @Override
    public void close() {
        Arrays.fill(stream, (byte) 0);
    }

    private ByteBuffer next(int bytes) {
        try {
            cipher.update(ZEROS, 0, bytes, stream, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the output has the input's length", impossible);
        }
        return ByteBuffer.wrap(stream, 0, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] u32(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    private static byte[] u64(long value) {
        var bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        return bytes;
    }
}
