package io.tamis.he.threshold;

import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import java.util.Objects;

/**
 * What a holder may contribute to a key: {@code b = -a*s + e} with s ternary and e from CBD(21), all from one seed. Holders
 * open all of a contributor's candidates but one and compute them bit for bit; a secret of 2^98 among them is seen.
 */
public final class KeyCandidates {
    private final Bfv scheme;
    private final NttPoly a;

    /** Candidates of a ceremony whose transcript gave this common seed. */
    public KeyCandidates(Bfv scheme, Seed common) {
        this.scheme = Objects.requireNonNull(scheme);
        a = CollectiveKey.commonA(scheme, common);
    }

    /** Bytes of a candidate. */
    public int length() {
        return scheme.params().polynomialBytes();
    }

    /** The packed b of this seed, {@link #length()} bytes. */
    public byte[] b(Seed seed) {
        var sampler = new Sampler(scheme.ring(), seed);
        try (var s = sampler.ternary("s");
                var e = sampler.centredBinomial("e");
                var secret = scheme.ring().ntt(s)) {
            return scheme.pack(scheme.ring().ntt(e).subtract(secret.multiply(a)));
        }
    }

    /** The secret behind {@link #b}; the caller closes it. */
    public SecretContribution secret(Seed seed) {
        try (var s = new Sampler(scheme.ring(), seed).ternary("s")) {
            return new SecretContribution(scheme, scheme.ring().ntt(s));
        }
    }
}
