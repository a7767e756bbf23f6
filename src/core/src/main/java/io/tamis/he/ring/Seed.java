package io.tamis.he.ring;

import io.tamis.data.RandomSource;
import java.util.Arrays;

/**
 * 32 secret bytes from which polynomials are drawn. It prints nothing and is zeroed by {@link #close()}.
 *
 * <p>The caller must use a seed for one ciphertext (or share) only: two draws of the same name from one seed are equal.
 */
public final class Seed implements AutoCloseable {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;
    private boolean closed;

    private Seed(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A seed of exactly these 32 bytes, copied; the caller zeroes its own array. */
    public static Seed of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a seed has " + LENGTH + " bytes");
        }
        return new Seed(bytes.clone());
    }

    /** A fresh seed. */
    public static Seed random(RandomSource random) {
        return new Seed(random.bytes(LENGTH));
    }

    /** A copy, for the few places that must send or seal it; the caller zeroes it. */
    public synchronized byte[] reveal() {
        if (closed) {
            throw new IllegalStateException("seed already closed");
        }
        return bytes.clone();
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        closed = true;
    }

    @Override
    public String toString() {
        return "Seed";
    }
}
