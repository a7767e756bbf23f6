package io.tamis.log;

import io.tamis.data.Hash;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Hashes nodes that lie side by side in an array, without an object for each: a tile has 255 inner nodes. For one thread.
 */
final class NodeHasher {
    private static final byte NODE = 1;

    private final MessageDigest sha256 = Hash.newSha256();

    /** Writes the parent of the two hashes at {@code from} to {@code to}, which may be the same place. */
    void parent(byte[] hashes, int from, byte[] out, int to) {
        sha256.update(NODE);
        sha256.update(hashes, from, 2 * Hash.LENGTH);
        try {
            sha256.digest(out, to, Hash.LENGTH);
        } catch (DigestException impossible) {
            throw new IllegalStateException("a hash has 32 bytes", impossible);
        }
    }

    /** The root of {@code count} hashes from {@code from} on, a power of two. */
    Hash root(byte[] hashes, int from, int count) {
        if (count == 1) {
            return Hash.of(Arrays.copyOfRange(hashes, from, from + Hash.LENGTH));
        }
        var level = new byte[count / 2 * Hash.LENGTH];
        for (int i = 0; i < count / 2; i++) {
            parent(hashes, from + 2 * i * Hash.LENGTH, level, i * Hash.LENGTH);
        }
        for (int left = count / 2; left > 1; left /= 2) {
            for (int i = 0; i < left / 2; i++) {
                parent(level, 2 * i * Hash.LENGTH, level, i * Hash.LENGTH);
            }
        }
        return Hash.of(level.length == Hash.LENGTH ? level : Arrays.copyOf(level, Hash.LENGTH));
    }
}
