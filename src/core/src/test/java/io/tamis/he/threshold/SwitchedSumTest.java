package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Mutations;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.Schemes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a merchant fetches and opens. */
class SwitchedSumTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Hash TICKET = Hash.sha256(new byte[] {7});
    private static final Holders HOLDERS = Holders.shamir(SCHEME, 2, 3);
    private static final ActiveSet ACTIVE = ActiveSet.of(2, 3);
    private static final long VALUE = 40;
    private static final long NOISE = 5;
    private static final long OPENED = VALUE + 2 * NOISE;
    private static final int MAGNITUDE_AT = 5 + 4 * Hash.LENGTH;

    private final MerchantSecret merchant = new MerchantSecret(SCHEME, Schemes.seed(50));

    @Test
    void open_ofWhatWasWritten_isTheValueWithTheNoiseOfBoth() {
        byte[] bytes = sum(OPENED).bytes(SCHEME);
        assertEquals(SwitchedSum.length(SCHEME), bytes.length);
        var read = SwitchedSum.read(SCHEME, bytes);
        assertEquals(TICKET, read.ticket());
        assertEquals(merchant.key().hash(), read.key());
        assertEquals(OPENED, merchant.open(read));
        assertArrayEquals(bytes, read.bytes(SCHEME));
    }

    /** The bound is what the server checks when it opens itself: here only the merchant can. */
    @Test
    void open_ofAValueBeyondItsBound_isRefused() {
        assertEquals(OPENED, merchant.open(sum(OPENED)));
        rejected(() -> merchant.open(sum(OPENED - 1)));
    }

    @Test
    void open_withAnotherKey_isRefused() {
        try (var other = new MerchantSecret(SCHEME, Schemes.seed(51))) {
            rejected(() -> other.open(sum(1L << 20)));
        }
    }

    /** Named as another's key: the value would be garbage, of which a part would be within the bound. */
    @Test
    void open_ofASumRelabelledToTheKey_isRefused() {
        try (var other = new MerchantSecret(SCHEME, Schemes.seed(51))) {
            var sum = sum(OPENED);
            rejected(() -> other.open(new SwitchedSum(
                    sum.ticket(), other.key().hash(), sum.aggregate(), sum.magnitudeMax(), sum.value())));
        }
    }

    @Test
    void read_ofAnyOtherLength_isRefused() {
        byte[] bytes = sum(OPENED).bytes(SCHEME);
        for (int length = 0; length < bytes.length; length += 11) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            rejected(() -> SwitchedSum.read(SCHEME, shorter));
        }
        rejected(() -> SwitchedSum.read(SCHEME, Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void read_ofAnotherSchemeOrANegativeBound_isRefused() {
        byte[] bytes = sum(OPENED).bytes(SCHEME);
        for (int at = 0; at < 37; at++) {
            byte[] wrong = bytes.clone();
            wrong[at] ^= 0x40;
            rejected(() -> SwitchedSum.read(SCHEME, wrong));
        }
        byte[] negative = bytes.clone();
        negative[MAGNITUDE_AT] = (byte) 0x80;
        rejected(() -> SwitchedSum.read(SCHEME, negative));
    }

    /** A changed bit of a polynomial, in the transformed form, changes every coefficient by something huge. */
    @Test
    void open_afterOneChangedBit_isRefused() {
        byte[] bytes = sum(OPENED).bytes(SCHEME);
        int polynomials = bytes.length - 2 * SCHEME.params().polynomialBytes();
        for (int bit = 8 * polynomials; bit < 8 * bytes.length; bit += 211) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            rejected(() -> merchant.open(SwitchedSum.read(SCHEME, changed)));
        }
    }

    @Test
    void read_ofMutations_isRefusedOrReadsBackTheSameBytes() {
        byte[] bytes = sum(OPENED).bytes(SCHEME);
        Samples.forAll(20261125, 2_000, random -> Mutations.of(bytes, random), mutated -> {
            try {
                assertArrayEquals(mutated, SwitchedSum.read(SCHEME, mutated).bytes(SCHEME));
            } catch (HeException refused) {
                assertEquals(HeException.Fault.REJECTED, refused.fault());
            }
        });
    }

    @Test
    void params_ofBytesOfNoNamedProfile_isRefused() {
        rejected(() -> SwitchedSum.params(sum(OPENED).bytes(SCHEME)));
        rejected(() -> SwitchedSum.params(new byte[20]));
        byte[] named = new byte[MAGNITUDE_AT + Hash.LENGTH + Long.BYTES];
        System.arraycopy(HeParams.AGG_8192.paramsId().bytes(), 0, named, 5, Hash.LENGTH);
        assertEquals(HeParams.AGG_8192, SwitchedSum.params(named));
    }

    private SwitchedSum sum(long magnitudeMax) {
        var header = Schemes.header(SCHEME, 0, Encoding.TAGS, 1);
        var ciphertext =
                new Encryptor(HOLDERS.key()).encrypt(header, new long[] {VALUE}, Schemes.seed(5), Schemes.seed(6));
        var sum = Aggregate.sum(SCHEME, List.of(ciphertext));
        var request = HOLDERS.request(sum, ACTIVE, Outputs.FIRST);
        var shares = ACTIVE.members().stream()
                .map(i -> new ShareMaker(HOLDERS.share(i.number()), new PredictableRandom(i.number()))
                        .share(request, sum, new long[] {NOISE}, merchant.key()))
                .toList();
        var switched = new Combiner(SCHEME).switched(sum, ACTIVE, shares);
        return new SwitchedSum(TICKET, merchant.key().hash(), sum.hash(), new OpenedMax(magnitudeMax), switched);
    }

    private static void rejected(org.junit.jupiter.api.function.Executable opening) {
        assertTrue(
                assertThrows(HeException.class, opening).fault() == HeException.Fault.REJECTED,
                "one refusal for everything");
    }
}
