package io.tamis.he.threshold;

import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.NoiseBounds;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import io.tamis.he.ring.SignedPoly;
import java.util.Objects;

/**
 * Makes a holder's share of an opening: {@code h = c1*S + NTT(flood + D*g) + z}, S multiplied by Lagrange's coefficient before
 * any noise, z its part of a sharing of zero among the active set ({@link ZeroShares}); g holds the holder's own differentially private noise at the outputs and is uniform modulo t everywhere else.
 *
 * <p>The flood, the same integer in every residue, hides the noise of the sum and with it the secret: a share is
 * 2^-(lambda+2) from one that is made of the opened value alone, if key and ciphertexts are audited. The caller has checked
 * the ticket, that the aggregate was never opened, and that the noise is what the ticket's loss asks for. Of the active set at
 * least one must be honest, and of all holders fewer than the threshold dishonest. NOT promised: anything else.
 */
public final class ShareMaker {
    private final Bfv scheme;
    private final SecretShare key;
    private final RandomSource random;

    /** Shares of this key; the caller closes it. */
    public ShareMaker(SecretShare key, RandomSource random) {
        this.key = Objects.requireNonNull(key);
        this.random = Objects.requireNonNull(random);
        scheme = key.scheme();
    }

    /**
     * A share of the aggregate.
     *
     * @param dpNoise whole numbers added at the outputs, in their order
     */
    public Share share(OpenRequest request, Aggregate sum, long[] dpNoise) {
        return new Share(key.holder(), request.active(), sum.hash(), masked(request, sum, dpNoise));
    }

    /**
     * A share that opens the aggregate to this merchant's key alone: {@code (h + u*p0, u*p1 + e)}, h a whole plain share with
     * noise, blinding and flood, u and e drawn anew for every share. It is an encryption of h to the merchant whose error in the
     * first part is the flood: one who has not the merchant's secret learns nothing of h (ring-LWE), and one who has it learns h
     * and no more, which is what a plain share shows everybody. The further noise {@code u*e' + s'*e} of all holders, at most
     * {@code 2*21*n} each, is far below the factor of two that {@link NoiseBounds#margin} leaves.
     */
    public SwitchShare share(OpenRequest request, Aggregate sum, long[] dpNoise, MerchantKey merchant) {
        HeException.require(merchant.scheme().params().equals(scheme.params()));
        var h0 = masked(request, sum, dpNoise);
        try (var seed = Seed.random(random)) {
            var sampler = new Sampler(scheme.ring(), seed);
            try (var u = sampler.ternary("switch-u");
                    var e = sampler.centredBinomial("switch-e");
                    var transformed = scheme.ring().ntt(u)) {
                h0.multiplyAdd(transformed, merchant.p0());
                var h1 = scheme.ring().ntt(e).multiplyAdd(transformed, merchant.p1());
                return new SwitchShare(key.holder(), request.active(), sum.hash(), h0, h1);
            }
        }
    }

    private NttPoly masked(OpenRequest request, Aggregate sum, long[] dpNoise) {
        HeException.require(sum.scheme().params().equals(scheme.params())
                && request.outputs().within(scheme.params().n())
                && dpNoise.length == request.outputs().size());
        try (var seed = Seed.random(random)) {
            var sampler = new Sampler(scheme.ring(), seed);
            try (var flood = sampler.flood("flood", request.bounds().floodBits());
                    var blinding = blinding(sampler, request.outputs(), dpNoise);
                    var hiding = scheme.transformed(flood, blinding)) {
                var share = key.partial(sum.c1(), request.active()).add(hiding);
                return request.zeros().addTo(share, scheme.ring(), key.holder(), request.active(), sum.hash());
            }
        }
    }

    private SignedPoly blinding(Sampler sampler, Outputs outputs, long[] dpNoise) {
        long half = scheme.params().t() / 2;
        // The clone is what becomes the polynomial; both are zeroed by their owners.
        try (var uniform = sampler.below("blinding", scheme.params().t())) {
            long[] g = uniform.toArray();
            int[] at = outputs.coefficients();
            for (int i = 0; i < at.length; i++) {
                HeException.require(dpNoise[i] < half && dpNoise[i] > -half);
                g[at[i]] = dpNoise[i];
            }
            return SignedPoly.taking(g);
        }
    }
}
