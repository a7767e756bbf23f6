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
import io.tamis.he.KeyEpoch;
import io.tamis.he.Schemes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwitchFileTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Hash TICKET = Hash.sha256(new byte[] {7});
    private static final ActiveSet ACTIVE = ActiveSet.of(1, 3);
    private static final Holders HOLDERS = Holders.shamir(SCHEME, 2, 3);
    private static final List<Aggregate> SUMS = sums();
    private static final SwitchFile FILE = file();
    private static final byte[] BYTES = FILE.bytes(SCHEME);
    private static final int KIND_AT = 5;

    @Test
    void header_saysSwitch_andTwiceTheLength() {
        assertEquals(
                "54414853" + "01" + "02" + SCHEME.paramsId().hex() + "0000000000000003" + TICKET.hex() + "03" + "05"
                        + "00000002" + "00000930",
                HexFormat.of().formatHex(BYTES, 0, ShareHeader.LENGTH));
        assertEquals(BYTES.length, HolderShares.length(SCHEME, ShareKind.SWITCH, 2));
    }

    @Test
    void read_ofWhatWasWritten_isTheSame() {
        var read = SwitchFile.read(SCHEME, 2, BYTES);
        assertEquals(FILE.header(), read.header());
        assertEquals(FILE.aggregates(), read.aggregates());
        for (int i = 0; i < 2; i++) {
            assertTrue(FILE.shares().get(i).h0().sameAs(read.shares().get(i).h0()));
            assertTrue(FILE.shares().get(i).h1().sameAs(read.shares().get(i).h1()));
        }
        assertArrayEquals(
                BYTES, HolderShares.read(SCHEME, ShareKind.SWITCH, 2, BYTES).bytes(SCHEME));
    }

    @Test
    void read_ofAnyOtherLengthOrCount_isRefused() {
        for (int length = 0; length < BYTES.length; length += 13) {
            refused(ShareKind.SWITCH, 2, Arrays.copyOf(BYTES, length));
        }
        refused(ShareKind.SWITCH, 2, Arrays.copyOf(BYTES, BYTES.length + 1));
        refused(ShareKind.SWITCH, 1, BYTES);
        refused(ShareKind.SWITCH, 3, BYTES);
    }

    /** A server that passes the one for the other would open in the clear what was to be opened to a merchant. */
    @Test
    void read_ofTheOtherKind_isRefused_whateverTheKindByteSays() {
        byte[] plain = plain();
        for (int count = 1; count <= 5; count++) {
            refused(ShareKind.PLAIN, count, BYTES);
            refused(ShareKind.SWITCH, count, plain);
        }
        for (int kind = 0; kind < 256; kind++) {
            byte[] relabelled = BYTES.clone();
            relabelled[KIND_AT] = (byte) kind;
            refused(ShareKind.PLAIN, 2, relabelled);
            if (kind != 2) {
                refused(ShareKind.SWITCH, 2, relabelled);
            }
            byte[] other = plain.clone();
            other[KIND_AT] = (byte) kind;
            refused(ShareKind.SWITCH, 2, other);
            refused(ShareKind.SWITCH, 1, other);
        }
    }

    /** Exactly as long as a switch file of one aggregate would be: length alone does not tell the kinds apart. */
    @Test
    void read_ofAKindWithTheOthersLength_isRefused() {
        byte[] padded = Arrays.copyOf(plain(), HolderShares.length(SCHEME, ShareKind.SWITCH, 1));
        refused(ShareKind.SWITCH, 1, padded);
        byte[] cut = Arrays.copyOf(BYTES, HolderShares.length(SCHEME, ShareKind.PLAIN, 2));
        cut[KIND_AT] = 1;
        refused(ShareKind.PLAIN, 2, cut);
    }

    @Test
    void read_ofTheSameAggregateTwice_isRefused() {
        byte[] bytes = BYTES.clone();
        int each = (BYTES.length - ShareHeader.LENGTH) / 2;
        System.arraycopy(bytes, ShareHeader.LENGTH, bytes, ShareHeader.LENGTH + each, Hash.LENGTH);
        refused(ShareKind.SWITCH, 2, bytes);
    }

    /** The second polynomial is checked as the first. */
    @Test
    void read_ofAResidueNotBelowItsPrime_isRefused() {
        int poly = SCHEME.params().polynomialBytes();
        for (int at : new int[] {0, poly}) {
            byte[] bytes = BYTES.clone();
            Arrays.fill(bytes, ShareHeader.LENGTH + Hash.LENGTH + at, ShareHeader.LENGTH + Hash.LENGTH + at + 8, (byte)
                    0xff);
            refused(ShareKind.SWITCH, 2, bytes);
        }
    }

    @Test
    void read_ofMutations_isRefusedOrReadsBackTheSameBytes() {
        Samples.forAll(20261124, 3_000, random -> Mutations.of(BYTES, random), bytes -> {
            try {
                assertArrayEquals(bytes, SwitchFile.read(SCHEME, 2, bytes).bytes(SCHEME));
            } catch (HeException refused) {
                assertEquals(HeException.Fault.REJECTED, refused.fault());
            }
        });
    }

    @Test
    void file_ofSharesThatDoNotFitTheHeader_isRefused() {
        var shares = FILE.shares();
        var plainHeader = new ShareHeader(new KeyEpoch(3), TICKET, new HolderIndex(3), ACTIVE, 2);
        assertThrows(HeException.class, () -> new SwitchFile(plainHeader, shares));
        assertThrows(HeException.class, () -> new SwitchFile(header(1), shares));
        assertThrows(HeException.class, () -> new SwitchFile(header(3), shares.subList(0, 1)));
        assertThrows(HeException.class, () -> new SwitchFile(header(3), List.of(shares.get(0), shares.get(0))));
        assertThrows(HeException.class, () -> new ShareFile(header(3), List.of()));
    }

    private static ShareHeader header(int holder) {
        return new ShareHeader(ShareKind.SWITCH, new KeyEpoch(3), TICKET, new HolderIndex(holder), ACTIVE, 2);
    }

    private static byte[] plain() {
        var shares = SUMS.stream()
                .map(sum ->
                        HOLDERS.shares(sum, ACTIVE, Outputs.FIRST, new long[1]).get(1))
                .toList();
        return new ShareFile(new ShareHeader(new KeyEpoch(3), TICKET, new HolderIndex(3), ACTIVE, 2), shares)
                .bytes(SCHEME);
    }

    private static SwitchFile file() {
        try (var merchant = new MerchantSecret(SCHEME, Schemes.seed(50))) {
            var maker = new ShareMaker(HOLDERS.share(3), new PredictableRandom(3));
            var shares = SUMS.stream()
                    .map(sum ->
                            maker.share(HOLDERS.request(sum, ACTIVE, Outputs.FIRST), sum, new long[1], merchant.key()))
                    .toList();
            return new SwitchFile(header(3), shares);
        }
    }

    private static List<Aggregate> sums() {
        var encryptor = new Encryptor(HOLDERS.key());
        return IntStream.range(0, 2)
                .mapToObj(slot -> Aggregate.sum(
                        SCHEME,
                        List.of(encryptor.encrypt(
                                Schemes.header(SCHEME, slot, Encoding.TAGS, 1),
                                new long[] {slot},
                                Schemes.seed(slot),
                                Schemes.seed(9 + slot)))))
                .toList();
    }

    private static void refused(ShareKind kind, int count, byte[] bytes) {
        assertEquals(
                HeException.Fault.REJECTED,
                assertThrows(HeException.class, () -> HolderShares.read(SCHEME, kind, count, bytes))
                        .fault());
    }
}
