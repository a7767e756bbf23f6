package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Mutations;
import io.tamis.data.Samples;
import io.tamis.he.threshold.Holders;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiphertextTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Ciphertext MADE = make();
    private static final byte[] BYTES = MADE.bytes();

    @Test
    void header_hasTheWrittenForm() {
        String hex = HexFormat.of().formatHex(BYTES, 0, CipherHeader.LENGTH);
        assertEquals(
                "54414845" + "01" + "01" + SCHEME.paramsId().hex() + "0000000000000003" + "0000000000000007"
                        + "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"
                        + "00000005" + "01" + "00000040" + "00000930",
                hex);
    }

    @Test
    void read_ofWhatWasWritten_isTheSame() {
        var read = Ciphertext.read(SCHEME, BYTES);
        assertEquals(MADE.header(), read.header());
        assertEquals(MADE.hash(), read.hash());
        assertArrayEquals(BYTES, read.bytes());
        assertTrue(read.c0().sameAs(MADE.c0()) && read.c1().sameAs(MADE.c1()));
    }

    @Test
    void c1Bytes_areTheSecondHalfOfTheBody() {
        int half = SCHEME.params().polynomialBytes();
        assertArrayEquals(
                Arrays.copyOfRange(BYTES, CipherHeader.LENGTH + half, CipherHeader.LENGTH + 2 * half), MADE.c1Bytes());
    }

    @Test
    void read_ofASeededOne_isTheSame() {
        byte[] bytes = seeded().bytes();
        assertEquals(Ciphertext.length(SCHEME.params(), CipherKind.SEEDED), bytes.length);
        var read = Ciphertext.read(SCHEME, bytes);
        assertArrayEquals(bytes, read.bytes());
        assertTrue(read.c1().sameAs(seeded().c1()));
    }

    /** Each byte of the header that has only one right value, and lengths and counts just outside. */
    @ParameterizedTest
    @CsvSource({
        "0, 55", "3, 00", "4, 00", "4, 02", "5, 00", "5, 03", "6, 00", "37, 00", "38, 80", "46, ff", "86, 80", "90, 00",
        "90, 03", "91, 01", "91, ff", "94, 00", "94, 41", "95, 7f", "98, 31", "98, 2f"
    })
    void read_withAChangedHeaderByte_isRefused(int at, String value) {
        byte[] bytes = BYTES.clone();
        bytes[at] = (byte) Integer.parseInt(value, 16);
        refused(bytes);
    }

    @Test
    void read_withEpochZero_isRefused() {
        refused(with(38, new byte[8]));
        refused(with(46, new byte[8]));
    }

    @Test
    void read_ofAnyOtherLength_isRefused() {
        for (int length = 0; length < BYTES.length; length++) {
            refused(Arrays.copyOf(BYTES, length));
        }
        refused(Arrays.copyOf(BYTES, BYTES.length + 1));
    }

    /** A length bomb: the header declares more than the parameters give, and nothing is allocated for it. */
    @Test
    void read_ofABodyLengthBomb_isRefused() {
        refused(with(95, ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array()));
        refused(with(95, ByteBuffer.allocate(4).putInt(-1).array()));
        refused(Arrays.copyOf(with(95, ByteBuffer.allocate(4).putInt(1 << 30).array()), CipherHeader.LENGTH));
    }

    @Test
    void read_ofAResidueAtItsPrime_isRefused() {
        // The first 49 bits of the body as q, then as all ones.
        long q = SCHEME.params().primes().getFirst().q();
        for (long value : new long[] {q, (1L << 49) - 1}) {
            byte[] bytes = BYTES.clone();
            for (int i = 0; i < 6; i++) {
                bytes[CipherHeader.LENGTH + i] = (byte) (value >>> (8 * i));
            }
            bytes[CipherHeader.LENGTH + 6] |= (byte) (value >>> 48);
            refused(bytes);
        }
    }

    /** A transparent ciphertext: c1 = 0, so that c0 is the plaintext to everybody. */
    @Test
    void read_ofATransparentCiphertext_isRefused() {
        byte[] bytes = BYTES.clone();
        Arrays.fill(bytes, CipherHeader.LENGTH + SCHEME.params().polynomialBytes(), bytes.length, (byte) 0);
        refused(bytes);
    }

    @Test
    void read_ofOtherParameters_isRefused() {
        var other = Bfv.of(new HeParams(
                "TEST-64",
                64,
                SCHEME.params().primes(),
                SCHEME.params().t(),
                SCHEME.params().lambda() + 1));
        assertEquals(BYTES.length, Ciphertext.length(other.params(), CipherKind.PUBLIC_KEY));
        assertThrows(HeException.class, () -> Ciphertext.read(other, BYTES));
    }

    @Test
    void read_ofMutations_isRefusedOrReadsBackTheSameBytes() {
        Samples.forAll(20260503, 5_000, random -> Mutations.of(BYTES, random), bytes -> {
            try {
                assertArrayEquals(bytes, Ciphertext.read(SCHEME, bytes).bytes());
            } catch (HeException refused) {
                assertEquals(Code.CIPHERTEXT_REJECTED, refused.code());
            }
        });
    }

    @Test
    void hash_ofAnotherSlot_differs() {
        var other = new Encryptor(Holders.additive(SCHEME, 2).key())
                .encrypt(
                        Schemes.header(SCHEME, 6, Encoding.TAGS, 64), new long[64], Schemes.seed(11), Schemes.seed(12));
        assertNotEquals(MADE.hash(), other.hash());
    }

    @Test
    void encrypt_ofValuesThatDoNotFit_isRefused() {
        var encryptor = new Encryptor(Holders.additive(SCHEME, 2).key());
        var header = Schemes.header(SCHEME, 0, Encoding.TAGS, 2);
        long half = SCHEME.params().t() / 2;
        assertThrows(HeException.class, () -> encrypt(encryptor, header, half + 1, 0));
        assertThrows(HeException.class, () -> encrypt(encryptor, header, 0, -half - 1));
        assertThrows(HeException.class, () -> encrypt(encryptor, header, 0));
        assertThrows(HeException.class, () -> encrypt(encryptor, header, 0, 0, 0));
        encrypt(encryptor, header, half, -half);
    }

    @Test
    void encrypt_ofSlots_isRefused() {
        var encryptor = new Encryptor(Holders.additive(SCHEME, 2).key());
        assertThrows(HeException.class, () -> encrypt(encryptor, Schemes.header(SCHEME, 0, Encoding.SLOTS, 1), 0));
    }

    @Test
    void toString_tellsNothing() {
        assertEquals("Ciphertext", MADE.toString());
    }

    @Test
    void signedBody_splitsAtTheContentsLength() {
        byte[] whole = Arrays.copyOf(BYTES, BYTES.length + SignedBody.SIGNATURE_LENGTH);
        whole[whole.length - 1] = 9;
        var split = SignedBody.split(whole, BYTES.length);
        assertArrayEquals(BYTES, split.content());
        assertEquals(9, split.signature()[63]);
        assertArrayEquals(whole, split.bytes());
        assertEquals(split, SignedBody.of(split.content(), split.signature()));
        assertThrows(HeException.class, () -> SignedBody.split(whole, BYTES.length - 1));
        assertThrows(HeException.class, () -> SignedBody.split(whole, -1));
    }

    private static Ciphertext encrypt(Encryptor encryptor, CipherHeader header, long... values) {
        return encryptor.encrypt(header, values, Schemes.seed(1), Schemes.seed(2));
    }

    private static byte[] with(int at, byte[] replacement) {
        byte[] bytes = BYTES.clone();
        System.arraycopy(replacement, 0, bytes, at, replacement.length);
        return bytes;
    }

    private static void refused(byte[] bytes) {
        var refusal = assertThrows(HeException.class, () -> Ciphertext.read(SCHEME, bytes));
        assertEquals(HeException.Fault.REJECTED, refusal.fault());
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal.code());
    }

    private static Ciphertext make() {
        long[] values = new SplittableRandom(3).longs(64, -1000, 1000).toArray();
        return new Encryptor(Holders.additive(SCHEME, 2).key())
                .encrypt(Schemes.header(SCHEME, 5, Encoding.TAGS, 64), values, Schemes.seed(11), Schemes.seed(12));
    }

    private static Ciphertext seeded() {
        var header = MADE.header();
        var seeded = new CipherHeader(
                CipherKind.SEEDED, header.params(), header.keyEpoch(), header.alignment(), 5, Encoding.TAGS, 64);
        try (var key = SingleKey.of(SCHEME, Schemes.seed(101))) {
            return key.encrypt(seeded, new long[64], Schemes.seed(21), Schemes.seed(22));
        }
    }
}
