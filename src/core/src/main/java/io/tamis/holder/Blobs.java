package io.tamis.holder;

import io.tamis.data.Hash;
import java.util.Optional;

/** Where the large parts of messages are found, by the SHA-256 that a signed message names. */
@FunctionalInterface
public interface Blobs {
    /** Most bytes of one blob. */
    int BYTES_MAX = 4 << 20;

    /**
     * The bytes with this SHA-256, when they are there. Readers hash them again: a store is not trusted to give what was
     * asked for.
     */
    Optional<byte[]> find(Hash hash);

    /** The bytes with this SHA-256, checked; empty when they are absent, too long or others. */
    default Optional<byte[]> checked(Hash hash) {
        return find(hash)
                .filter(bytes -> bytes.length <= BYTES_MAX && Hash.sha256(bytes).equals(hash));
    }
}
