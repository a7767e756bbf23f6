package io.tamis.he.additive;

import io.tamis.data.Hash;
import io.tamis.he.paillier.PackedSum;

/** A packed Paillier ciphertext. On the wire as {@code PaillierCiphertext}. */
record PaillierSum(PackedSum packed) implements EncryptedSum {
    @Override
    public Hash keyId() {
        return packed.ciphertext().key().id();
    }

    @Override
    public SlotMax max() {
        return new SlotMax(packed.most());
    }

    @Override
    public boolean finished() {
        return packed.noised();
    }

    @Override
    public byte[] bytes() {
        return packed.ciphertext().bytes();
    }

    @Override
    public String toString() {
        return "PaillierSum";
    }
}
