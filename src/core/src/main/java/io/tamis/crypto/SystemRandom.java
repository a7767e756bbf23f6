package io.tamis.crypto;

import io.tamis.data.RandomSource;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The operating system's entropy through the JDK's DRBG (NIST SP 800-90A Hash_DRBG), buffered so that a draw of a few
 * bytes costs a copy. Safe for use by several threads; bytes handed out are zeroed in the buffer.
 *
 * <p>NOT promised: fresh bytes after this process's memory was cloned (a forked or snapshotted virtual machine).
 */
public final class SystemRandom implements RandomSource {
    private static final int BUFFER_BYTES = 4096;

    private final SecureRandom drbg;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used = BUFFER_BYTES;

    /** A source seeded by the operating system. */
    public SystemRandom() {
        try {
            drbg = SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has DRBG", impossible);
        }
    }

    @Override
    public synchronized void fill(byte[] bytes) {
        if (bytes.length > BUFFER_BYTES) {
            drbg.nextBytes(bytes);
            return;
        }
        if (BUFFER_BYTES - used < bytes.length) {
            drbg.nextBytes(buffer);
            used = 0;
        }
        System.arraycopy(buffer, used, bytes, 0, bytes.length);
        Arrays.fill(buffer, used, used + bytes.length, (byte) 0);
        used += bytes.length;
    }
}
