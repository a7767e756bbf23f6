package io.tamis.crypto;

import io.tamis.data.RandomSource;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that must not be seen: they print nothing, compare in constant time, are not serialisable and are zeroed by
 * {@link #close()}.
 *
 * <p>NOT promised: that no copy remains. The collector may have moved the array, and swap and core dumps are the
 * machine's matter.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;
    private boolean closed;

    private SecretBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret of these bytes, copied; the caller zeroes its own array. */
    public static SecretBytes copyOf(byte[] bytes) {
        return new SecretBytes(bytes.clone());
    }

    /** A fresh random secret. */
    public static SecretBytes random(int length, RandomSource random) {
        return new SecretBytes(random.bytes(length));
    }

    /** A password as UTF-8; the caller zeroes its own array. */
    public static SecretBytes ofPassword(char[] password) {
        // Three bytes hold any UTF-16 code unit; a lone surrogate becomes a question mark, as String does it.
        var encoded = new byte[3 * password.length];
        var encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        var out = ByteBuffer.wrap(encoded);
        encoder.encode(CharBuffer.wrap(password), out, true);
        var secret = new SecretBytes(Arrays.copyOf(encoded, out.position()));
        Arrays.fill(encoded, (byte) 0);
        return secret;
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    /**
     * A copy of the bytes, for the few places that must write or feed them (a sealed record, a password file). The caller
     * zeroes the copy.
     */
    public synchronized byte[] reveal() {
        if (closed) {
            throw new IllegalStateException("secret already closed");
        }
        return bytes.clone();
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        closed = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The length alone: a hash of the content would end up in tables and prints. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SecretBytes";
    }
}
