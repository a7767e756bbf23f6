package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Ciphertext;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Crt;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Schemes;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.RnsConstant;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.SignedPoly;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Why c1 and key contributions are audited: what their makers could do otherwise. These attacks SUCCEED here, on purpose;
 * io.tamis.holder plays them against the audits, where they fail.
 */
class UnauditedAttacksTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final int N = SCHEME.params().n();

    /** {@code c1 + D*W} with W = 1: each opened bucket is its count plus a coefficient of the collective secret. */
    @Test
    void malformedC1_unaudited_readsTheCollectiveKeyFromOneOpening() {
        var holders = Holders.additive(SCHEME, 2);
        var honest = new Encryptor(holders.key())
                .encrypt(
                        Schemes.header(SCHEME, 0, Encoding.BUCKETS, N),
                        new long[N],
                        Schemes.seed(11),
                        Schemes.seed(12));
        var one = new long[N];
        one[0] = 1;
        var bad = honest.c1().copy().add(SCHEME.lift(SignedPoly.of(one)).toNtt());
        var sum = new Aggregate(SCHEME, honest.c0(), bad, 1);
        long[] opened = holders.open(sum, ActiveSet.of(1, 2), Outputs.first(N), new long[N]);
        assertArrayEquals(wholeSecret(), opened);
    }

    /** {@code W*victim}: the same sum moves W times as far when the victim changes, and the noise does not know. */
    @Test
    void multipliedVictim_unaudited_multipliesItsSensitivity() {
        var holders = Holders.additive(SCHEME, 2);
        var victim = new Encryptor(holders.key())
                .encrypt(
                        Schemes.header(SCHEME, 0, Encoding.BUCKETS, 1),
                        new long[] {1},
                        Schemes.seed(11),
                        Schemes.seed(12));
        RnsConstant w = SCHEME.ring().constant(BigInteger.valueOf(1000));
        var sum = new Aggregate(
                SCHEME, victim.c0().copy().scale(w), victim.c1().copy().scale(w), 1);
        assertEquals(1000, holders.openFirst(sum));
    }

    /**
     * A contribution {@code s_M = 2^98} opens the test ciphertext rightly, because 2^98*21 is below the margin, and then the
     * noise of every opening shows e1 above the honest holder's flood: with e1 the ciphertext's u, and with u its values.
     */
    @Test
    void oversizedContribution_unaudited_readsEveryE1AboveTheFlood() {
        var big = BigInteger.ONE.shiftLeft(98);
        var honest = Holders.additive(SCHEME, 2).share(1);
        var key = keyWith(big);
        long[] values = IntStream.range(0, N).mapToLong(i -> 7L * i).toArray();
        Ciphertext victim = new Encryptor(key)
                .encrypt(Schemes.header(SCHEME, 0, Encoding.BUCKETS, N), values, Schemes.seed(11), Schemes.seed(12));
        var sum = Aggregate.sum(SCHEME, List.of(victim));
        var active = ActiveSet.of(1, 2);
        var request = new OpenRequest(
                active, Outputs.first(N), NoiseBounds.ofPlain(SCHEME.params(), 2, 1), ZeroShares.nothingToHide());
        var first = new ShareMaker(honest, new PredictableRandom(1)).share(request, sum, new long[N]);
        NttPoly ofAttacker = sum.c1().copy().scale(SCHEME.ring().constant(big));
        var second = new Share(new HolderIndex(2), active, sum.hash(), ofAttacker);
        var shares = List.of(first, second);

        long[] opened = new Combiner(SCHEME).open(sum, active, shares, Outputs.first(N), new OpenedMax(7L * N));
        assertArrayEquals(values, opened);

        var v = sum.c0().copy().add(first.h()).add(ofAttacker);
        BigInteger[] read = Crt.centred(v.toCoefficients());
        var e1 = new Sampler(SCHEME.ring(), Schemes.seed(11))
                .centredBinomial("e1")
                .toArray();
        for (int i = 0; i < N; i++) {
            var noise = read[i].subtract(SCHEME.params().delta().multiply(BigInteger.valueOf(values[i])));
            var nearest = noise.shiftLeft(1).add(big).shiftRight(99);
            assertEquals(e1[i], nearest.longValueExact());
        }
    }

    /** The key of an honest holder 1 and of one whose secret is the constant {@code big}. */
    private static CollectiveKey keyWith(BigInteger big) {
        var ring = SCHEME.ring();
        var a = CollectiveKey.commonA(SCHEME, Schemes.seed(1));
        var error = ring.ntt(new Sampler(ring, Schemes.seed(77)).centredBinomial("e"));
        byte[] bad = SCHEME.pack(error.subtract(a.scale(ring.constant(big))));
        byte[] good = new KeyCandidates(SCHEME, Schemes.seed(1)).b(Schemes.seed(101));
        return CollectiveKey.of(SCHEME, Schemes.seed(1), List.of(good, bad));
    }

    private static long[] wholeSecret() {
        var sum = new long[N];
        for (int i = 1; i <= 2; i++) {
            long[] own = new Sampler(SCHEME.ring(), Schemes.seed(100 + i))
                    .ternary("s")
                    .toArray();
            Arrays.setAll(sum, k -> sum[k] + own[k]);
        }
        return sum;
    }
}
