package io.tamis.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A 32-byte digest. Equality takes constant time. */
public final class Hash {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A hash of exactly these 32 bytes, copied. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new Hash(bytes.clone());
    }

    /** The hash written as 64 lower-case hexadecimal digits. */
    public static Hash parse(String hex) {
        if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    /** SHA-256 of the concatenation of the parts. The caller separates domains. */
    public static Hash sha256(byte[]... parts) {
        var digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Hash(digest.digest());
    }

    /** A SHA-256 to be fed in pieces. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
