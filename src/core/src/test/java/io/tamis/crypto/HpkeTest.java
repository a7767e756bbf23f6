package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.PredictableRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HPKE against RFC 9180's key derivation vector, and against BouncyCastle's own HPKE in both directions. */
class HpkeTest {
    private static final byte[] AAD = {1, 2, 3};
    private static final Hpke.Place PLACE = new Hpke.Place("tamis-test-v1", AAD);
    private static final SecretBytes PRIVATE = SecretBytes.random(32, new PredictableRandom(1));
    private static final byte[] PUBLIC = Hpke.publicKey(PRIVATE);
    private static final byte[] PLAIN = {9, 8, 7};

    /** RFC 9180 appendix A.1.1, DHKEM(X25519, HKDF-SHA256): ikmE, skEm, pkEm; ikmR, skRm. */
    @Test
    void deriveKeyPair_ofTheRfc_isItsVector() {
        assertEquals(
                "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
                derived("7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234"));
        assertEquals(
                "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
                derived("6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037"));
        assertEquals(
                "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
                hex(Hpke.publicKey(SecretBytes.copyOf(
                        bytes("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736")))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 150_528})
    void seal_ofAnyLength_isOpenedByAnotherImplementation(int length) throws Exception {
        byte[] plain = new PredictableRandom(length).bytes(length);
        byte[] sealed = Hpke.seal(PUBLIC, PLACE, plain, new PredictableRandom(3));
        assertEquals(length + Hpke.OVERHEAD_BYTES, sealed.length);
        var other = other();
        var keys = other.deserializePrivateKey(PRIVATE.reveal(), PUBLIC);
        byte[] enc = Arrays.copyOf(sealed, 32);
        byte[] ciphertext = Arrays.copyOfRange(sealed, 32, sealed.length);
        byte[] opened = other.open(enc, keys, "tamis-test-v1".getBytes(US_ASCII), AAD, ciphertext, null, null, null);
        assertArrayEquals(plain, opened);
    }

    @Test
    void open_ofWhatAnotherImplementationSealed_isTheText() throws Exception {
        var other = other();
        byte[][] sealed = other.seal(
                other.deserializePublicKey(PUBLIC), "tamis-test-v1".getBytes(US_ASCII), AAD, PLAIN, null, null, null);
        byte[] joined = Arrays.copyOf(sealed[1], sealed[1].length + sealed[0].length);
        System.arraycopy(sealed[0], 0, joined, sealed[1].length, sealed[0].length);
        assertArrayEquals(PLAIN, Hpke.open(PRIVATE, PLACE, joined));
    }

    @Test
    void open_withAnyBitFlipped_isOneRefusal() {
        byte[] sealed = Hpke.seal(PUBLIC, PLACE, PLAIN, new PredictableRandom(3));
        for (int i = 0; i < 8 * sealed.length; i++) {
            // The top bit of an X25519 point is not read (RFC 7748 section 5), but enc is hashed with it.
            byte[] changed = sealed.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertRefused(PRIVATE, PLACE, changed);
        }
    }

    @Test
    void open_elsewhereOrByAnother_isRefused() {
        byte[] sealed = Hpke.seal(PUBLIC, PLACE, PLAIN, new PredictableRandom(3));
        assertArrayEquals(PLAIN, Hpke.open(PRIVATE, PLACE, sealed));
        assertRefused(PRIVATE, new Hpke.Place("tamis-test-v2", AAD), sealed);
        assertRefused(PRIVATE, new Hpke.Place("tamis-test-v1", new byte[] {1, 2}), sealed);
        assertRefused(SecretBytes.random(32, new PredictableRandom(2)), PLACE, sealed);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused(PRIVATE, PLACE, Arrays.copyOf(sealed, length));
        }
        assertRefused(PRIVATE, PLACE, Arrays.copyOf(sealed, sealed.length + 1));
    }

    /** Points of small order give a shared secret of zeros, which everybody knows (RFC 7748 section 6.1). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
            })
    void smallOrder_isRefusedOnBothSides(String point) {
        byte[] bad = bytes(point);
        assertFalse(Hpke.isPublicKey(bad));
        var refused = assertThrows(CryptoException.class, () -> Hpke.seal(bad, PLACE, PLAIN, new PredictableRandom(3)));
        assertEquals(Code.INVALID_REQUEST, refused.code());
        byte[] sealed = Hpke.seal(PUBLIC, PLACE, PLAIN, new PredictableRandom(3));
        System.arraycopy(bad, 0, sealed, 0, 32);
        assertRefused(PRIVATE, PLACE, sealed);
    }

    @Test
    void seal_withFreshRandomness_givesOtherBytes() {
        var random = new PredictableRandom(3);
        byte[] first = Hpke.seal(PUBLIC, PLACE, PLAIN, random);
        assertNotEquals(hex(first), hex(Hpke.seal(PUBLIC, PLACE, PLAIN, random)));
        assertArrayEquals(first, Hpke.seal(PUBLIC, PLACE, PLAIN, new PredictableRandom(3)));
    }

    @Test
    void seal_toNoKey_isRefused() {
        assertTrue(Hpke.isPublicKey(PUBLIC));
        for (int length : new int[] {0, 31, 33}) {
            assertFalse(Hpke.isPublicKey(new byte[length]));
            assertThrows(
                    CryptoException.class, () -> Hpke.seal(new byte[length], PLACE, PLAIN, new PredictableRandom(3)));
        }
    }

    /** Every keeper of keys opens what was sealed to its key, and its place prints nothing. */
    @Test
    void unseal_byAKeyProvider_opensAndPrintsNothing() {
        var keys = new MemoryKeys(5);
        byte[] sealed = Hpke.seal(keys.publicKey(KeyName.HOLDER_SEALING), PLACE, PLAIN, new PredictableRandom(3));
        assertArrayEquals(PLAIN, keys.unseal(KeyName.HOLDER_SEALING, PLACE, sealed));
        assertTrue(PRIVATE.toString().equals("SecretBytes"));
    }

    private static HPKE other() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    private static void assertRefused(SecretBytes key, Hpke.Place place, byte[] sealed) {
        var refused = assertThrows(CryptoException.class, () -> Hpke.open(key, place, sealed));
        assertEquals(Code.INTERNAL, refused.code());
    }

    private static String derived(String material) {
        return hex(Hpke.derivePrivateKey(bytes(material)));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
