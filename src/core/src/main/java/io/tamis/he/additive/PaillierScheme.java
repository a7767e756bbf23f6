package io.tamis.he.additive;

import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.HeException;
import io.tamis.he.paillier.PackedSum;
import io.tamis.he.paillier.PaillierCiphertext;
import io.tamis.he.paillier.PaillierPublicKey;
import java.util.Objects;

/**
 * Paillier-3072 with 95 slots of 32 bits: for a few sums of money under the classical proofs.
 *
 * <p>Assumes decisional composite residuosity of the key's n ({@link PaillierPublicKey}); no protection against quantum
 * computers. A changed bit of a ciphertext is refused when it is read or, but for 2^-32, when it is opened.
 */
public final class PaillierScheme implements AggregationScheme {
    private static final Limits LIMITS =
            new Limits(PackedSum.SLOTS, PackedSum.MAX, PackedSum.MAX, Integer.MAX_VALUE, PaillierCiphertext.LENGTH);

    private final PaillierPublicKey key;

    /** Under this key, which was read with its proof or is the owner's own. */
    public PaillierScheme(PaillierPublicKey key) {
        this.key = Objects.requireNonNull(key);
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Hash keyId() {
        return key.id();
    }

    @Override
    public EncryptedSum encrypt(long[] values, SlotMax max, RandomSource random) {
        return new PaillierSum(PackedSum.encrypt(key, values, most(max), random));
    }

    @Override
    public EncryptedSum read(byte[] bytes, SlotMax max) {
        return new PaillierSum(new PackedSum(PaillierCiphertext.read(key, bytes), most(max), false));
    }

    @Override
    public EncryptedSum add(EncryptedSum left, EncryptedSum right) {
        return new PaillierSum(own(left).add(own(right)));
    }

    @Override
    public EncryptedSum finish(EncryptedSum sum, long[] noise, RandomSource random) {
        return new PaillierSum(own(sum).withNoise(noise, random));
    }

    private PackedSum own(EncryptedSum sum) {
        return packed(keyId(), sum);
    }

    /** The Paillier sum under this key; another is refused. */
    static PackedSum packed(Hash keyId, EncryptedSum sum) {
        return switch (sum) {
            case PaillierSum paillier when paillier.keyId().equals(keyId) -> paillier.packed();
            case PaillierSum other -> throw HeException.rejected();
            case BfvSum other -> throw HeException.rejected();
        };
    }

    private static int most(SlotMax max) {
        HeException.require(max.value() <= PackedSum.MAX);
        return (int) max.value();
    }
}
