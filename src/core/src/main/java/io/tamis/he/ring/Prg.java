package io.tamis.he.ring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.data.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK = 1 << 14;

    private final Cipher cipher;
    private final byte[] zeros = new byte[CHUNK];
    private final byte[] stream = new byte[CHUNK];
    private int used = CHUNK;

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

    long nextLong() {
        if (used == CHUNK) {
            refill();
        }
        long word = (long) LONGS.get(stream, used);
        used += Long.BYTES;
        return word;
    }

    /** The stream is read either by longs or by ints. */
    int nextInt() {
        if (used == CHUNK) {
            refill();
        }
        int word = (int) INTS.get(stream, used);
        used += Integer.BYTES;
        return word;
    }

    @Override
    public void close() {
        Arrays.fill(stream, (byte) 0);
    }

    private void refill() {
        try {
            cipher.update(zeros, 0, CHUNK, stream, 0);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the output has the input's length", impossible);
        }
        used = 0;
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
