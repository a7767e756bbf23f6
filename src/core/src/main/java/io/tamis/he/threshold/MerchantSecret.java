package io.tamis.he.threshold;

import io.tamis.he.Bfv;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;

/** A merchant's own key pair, from one seed. Zeroed on closing, prints nothing. */
public final class MerchantSecret implements AutoCloseable {
    private final Bfv scheme;
    private final NttPoly s;
    private final MerchantKey key;

    /** The pair of this seed, which the merchant keeps sealed. */
    public MerchantSecret(Bfv scheme, Seed seed) {
        this.scheme = scheme;
        var ring = scheme.ring();
        var sampler = new Sampler(ring, seed);
        try (var secret = sampler.ternary("merchant-s");
                var error = sampler.centredBinomial("merchant-e")) {
            s = ring.ntt(secret);
            var p1 = sampler.uniform("merchant-p1");
            key = new MerchantKey(scheme, ring.ntt(error).subtract(p1.copy().multiply(s)), p1);
        }
    }

    /** The public part. */
    public MerchantKey key() {
        return key;
    }

    /** Reads an aggregate that was switched to this key: centred values of the outputs, the holders' noise included. */
    public long[] open(Switched switched, Outputs outputs) {
        try (var v = switched.c1().copy().multiply(s).add(switched.c0()).toCoefficients()) {
            return scheme.round(v, outputs.coefficients());
        }
    }

    @Override
    public void close() {
        s.close();
    }

    @Override
    public String toString() {
        return "MerchantSecret";
    }
}
