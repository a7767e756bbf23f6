package io.tamis.log;

import io.tamis.data.RandomSource;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The 32 random bytes that hide an event behind its commitment. Whoever holds salt and event can open the commitment;
 * whoever holds neither learns nothing from it. Each entry has its own.
 */
public final class Salt {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A fresh salt. */
    public static Salt fresh(RandomSource random) {
        return new Salt(random.bytes(LENGTH));
    }

    /** A salt of exactly these 32 bytes, copied. */
    public static Salt of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw LogException.malformed();
        }
        return new Salt(bytes.clone());
    }

    /** The salt written as 64 lower-case hexadecimal digits. */
    public static Salt parse(String hex) {
        if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
            throw LogException.malformed();
        }
        return new Salt(HexFormat.of().parseHex(hex));
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
        return other instanceof Salt that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Says nothing: with the salt a short event can be guessed from its commitment. */
    @Override
    public String toString() {
        return "Salt";
    }
}
