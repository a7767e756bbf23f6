package io.tamis.he;

import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * SHA-256 of a tuple: each field after its length in 4 bytes, big-endian; whole numbers as 8 bytes, big-endian; text as
 * UTF-8. Without lengths different tuples would have one hash.
 */
public final class Tuple {
    private final MessageDigest digest = Hash.newSha256();

    private Tuple() {}

    /** A tuple that begins with the name of what is hashed, which separates the domains. */
    public static Tuple of(String name) {
        return new Tuple().text(name);
    }

    /** Adds a text. */
    public Tuple text(String field) {
        return bytes(field.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a whole number. */
    public Tuple number(long field) {
        return bytes(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
    }

    /** Adds a hash. */
    public Tuple hash(Hash field) {
        return bytes(field.bytes());
    }

    /** Adds bytes. */
    public Tuple bytes(byte[] field) {
        return bytes(field, 0, field.length);
    }

    /** Adds a part of an array. */
    public Tuple bytes(byte[] field, int offset, int length) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        digest.update(field, offset, length);
        return this;
    }

    /** The hash; the tuple is empty afterwards and not to be used again. */
    public Hash sha256() {
        return Hash.of(digest.digest());
    }
}
