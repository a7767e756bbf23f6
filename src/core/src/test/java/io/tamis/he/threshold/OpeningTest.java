package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Ciphertext;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Schemes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Holders TWO = Holders.additive(SCHEME, 2);
    private static final ActiveSet BOTH = ActiveSet.of(1, 2);
    private static final Outputs ALL = Outputs.first(64);
    private static final OpenedMax ANY = new OpenedMax(Long.MAX_VALUE);

    @Test
    void open_bucketsOfTwoBatches_areTheirSums() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, 1), batch(TWO, 1, -1000)));
        assertArrayEquals(times(-999), TWO.open(sum, BOTH, ALL, new long[64]));
    }

    @Test
    void open_withNoiseOfEachHolder_hasTheSumOfNoises() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, 5)));
        long[] opened = TWO.open(sum, BOTH, new Outputs(3, 60), new long[] {7, -2});
        assertArrayEquals(new long[] {15 + 14, 300 - 4}, opened);
    }

    @Test
    void open_byEveryThresholdSubset_isTheSum() {
        for (int holders = 2; holders <= 5; holders++) {
            for (int threshold = 2; threshold <= holders; threshold++) {
                var key = Holders.shamir(SCHEME, threshold, holders);
                var sum = Aggregate.sum(SCHEME, List.of(batch(key, 0, 9)));
                for (var active : subsets(holders)) {
                    if (active.size() >= threshold) {
                        assertArrayEquals(times(9), key.open(sum, active, ALL, new long[64]));
                    }
                }
            }
        }
    }

    @Test
    void open_byTheLastTwoOfEight_isTheSum() {
        var key = Holders.shamir(SCHEME, 2, 8);
        var sum = Aggregate.sum(SCHEME, List.of(batch(key, 0, -3)));
        assertArrayEquals(times(-3), key.open(sum, ActiveSet.of(7, 8), ALL, new long[64]));
    }

    @Test
    void share_forFewerThanTheThreshold_isRefused() {
        var key = Holders.shamir(SCHEME, 3, 5);
        var sum = Aggregate.sum(SCHEME, List.of(batch(key, 0, 9)));
        outOfLimits(() -> key.shares(sum, ActiveSet.of(1, 2), ALL, new long[64]));
        outOfLimits(() -> TWO.shares(sum, ActiveSet.of(1), ALL, new long[64]));
    }

    /** Two of three, if they pretend to be all that is needed, get garbage: Shamir's point. */
    @Test
    void open_byTooFewWhoClaimALowerThreshold_isGarbage() {
        var key = Holders.shamir(SCHEME, 3, 3);
        var sum = Aggregate.sum(SCHEME, List.of(batch(key, 0, 9)));
        var pretended = IntStream.rangeClosed(1, 2)
                .mapToObj(i -> lowered(key.share(i), Sharing.shamir(2, 3)))
                .toList();
        var holders = new Holders(key.key(), pretended);
        assertNotEquals(9, holders.open(sum, BOTH, ALL, new long[64])[1]);
    }

    @Test
    void share_forASetWithoutTheHolder_isRefused() {
        var key = Holders.shamir(SCHEME, 2, 3);
        var sum = Aggregate.sum(SCHEME, List.of(batch(key, 0, 9)));
        var request = key.request(sum, ActiveSet.of(1, 3), ALL);
        var maker = new ShareMaker(key.share(2), new PredictableRandom(1));
        outOfLimits(() -> maker.share(request, sum, new long[64]));
    }

    @Test
    void request_beyondTheBounds_isRefused() {
        var params = SCHEME.params();
        var wide = new HeParams("x", params.n(), params.primes(), params.t(), 120);
        var bounds = NoiseBounds.ofMasked(wide, 2, 1);
        outOfLimits(() -> new OpenRequest(BOTH, ALL, bounds, ZeroShares.nothingToHide()));
        var one = NoiseBounds.ofMasked(params, 1, 1);
        outOfLimits(() -> new OpenRequest(BOTH, ALL, one, ZeroShares.nothingToHide()));
    }

    @Test
    void share_withNoiseForOtherOutputs_isRefused() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, 9)));
        var maker = new ShareMaker(TWO.share(1), new PredictableRandom(1));
        var request = TWO.request(sum, BOTH, Outputs.FIRST);
        outOfLimits(() -> maker.share(request, sum, new long[2]));
        outOfLimits(() -> maker.share(request, sum, new long[] {1L << 39}));
        var outside = TWO.request(sum, BOTH, new Outputs(64));
        outOfLimits(() -> maker.share(outside, sum, new long[1]));
    }

    @Test
    void open_withADroppedShare_isRefused() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, 9)));
        var shares = TWO.shares(sum, BOTH, ALL, new long[64]);
        rejected(() -> new Combiner(SCHEME).open(sum, BOTH, shares.subList(0, 1), ALL, ANY));
        rejected(() -> new Combiner(SCHEME).open(sum, BOTH, List.of(), ALL, ANY));
    }

    @Test
    void open_withADoubledShare_isRefused() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, 9)));
        var shares = TWO.shares(sum, BOTH, ALL, new long[64]);
        rejected(() -> new Combiner(SCHEME).open(sum, BOTH, List.of(shares.get(0), shares.get(0)), ALL, ANY));
    }

    @Test
    void open_withAShareOfAnotherAggregate_isRefused() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, 9)));
        var other = Aggregate.sum(SCHEME, List.of(batch(TWO, 1, 9)));
        var shares = TWO.shares(sum, BOTH, ALL, new long[64]);
        var replayed = TWO.shares(other, BOTH, ALL, new long[64]);
        rejected(() -> new Combiner(SCHEME).open(sum, BOTH, List.of(shares.get(0), replayed.get(1)), ALL, ANY));
    }

    /** Shares multiplied for one set do not fit another: Lagrange's coefficients differ. */
    @Test
    void open_withSharesOfAnotherSet_isRefused() {
        var key = Holders.shamir(SCHEME, 2, 3);
        var sum = Aggregate.sum(SCHEME, List.of(batch(key, 0, 9)));
        var ofOneAndTwo = key.shares(sum, ActiveSet.of(1, 2), ALL, new long[64]);
        var ofOneAndThree = key.shares(sum, ActiveSet.of(1, 3), ALL, new long[64]);
        rejected(() -> new Combiner(SCHEME)
                .open(sum, ActiveSet.of(1, 2), List.of(ofOneAndTwo.get(0), ofOneAndThree.get(1)), ALL, ANY));
    }

    /** A wrong share makes the value uniform modulo t: it is seen by the declared bound alone. */
    @Test
    void open_withAWrongShare_isRefusedByTheBound() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, 9)));
        var shares = TWO.shares(sum, BOTH, ALL, new long[64]);
        var wrong = new Share(
                shares.get(1).holder(),
                BOTH,
                sum.hash(),
                shares.get(1)
                        .h()
                        .copy()
                        .add(SCHEME.ring().ntt(io.tamis.he.ring.SignedPoly.of(new long[64])))
                        .add(shares.get(0).h()));
        rejected(() ->
                new Combiner(SCHEME).open(sum, BOTH, List.of(shares.get(0), wrong), ALL, new OpenedMax(1_000_000)));
    }

    @Test
    void open_beyondTheDeclaredMagnitude_isRefusedOffByOne() {
        var sum = Aggregate.sum(SCHEME, List.of(batch(TWO, 0, -9)));
        var shares = TWO.shares(sum, BOTH, ALL, new long[64]);
        new Combiner(SCHEME).open(sum, BOTH, shares, ALL, new OpenedMax(9 * 63));
        rejected(() -> new Combiner(SCHEME).open(sum, BOTH, shares, ALL, new OpenedMax(9 * 63 - 1)));
    }

    private static SecretShare lowered(SecretShare share, Sharing sharing) {
        byte[] bytes = share.reveal();
        bytes[bytes.length - SCHEME.params().polynomialBytes() - 3] = (byte) sharing.threshold();
        return SecretShare.read(SCHEME, bytes);
    }

    private static List<ActiveSet> subsets(int holders) {
        var sets = new ArrayList<ActiveSet>();
        for (int bits = 1; bits < 1 << holders; bits++) {
            sets.add(ActiveSet.ofBits(bits));
        }
        return sets;
    }

    private static Ciphertext batch(Holders holders, int slot, long factor) {
        return new Encryptor(holders.key())
                .encrypt(
                        Schemes.header(SCHEME, slot, Encoding.BUCKETS, 64),
                        times(factor),
                        Schemes.seed(1000 + slot),
                        Schemes.seed(2000 + slot));
    }

    private static long[] times(long factor) {
        return IntStream.range(0, 64).mapToLong(i -> factor * i).toArray();
    }

    private static void rejected(Runnable opening) {
        var refusal = assertThrows(HeException.class, opening::run);
        assertEquals(HeException.Fault.REJECTED, refusal.fault());
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal.code());
    }

    private static void outOfLimits(Runnable opening) {
        assertEquals(
                HeException.Fault.OUT_OF_LIMITS,
                assertThrows(HeException.class, opening::run).fault());
    }
}
