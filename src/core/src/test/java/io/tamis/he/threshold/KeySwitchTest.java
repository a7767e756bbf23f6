package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Delivery to a merchant's key: neither the server nor the holders see the value. */
class KeySwitchTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Holders HOLDERS = Holders.shamir(SCHEME, 2, 3);
    private static final ActiveSet ACTIVE = ActiveSet.of(1, 3);
    private static final Outputs OUTPUTS = new Outputs(0, 9);

    @Test
    void open_byTheMerchant_isTheSumWithNoise() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var sum = sum();
            var switched = new Combiner(SCHEME).switched(sum, ACTIVE, shares(sum, merchant.key()));
            assertArrayEquals(new long[] {40 + 14, -2 - 6}, merchant.open(switched, OUTPUTS));
        }
    }

    @Test
    void open_byAnotherMerchant_isGarbage() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50));
                var other = new MerchantSecret(SCHEME, Schemes.seed(51))) {
            var sum = sum();
            var switched = new Combiner(SCHEME).switched(sum, ACTIVE, shares(sum, merchant.key()));
            assertNotEquals(54, other.open(switched, OUTPUTS)[0]);
        }
    }

    /** The server combines what it has; without the merchant's secret the constant part is no value. */
    @Test
    void switched_readWithoutTheSecret_isGarbage() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var sum = sum();
            var switched = new Combiner(SCHEME).switched(sum, ACTIVE, shares(sum, merchant.key()));
            assertNotEquals(54, SCHEME.round(switched.c0().toCoefficients(), new int[] {0})[0]);
        }
    }

    @Test
    void switched_withAShareMissingOrDoubled_isRefused() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var sum = sum();
            var shares = shares(sum, merchant.key());
            var combiner = new Combiner(SCHEME);
            assertThrows(HeException.class, () -> combiner.switched(sum, ACTIVE, shares.subList(0, 1)));
            var doubled = List.of(shares.get(0), shares.get(0));
            assertThrows(HeException.class, () -> combiner.switched(sum, ACTIVE, doubled));
            assertThrows(HeException.class, () -> combiner.switched(sum, ActiveSet.of(1, 2), shares));
        }
    }

    @Test
    void key_travelsAsBothPolynomials() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            byte[] bytes = merchant.key().bytes();
            assertEquals(2 * SCHEME.params().polynomialBytes(), bytes.length);
            var sum = sum();
            var shares = shares(sum, MerchantKey.read(SCHEME, bytes));
            var switched = new Combiner(SCHEME).switched(sum, ACTIVE, shares);
            assertEquals(54, merchant.open(switched, OUTPUTS)[0]);
            assertThrows(HeException.class, () -> MerchantKey.read(SCHEME, Arrays.copyOf(bytes, bytes.length - 1)));
            assertThrows(HeException.class, () -> MerchantKey.read(SCHEME, new byte[bytes.length]));
            assertEquals("MerchantSecret", merchant.toString());
        }
    }

    /** Every set of at least the threshold's size, of several keys: the value and the noise of exactly its members. */
    @Test
    void open_byEverySubset_isTheSumWithTheNoiseOfItsMembers() {
        for (int[] key : new int[][] {{2, 2}, {2, 3}, {3, 4}}) {
            var holders = Holders.shamir(SCHEME, key[0], key[1]);
            var sum = sum(holders);
            for (int bits = 1; bits < 1 << key[1]; bits++) {
                if (Integer.bitCount(bits) >= key[0]) {
                    assertEquals(40 + 7L * Integer.bitCount(bits), opened(holders, sum, ActiveSet.ofBits(bits))[0]);
                }
            }
        }
    }

    private static long[] opened(Holders holders, Aggregate sum, ActiveSet active) {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var request = holders.request(sum, active, OUTPUTS);
            var shares = active.members().stream()
                    .map(i -> new ShareMaker(holders.share(i.number()), new PredictableRandom(i.number()))
                            .share(request, sum, new long[] {7, -3}, merchant.key()))
                    .toList();
            return merchant.open(new Combiner(SCHEME).switched(sum, active, shares), OUTPUTS);
        }
    }

    /** Replay: shares of another aggregate of the same set do not fit, whatever they are. */
    @Test
    void switched_withAShareOfAnotherAggregate_isRefused() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var sum = sum();
            var other = Aggregate.sum(SCHEME, List.of(encrypted(HOLDERS, 1), encrypted(HOLDERS, 2)));
            var mixed = List.of(
                    shares(sum, merchant.key()).get(0),
                    shares(other, merchant.key()).get(1));
            assertThrows(HeException.class, () -> new Combiner(SCHEME).switched(sum, ACTIVE, mixed));
        }
    }

    /** u and e of two shares alike would give away the difference of what they hide. */
    @Test
    void share_ofEachAggregateAndHolder_hasFreshRandomness() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var sum = sum();
            var request = HOLDERS.request(sum, ACTIVE, OUTPUTS);
            var maker = new ShareMaker(HOLDERS.share(1), new PredictableRandom(1));
            var first = maker.share(request, sum, new long[2], merchant.key());
            var second = maker.share(request, sum, new long[2], merchant.key());
            assertFalse(first.h1().sameAs(second.h1()));
            assertFalse(first.h0().sameAs(second.h0()));
        }
    }

    /** What the merchant finds in each share is what the service finds in a plain one, flood and all, and nothing beside it. */
    @Test
    void share_readByItsMerchant_isNoNearerToTheKeyThanAPlainOne() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var sum = sum();
            var request = HOLDERS.request(sum, ACTIVE, OUTPUTS);
            var plain = new ShareMaker(HOLDERS.share(1), new PredictableRandom(1)).share(request, sum, new long[2]);
            var switched = new ShareMaker(HOLDERS.share(1), new PredictableRandom(1))
                    .share(request, sum, new long[2], merchant.key());
            var read = merchant.phase(switched.h0(), switched.h1())
                    .subtract(plain.h())
                    .toCoefficients();
            long most = 2L * HeParams.ERROR_MAX * SCHEME.params().n();
            for (int prime = 0; prime < SCHEME.params().primes().size(); prime++) {
                long q = SCHEME.params().primes().get(prime).q();
                for (long residue : read.residues(prime)) {
                    assertTrue(Math.min(residue, q - residue) <= most);
                }
            }
        }
    }

    /** {@code N*(F + 2*21*n) + B} stays within the margin of a plain opening, in every profile and for 8 holders. */
    @Test
    void noise_ofTheSwitch_isWithinTheMarginOfEveryProfile() {
        for (var params : List.of(HeParams.AGG_8192, HeParams.AGG_8192_HI)) {
            var bounds = NoiseBounds.ofMasked(params, HolderIndex.MAX, 1221);
            assertTrue(bounds.admitted());
            var extra = BigInteger.valueOf(2L * HeParams.ERROR_MAX * params.n());
            var total = bounds.flood()
                    .add(extra)
                    .multiply(BigInteger.valueOf(HolderIndex.MAX))
                    .add(bounds.total());
            assertTrue(total.compareTo(bounds.margin()) < 0);
        }
    }

    @Test
    void share_toAKeyOfOtherParameters_isRefused() {
        var other = Bfv.of(Schemes.small(128));
        try (var merchant = new MerchantSecret(other, Schemes.seed(50))) {
            var sum = sum();
            var maker = new ShareMaker(HOLDERS.share(1), new PredictableRandom(1));
            var request = HOLDERS.request(sum, ACTIVE, OUTPUTS);
            assertThrows(HeException.class, () -> maker.share(request, sum, new long[2], merchant.key()));
        }
    }

    private static List<SwitchShare> shares(Aggregate sum, MerchantKey merchant) {
        var request = HOLDERS.request(sum, ACTIVE, OUTPUTS);
        return ACTIVE.members().stream()
                .map(i -> new ShareMaker(HOLDERS.share(i.number()), new PredictableRandom(i.number()))
                        .share(request, sum, new long[] {7, -3}, merchant))
                .toList();
    }

    private static Aggregate sum() {
        return sum(HOLDERS);
    }

    private static Aggregate sum(Holders holders) {
        return Aggregate.sum(SCHEME, List.of(encrypted(holders, 0)));
    }

    private static Ciphertext encrypted(Holders holders, int slot) {
        var values = new long[64];
        values[0] = 40;
        values[9] = -2;
        var header = Schemes.header(SCHEME, slot, Encoding.BUCKETS, 64);
        return new Encryptor(holders.key()).encrypt(header, values, Schemes.seed(5 + slot), Schemes.seed(6 + slot));
    }
}
