package io.tamis.he.additive;

import io.tamis.data.RandomSource;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeException;
import io.tamis.he.SingleKey;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.KeyCandidates;
import java.util.List;

/** Opens with the whole secret key, which only the owner has; zeroed on closing. */
public final class BfvOwner implements SumOwner {
    private final SingleKey secret;
    private final BfvScheme scheme;

    private BfvOwner(SingleKey secret, BfvScheme scheme) {
        this.secret = secret;
        this.scheme = scheme;
    }

    /** The owner of a fresh key. */
    public static BfvOwner generate(Bfv scheme, RandomSource random) {
        try (var common = Seed.random(random);
                var secret = Seed.random(random)) {
            return of(scheme, common, secret);
        }
    }

    /**
     * The owner of the key of these seeds.
     *
     * @param common of the key's a; public
     * @param secret of the secret and the key's error, which the owner keeps sealed
     */
    public static BfvOwner of(Bfv scheme, Seed common, Seed secret) {
        var b = new KeyCandidates(scheme, common).b(secret);
        return new BfvOwner(SingleKey.of(scheme, secret), new BfvScheme(CollectiveKey.of(scheme, common, List.of(b))));
    }

    @Override
    public AggregationScheme scheme() {
        return scheme;
    }

    @Override
    public long[] open(EncryptedSum finished) {
        BfvSum sum = BfvScheme.bfv(scheme.keyId(), finished);
        HeException.require(sum.finished());
        long[] values = secret.open(sum.aggregate());
        long most = scheme.limits().noiseMax() + sum.max().value();
        boolean within = true;
        for (long value : values) {
            within &= Math.abs(value) <= most;
        }
        HeException.accept(within);
        return values;
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "BfvOwner";
    }
}
