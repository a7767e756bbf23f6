package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeException;
import io.tamis.he.Schemes;
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

    private static List<SwitchShare> shares(Aggregate sum, MerchantKey merchant) {
        var request = HOLDERS.request(sum, ACTIVE, OUTPUTS);
        return ACTIVE.members().stream()
                .map(i -> new ShareMaker(HOLDERS.share(i.number()), new PredictableRandom(i.number()))
                        .share(request, sum, new long[] {7, -3}, merchant))
                .toList();
    }

    private static Aggregate sum() {
        var values = new long[64];
        values[0] = 40;
        values[9] = -2;
        var header = Schemes.header(SCHEME, 0, Encoding.BUCKETS, 64);
        return Aggregate.sum(
                SCHEME,
                List.of(new Encryptor(HOLDERS.key()).encrypt(header, values, Schemes.seed(5), Schemes.seed(6))));
    }
}
