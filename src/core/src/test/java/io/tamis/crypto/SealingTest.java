package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.PredictableRandom;
import io.tamis.data.RandomSource;
import io.tamis.data.Samples;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealingTest {
    private static final RandomSource ZERO_NONCE = bytes -> Arrays.fill(bytes, (byte) 0);

    private final SecretBytes key = SecretBytes.random(32, new PredictableRandom(1));
    private final byte[] aad = "place".getBytes(UTF_8);

    /** McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13 and 14. */
    @Test
    void seal_publishedVectors_giveThePublishedBytes() {
        try (var zeroKey = SecretBytes.copyOf(new byte[32])) {
            assertEquals(
                    "000000000000000000000000" + "530f8afbc74536b9a963b4f1c4cb738b",
                    HexFormat.of().formatHex(Sealing.seal(zeroKey, new byte[0], new byte[0], ZERO_NONCE)));
            assertEquals(
                    "000000000000000000000000"
                            + "cea7403d4d606b6e074ec5d3baf39d18"
                            + "d0d1c8a799996bf0265b98b5d48ab919",
                    HexFormat.of().formatHex(Sealing.seal(zeroKey, new byte[0], new byte[16], ZERO_NONCE)));
        }
    }

    /** The same paper, test case 16: with additional data and a text that does not fill its last block. */
    @Test
    void seal_publishedVectorWithAdditionalData_givesThePublishedBytes() {
        var hex = HexFormat.of();
        byte[] nonce = hex.parseHex("cafebabefacedbaddecaf888");
        byte[] plain = hex.parseHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        String cipher = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";
        try (var published =
                SecretBytes.copyOf(hex.parseHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))) {
            byte[] place = hex.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
            byte[] sealed =
                    Sealing.seal(published, place, plain, bytes -> System.arraycopy(nonce, 0, bytes, 0, bytes.length));
            assertEquals(
                    "cafebabefacedbaddecaf888" + cipher + "76fc6ece0f4e1768cddf8853bb2d551b", hex.formatHex(sealed));
            assertArrayEquals(plain, Sealing.open(published, place, sealed));
        }
    }

    /** Nonce and tag, nothing else: what is stored can be sized beforehand. */
    @Test
    void seal_anyLength_addsTheOverheadOnly() {
        for (int length : new int[] {0, 1, 15, 16, 17, 8192}) {
            assertEquals(
                    length + Sealing.OVERHEAD_BYTES,
                    Sealing.seal(key, aad, new byte[length], new PredictableRandom(length)).length);
        }
    }

    @Test
    void open_whatWasSealed_givesTheTextBack() {
        Samples.forAll(
                11,
                200,
                seed -> new PredictableRandom(seed.nextLong()).bytes(seed.nextInt(300)),
                plain -> assertArrayEquals(
                        plain, Sealing.open(key, aad, Sealing.seal(key, aad, plain, new PredictableRandom(5)))));
    }

    @Test
    void seal_twice_usesFreshNonces() {
        var random = new PredictableRandom(6);
        assertFalse(Arrays.equals(
                Sealing.seal(key, aad, new byte[4], random), Sealing.seal(key, aad, new byte[4], random)));
    }

    @Test
    void open_everyFlippedBit_isRefused() {
        byte[] sealed = Sealing.seal(key, aad, new byte[] {1, 2, 3}, new PredictableRandom(7));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(key, aad, forged);
        }
    }

    @Test
    void open_otherPlaceOrKeyOrLength_isRefused() {
        byte[] sealed = Sealing.seal(key, aad, new byte[] {1, 2, 3}, new PredictableRandom(8));
        assertRefused(key, "elsewhere".getBytes(UTF_8), sealed);
        assertRefused(SecretBytes.random(32, new PredictableRandom(2)), aad, sealed);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused(key, aad, Arrays.copyOf(sealed, length));
        }
        assertRefused(key, aad, Arrays.copyOf(sealed, sealed.length + 1));
    }

    @Test
    void seal_underAKeyOfAnotherLength_isABug() {
        try (var shortKey = SecretBytes.copyOf(new byte[16])) {
            assertThrows(IllegalArgumentException.class, () -> Sealing.seal(shortKey, aad, new byte[0], ZERO_NONCE));
        }
    }

    private static void assertRefused(SecretBytes key, byte[] aad, byte[] sealed) {
        var refusal = assertThrows(CryptoException.class, () -> Sealing.open(key, aad, sealed));
        assertEquals(Code.INTERNAL, refusal.code());
    }
}
