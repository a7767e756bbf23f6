package io.tamis.he.additive;

import io.tamis.he.paillier.PaillierKey;
import java.util.Objects;

/** Opens with the factors of n, some 10 ms for 95 slots. */
public final class PaillierOwner implements SumOwner {
    private final PaillierKey key;
    private final PaillierScheme scheme;

    /** The owner of this key. */
    public PaillierOwner(PaillierKey key) {
        this.key = Objects.requireNonNull(key);
        scheme = new PaillierScheme(key.publicKey());
    }

    @Override
    public AggregationScheme scheme() {
        return scheme;
    }

    @Override
    public long[] open(EncryptedSum finished) {
        return PaillierScheme.packed(scheme.keyId(), finished).open(key);
    }

    /** Nothing can be done here: BigInteger's digits are not to be wiped. Let the process end. */
    @Override
    public void close() {
        // See above.
    }

    @Override
    public String toString() {
        return "PaillierOwner";
    }
}
