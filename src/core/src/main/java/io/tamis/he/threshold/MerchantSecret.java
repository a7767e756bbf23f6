package io.tamis.he.threshold;

import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;

/**
 * A merchant's own key pair, from one seed. Zeroed on closing, prints nothing.
 *
 * <p>Assumption: ring-LWE with a ternary secret, for the key and for every share encrypted to it. What it reads has the
 * holders' noise, blinding and flooding inside, exactly as when the service opens. NOT promised: secrecy of the secret against
 * somebody who makes up ciphertexts and is told whether they open (IND-CPA-D and worse): a merchant tells the service nothing
 * of what it read.
 */
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

    /**
     * The value of a masked sum that was switched to this key, the holders' noise included. CIPHERTEXT_REJECTED for one of
     * another key, and for a value beyond what was declared, which only a wrong share or service gives.
     */
    public long open(SwitchedSum sum) {
        long[] opened = open(sum.value(), Outputs.FIRST);
        HeException.accept(sum.key().equals(key.hash()) && sum.magnitudeMax().covers(opened));
        return opened[0];
    }

    /** Reads an aggregate that was switched to this key: centred values of the outputs, the holders' noise included. */
    public long[] open(Switched switched, Outputs outputs) {
        try (var v = phase(switched.c0(), switched.c1()).toCoefficients()) {
            return scheme.round(v, outputs.coefficients());
        }
    }

    /** {@code first + s*second}, before it is rounded; never to leave this package. */
    NttPoly phase(NttPoly first, NttPoly second) {
        return second.copy().multiply(s).add(first);
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
