package io.tamis.crypto;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import java.util.Arrays;
import java.util.Objects;

/** A data key under a key-encryption key: safe to store beside what it protects. */
public final class WrappedKey {
    /** Longest blob: a 64-byte key with nonce and tag. */
    static final int BLOB_MAX = 64 + 12 + 16;

    private final KeyName kek;
    private final int generation;
    private final byte[] blob;

    /** A key wrapped under this generation of {@code kek}. */
    public WrappedKey(KeyName kek, int generation, byte[] blob) {
        if (generation < 1 || blob.length > BLOB_MAX || blob.length <= 12 + 16) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        this.kek = Objects.requireNonNull(kek);
        this.generation = generation;
        this.blob = blob.clone();
    }

    /** The key that wraps. */
    public KeyName kek() {
        return kek;
    }

    /** Its generation. */
    public int generation() {
        return generation;
    }

    /** nonce, ciphertext and tag. */
    public byte[] blob() {
        return blob.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrappedKey that
                && kek.equals(that.kek)
                && generation == that.generation
                && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kek, generation, Arrays.hashCode(blob));
    }

    @Override
    public String toString() {
        return "WrappedKey[" + kek + "/" + generation + ", "
                + Hash.sha256(blob).hex().substring(0, 8) + "]";
    }
}
