package io.tamis.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 8032 section 7.1, tests 1 to 3: secret, public, message, signature. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void sign_publishedVectors_giveThePublishedSignatures(
            String secret, String publicKey, String message, String signature) {
        try (var seed = SecretBytes.copyOf(HEX.parseHex(secret))) {
            assertEquals(publicKey, HEX.formatHex(Ed25519.publicKey(seed)));
            assertEquals(signature, HEX.formatHex(Ed25519.sign(seed, HEX.parseHex(message))));
            assertTrue(Ed25519.verify(HEX.parseHex(publicKey), HEX.parseHex(message), HEX.parseHex(signature)));
        }
    }

    @Test
    void verify_everyFlippedBit_isRefused() {
        var seed = Ed25519.newSeed(new PredictableRandom(1));
        byte[] publicKey = Ed25519.publicKey(seed);
        byte[] message = {1, 2, 3};
        byte[] signature = Ed25519.sign(seed, message);
        assertTrue(Ed25519.verify(publicKey, message, signature));
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            assertFalse(Ed25519.verify(publicKey, message, flipped(signature, bit)), "signature bit " + bit);
        }
        for (int bit = 0; bit < 8 * publicKey.length; bit++) {
            assertFalse(Ed25519.verify(flipped(publicKey, bit), message, signature), "key bit " + bit);
        }
        for (int bit = 0; bit < 8 * message.length; bit++) {
            assertFalse(Ed25519.verify(publicKey, flipped(message, bit), signature), "message bit " + bit);
        }
    }

    @Test
    void verify_wrongLengths_isRefusedWithoutException() {
        assertFalse(Ed25519.verify(new byte[31], new byte[0], new byte[64]));
        assertFalse(Ed25519.verify(new byte[32], new byte[0], new byte[63]));
        assertFalse(Ed25519.verify(new byte[0], new byte[0], new byte[0]));
    }

    /** The group order added to S gives a second encoding of the same signature; RFC 8032 section 5.1.7 refuses it. */
    @Test
    void verify_signatureWithUnreducedScalar_isRefused() {
        var seed = Ed25519.newSeed(new PredictableRandom(2));
        byte[] signature = Ed25519.sign(seed, new byte[] {7});
        byte[] order = HEX.parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            carry += (signature[32 + i] & 0xff) + (order[i] & 0xff);
            signature[32 + i] = (byte) carry;
            carry >>= 8;
        }
        assertFalse(Ed25519.verify(Ed25519.publicKey(seed), new byte[] {7}, signature));
    }

    /** The JDK's own implementation as an oracle. */
    @Test
    void sign_randomMessages_areAcceptedByTheJdk() throws Exception {
        var random = new PredictableRandom(3);
        byte[] prefix = HEX.parseHex("302a300506032b6570032100");
        for (int length = 0; length < 50; length++) {
            var seed = Ed25519.newSeed(random);
            byte[] encoded = java.util.Arrays.copyOf(prefix, prefix.length + 32);
            System.arraycopy(Ed25519.publicKey(seed), 0, encoded, prefix.length, 32);
            byte[] message = random.bytes(length);
            var oracle = Signature.getInstance("Ed25519");
            oracle.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            oracle.update(message);
            assertTrue(oracle.verify(Ed25519.sign(seed, message)));
        }
    }

    @Test
    void sign_sameMessageTwice_isDeterministic() {
        var seed = Ed25519.newSeed(new PredictableRandom(4));
        assertArrayEquals(Ed25519.sign(seed, new byte[] {1}), Ed25519.sign(seed, new byte[] {1}));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }
}
