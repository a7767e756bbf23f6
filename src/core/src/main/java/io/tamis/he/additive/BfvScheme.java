package io.tamis.he.additive;

import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.ring.Seed;
import java.util.Arrays;

/**
 * BFV with a coefficient for each slot: for vectors of thousands of values.
 *
 * <p>Assumes ring-LWE with ternary secrets ({@link Bfv}). A ciphertext's own noise stays below its bound for every sum within
 * the limits, so what is opened is exact. A changed bit of a ciphertext is refused when it is read, or makes all n
 * coefficients uniform modulo t, which all pass as sums with a chance below 2^-n.
 */
public final class BfvScheme implements AggregationScheme {
    /** As {@link io.tamis.he.NoiseBounds} counts them. */
    private static final int ADDED_MAX = 1 << 24;

    /** The header binds positions and epochs of uploads; it does not travel with these sums and hides nothing. */
    private static final KeyEpoch EPOCH = new KeyEpoch(1);

    private final Bfv scheme;
    private final Encryptor encryptor;
    private final Hash keyId;
    private final Limits limits;

    /** Under this key; one of several contributors is refused: nobody could open with it. */
    public BfvScheme(CollectiveKey key) {
        HeException.accept(key.contributors() == 1);
        scheme = key.scheme();
        encryptor = new Encryptor(key);
        keyId = key.hash();
        limits = limitsOf(scheme.params());
    }

    /** An eighth of t each for sum and noise: at least half of all numbers modulo t are then out of every sum's bounds. */
    private static Limits limitsOf(HeParams params) {
        long eighth = params.t() / 8 - 1;
        HeException.require(eighth >= 1);
        return new Limits(params.n(), eighth, eighth, ADDED_MAX, BfvSum.HEAD + params.bodyBytes(CipherKind.PUBLIC_KEY));
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Hash keyId() {
        return keyId;
    }

    @Override
    public EncryptedSum encrypt(long[] values, SlotMax max, RandomSource random) {
        HeException.require(max.value() <= limits.sumMax() && values.length <= limits.slots());
        for (long value : values) {
            HeException.require(value >= 0 && value <= max.value());
        }
        return new BfvSum(keyId, fresh(values, random), max, false);
    }

    @Override
    public EncryptedSum read(byte[] bytes, SlotMax max) {
        HeException.require(max.value() <= limits.sumMax());
        HeException.accept(bytes.length == limits.ciphertextBytes());
        return new BfvSum(keyId, Aggregate.read(scheme, BfvSum.body(keyId, bytes), 1), max, false);
    }

    @Override
    public EncryptedSum add(EncryptedSum left, EncryptedSum right) {
        BfvSum a = own(left);
        BfvSum b = own(right);
        HeException.require(!a.finished() && !b.finished());
        // Both are at most an eighth of t: no overflow of the long.
        long together = a.max().value() + b.max().value();
        int added = Math.addExact(a.aggregate().summed(), b.aggregate().summed());
        HeException.require(together <= limits.sumMax() && added <= limits.addedMax());
        return new BfvSum(keyId, sum(a.aggregate(), b.aggregate()), new SlotMax(together), false);
    }

    @Override
    public EncryptedSum finish(EncryptedSum sum, long[] noise, RandomSource random) {
        BfvSum own = own(sum);
        HeException.require(!own.finished() && noise.length == limits.slots());
        for (long each : noise) {
            HeException.require(each >= -limits.noiseMax() && each <= limits.noiseMax());
        }
        return new BfvSum(keyId, sum(own.aggregate(), fresh(noise, random)), own.max(), true);
    }

    /** A fresh encryption, whose two seeds serve it alone. */
    private Aggregate fresh(long[] values, RandomSource random) {
        var header = new CipherHeader(
                CipherKind.PUBLIC_KEY,
                scheme.params(),
                EPOCH,
                new Alignment(1, keyId),
                0,
                Encoding.BUCKETS,
                limits.slots());
        try (var randomness = Seed.random(random);
                var error = Seed.random(random)) {
            Ciphertext made = encryptor.encrypt(header, Arrays.copyOf(values, limits.slots()), randomness, error);
            return new Aggregate(scheme, made.c0(), made.c1(), 1);
        }
    }

    private Aggregate sum(Aggregate a, Aggregate b) {
        return new Aggregate(scheme, a.c0().copy().add(b.c0()), a.c1().copy().add(b.c1()), a.summed() + b.summed());
    }

    private BfvSum own(EncryptedSum sum) {
        return bfv(keyId, sum);
    }

    /** The BFV sum under this key; another is refused. */
    static BfvSum bfv(Hash keyId, EncryptedSum sum) {
        return switch (sum) {
            case BfvSum bfv when bfv.keyId().equals(keyId) -> bfv;
            case BfvSum other -> throw HeException.rejected();
            case PaillierSum other -> throw HeException.rejected();
        };
    }
}
