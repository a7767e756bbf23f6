package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Mutations;
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

class ShareFileTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Hash TICKET = Hash.sha256(new byte[] {7});
    private static final ShareFile FILE = file();
    private static final byte[] BYTES = FILE.bytes(SCHEME);

    @Test
    void header_hasTheWrittenForm() {
        assertEquals(
                "54414853" + "01" + "01" + SCHEME.paramsId().hex() + "0000000000000003" + TICKET.hex() + "03" + "05"
                        + "00000002" + "00000498",
                HexFormat.of().formatHex(BYTES, 0, ShareHeader.LENGTH));
    }

    @Test
    void read_ofWhatWasWritten_isTheSame() {
        var read = ShareFile.read(SCHEME, 2, BYTES);
        assertEquals(FILE.header(), read.header());
        for (int i = 0; i < 2; i++) {
            assertEquals(FILE.shares().get(i).aggregate(), read.shares().get(i).aggregate());
            assertTrue(FILE.shares().get(i).h().sameAs(read.shares().get(i).h()));
        }
        assertArrayEquals(BYTES, read.bytes(SCHEME));
    }

    @Test
    void read_ofAnyOtherLengthOrCount_isRefused() {
        for (int length = 0; length < BYTES.length; length += 7) {
            refused(2, Arrays.copyOf(BYTES, length));
        }
        refused(2, Arrays.copyOf(BYTES, BYTES.length + 1));
        refused(1, BYTES);
        refused(3, BYTES);
    }

    /** The count in the header is the reader's, or nothing is read: no allocation follows what a file says. */
    @Test
    void read_ofACountBomb_isRefused() {
        byte[] bomb = BYTES.clone();
        Arrays.fill(bomb, 80, 84, (byte) 0x7f);
        refused(2, bomb);
        byte[] length = BYTES.clone();
        Arrays.fill(length, 84, 88, (byte) 0x7f);
        refused(2, length);
    }

    @Test
    void read_ofEachWrongHeaderByte_isRefused() {
        for (int at = 0; at < 38; at++) {
            byte[] bytes = BYTES.clone();
            bytes[at] ^= (byte) 0x80;
            refused(2, bytes);
        }
        for (int holder : new int[] {0, 2, 9, 255}) {
            byte[] bytes = BYTES.clone();
            bytes[78] = (byte) holder;
            refused(2, bytes);
        }
        byte[] nobody = BYTES.clone();
        nobody[79] = 0;
        refused(2, nobody);
        byte[] epochZero = BYTES.clone();
        Arrays.fill(epochZero, 38, 46, (byte) 0);
        refused(2, epochZero);
    }

    @Test
    void read_ofTheSameAggregateTwice_isRefused() {
        byte[] bytes = BYTES.clone();
        int each = Hash.LENGTH + SCHEME.params().polynomialBytes();
        System.arraycopy(bytes, ShareHeader.LENGTH, bytes, ShareHeader.LENGTH + each, Hash.LENGTH);
        refused(2, bytes);
    }

    @Test
    void read_ofMutations_isRefusedOrReadsBackTheSameBytes() {
        Samples.forAll(20260510, 3_000, random -> Mutations.of(BYTES, random), bytes -> {
            try {
                assertArrayEquals(bytes, ShareFile.read(SCHEME, 2, bytes).bytes(SCHEME));
            } catch (HeException refused) {
                assertEquals(HeException.Fault.REJECTED, refused.fault());
            }
        });
    }

    @Test
    void file_ofSharesOfSomebodyElse_isRefused() {
        var header = new ShareHeader(new KeyEpoch(3), TICKET, new HolderIndex(1), ActiveSet.of(1, 3), 2);
        var other = new ShareHeader(new KeyEpoch(3), TICKET, new HolderIndex(2), ActiveSet.of(2, 3), 1);
        var shares = FILE.shares();
        assertThrows(HeException.class, () -> new ShareFile(header, shares));
        assertThrows(HeException.class, () -> new ShareFile(other, shares.subList(0, 1)));
        assertThrows(HeException.class, () -> new ShareFile(FILE.header(), List.of(shares.get(0), shares.get(0))));
        assertThrows(
                HeException.class,
                () -> new ShareHeader(new KeyEpoch(3), TICKET, new HolderIndex(2), ActiveSet.of(1, 3), 2));
    }

    @Test
    void length_countsHashesAndBodies() {
        assertEquals(BYTES.length, ShareFile.length(SCHEME, 2));
        assertThrows(HeException.class, () -> ShareFile.length(SCHEME, 0));
        assertThrows(HeException.class, () -> ShareFile.length(SCHEME, ShareHeader.COUNT_MAX + 1));
    }

    private static ShareFile file() {
        var holders = Holders.shamir(SCHEME, 2, 3);
        var active = ActiveSet.of(1, 3);
        var encryptor = new Encryptor(holders.key());
        var shares = IntStream.range(0, 2)
                .mapToObj(slot -> Aggregate.sum(
                        SCHEME,
                        List.of(encryptor.encrypt(
                                Schemes.header(SCHEME, slot, Encoding.TAGS, 1),
                                new long[] {slot},
                                Schemes.seed(slot),
                                Schemes.seed(9 + slot)))))
                .map(sum ->
                        holders.shares(sum, active, Outputs.FIRST, new long[1]).get(1))
                .toList();
        return new ShareFile(new ShareHeader(new KeyEpoch(3), TICKET, new HolderIndex(3), active, 2), shares);
    }

    private static void refused(int count, byte[] bytes) {
        assertEquals(
                HeException.Fault.REJECTED,
                assertThrows(HeException.class, () -> ShareFile.read(SCHEME, count, bytes))
                        .fault());
    }
}
