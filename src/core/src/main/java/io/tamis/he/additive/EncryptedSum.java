package io.tamis.he.additive;

import io.tamis.data.Hash;

/**
 * An encrypted vector of values, or a sum of such vectors, under one owner's key. A ciphertext a sender uploads is the sum
 * of one. Immutable.
 */
public sealed interface EncryptedSum permits BfvSum, PaillierSum {
    /** The key it is under, {@link AggregationScheme#keyId()}. */
    Hash keyId();

    /** What the declared greatest values of a slot add up to; noise does not count. */
    SlotMax max();

    /** Whether {@link AggregationScheme#finish} made it: such a sum is opened, and nothing is added to it. */
    boolean finished();

    /** What travels: {@link Limits#ciphertextBytes()} bytes. */
    byte[] bytes();
}
