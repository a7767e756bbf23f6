package io.tamis.he;

import io.tamis.data.Hash;
import java.util.Objects;

/**
 * Which order of users the positions of a ciphertext follow: only ciphertexts of one alignment are summed under one mask.
 *
 * @param epoch at least 1; a dataset's version
 * @param orderHash binds the dataset and its sorted users
 */
public record Alignment(long epoch, Hash orderHash) {
    /** A valid alignment. */
    public Alignment {
        HeException.require(epoch >= 1);
        Objects.requireNonNull(orderHash);
    }
}
