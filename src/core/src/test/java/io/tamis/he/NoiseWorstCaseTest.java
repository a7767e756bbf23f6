package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Samples;
import io.tamis.he.mask.BitMask;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Ring;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.SignedPoly;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bound of a fresh ciphertext is reached by the worst polynomials, and by no others passed. */
class NoiseWorstCaseTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Ring RING = SCHEME.ring();
    private static final int N = SCHEME.params().n();

    /** e of the key, u, e1, s, e0 all at their greatest: coefficient n-1 of a product of all ones is n. */
    @Test
    void fresh_ofWorstPolynomials_reachesTheBound() {
        for (int holders : new int[] {1, 2, 8}) {
            var a = new Sampler(RING, Schemes.seed(1)).uniform("a");
            var s = constant(holders);
            var e = constant(21L * holders);
            var b = e.copy().subtract(s.copy().multiply(a));
            var u = constant(1);
            var c0 = b.copy().multiply(u).add(constant(21));
            var c1 = a.copy().multiply(u).add(constant(21));
            var noise = noise(c0.add(c1.multiply(s)));
            assertEquals(NoiseBounds.ofPlain(SCHEME.params(), holders, 1).fresh(), max(noise));
            assertEquals(NoiseBounds.ofPlain(SCHEME.params(), holders, 1).fresh(), noise[N - 1]);
        }
    }

    @Test
    void fresh_ofDrawnPolynomials_neverPassesTheBound() {
        Samples.forAll(20260501, 40, SplittableRandom::nextLong, seed -> {
            var noise = drawnNoise(seed, 2);
            assertTrue(max(noise)
                            .compareTo(
                                    NoiseBounds.ofPlain(SCHEME.params(), 2, 1).fresh())
                    <= 0);
        });
    }

    /** Signs of the mask chosen to add up: still within n times the fresh bound. */
    @Test
    void masked_byTheWorstMask_neverPassesTheBound() {
        Samples.forAll(20260502, 20, SplittableRandom::nextLong, seed -> {
            var noise = drawnNoise(seed, 2);
            var mask = BitMask.of(N, i -> noise[i].signum() > 0);
            if (mask.weight() > 0) {
                var sum = BigInteger.ZERO;
                for (int i = 0; i < N; i++) {
                    sum = mask.get(i) ? sum.add(noise[i]) : sum;
                }
                var bounds = NoiseBounds.ofMasked(SCHEME.params(), 2, 1);
                assertTrue(sum.compareTo(bounds.sum()) <= 0);
            }
        });
    }

    private static BigInteger[] drawnNoise(long seed, int holders) {
        var a = new Sampler(RING, Schemes.seed(1)).uniform("a");
        var s = RING.zero();
        var b = RING.zero();
        for (int i = 0; i < holders; i++) {
            var sampler = new Sampler(RING, Schemes.seed(seed + i));
            var own = RING.ntt(sampler.ternary("s"));
            s.add(own);
            b.add(RING.ntt(sampler.centredBinomial("e"))).subtract(own.multiply(a));
        }
        var sampler = new Sampler(RING, Schemes.seed(~seed));
        var u = RING.ntt(sampler.ternary("u"));
        var c0 = b.multiply(u).add(RING.ntt(sampler.centredBinomial("e0")));
        var c1 = a.multiply(u).add(RING.ntt(sampler.centredBinomial("e1")));
        return noise(c0.add(c1.multiply(s)));
    }

    private static NttPoly constant(long value) {
        var all = new long[N];
        Arrays.fill(all, value);
        return RING.ntt(SignedPoly.of(all));
    }

    private static BigInteger[] noise(NttPoly v) {
        return Crt.centred(v.toCoefficients());
    }

    private static BigInteger max(BigInteger[] noise) {
        return Arrays.stream(noise).map(BigInteger::abs).reduce(BigInteger.ZERO, BigInteger::max);
    }
}
