package io.tamis.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** BouncyCastle's ML-DSA-44 against the JDK's (JEP 497), which is other code by other people. */
class MlDsa44Test {
    /** SubjectPublicKeyInfo of id-ml-dsa-44 (2.16.840.1.101.3.4.3.17, RFC 9881) up to the key. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private static final SecretBytes SEED = SecretBytes.random(32, new PredictableRandom(44));
    private static final byte[] PUBLIC_KEY = MlDsa44.publicKey(SEED);

    @Test
    void publicKey_ofASeed_isTheOneOfTheJdk() throws Exception {
        for (int seed = 0; seed < 5; seed++) {
            byte[] bytes = new PredictableRandom(seed).bytes(32);
            var generator = KeyPairGenerator.getInstance("ML-DSA");
            // FIPS 204 algorithm 1 draws the seed and nothing else.
            generator.initialize(NamedParameterSpec.ML_DSA_44, SourcedRandom.of(drawn -> {
                assertEquals(32, drawn.length);
                System.arraycopy(bytes, 0, drawn, 0, 32);
            }));
            byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
            assertArrayEquals(PREFIX, Arrays.copyOf(encoded, PREFIX.length));
            assertArrayEquals(
                    Arrays.copyOfRange(encoded, PREFIX.length, encoded.length),
                    MlDsa44.publicKey(SecretBytes.copyOf(bytes)));
        }
    }

    @Test
    void sign_ofAnyLength_isVerifiedByTheJdk() throws Exception {
        var random = new PredictableRandom(3);
        for (int length : new int[] {0, 1, 31, 200, 10_000}) {
            byte[] message = random.bytes(length);
            byte[] signature = MlDsa44.sign(SEED, message, random);
            assertEquals(MlDsa44.SIGNATURE_BYTES, signature.length);
            assertTrue(MlDsa44.verify(PUBLIC_KEY, message, signature));
            var verifier = Signature.getInstance("ML-DSA-44");
            verifier.initVerify(jdk(PUBLIC_KEY));
            verifier.update(message);
            assertTrue(verifier.verify(signature));
        }
    }

    @Test
    void verify_whatTheJdkSigned_isTrue() throws Exception {
        for (int i = 0; i < 5; i++) {
            var generator = KeyPairGenerator.getInstance("ML-DSA-44");
            var pair = generator.generateKeyPair();
            byte[] message = new PredictableRandom(i).bytes(100 * i);
            var signer = Signature.getInstance("ML-DSA-44");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            byte[] signature = signer.sign();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] publicKey = Arrays.copyOfRange(encoded, PREFIX.length, encoded.length);
            assertTrue(MlDsa44.verify(publicKey, message, signature));
            signature[i] ^= 1;
            assertFalse(MlDsa44.verify(publicKey, message, signature));
        }
    }

    /** Hedged: two signatures of one message differ, and both are good. With the same randomness they are the same. */
    @Test
    void sign_withFreshRandomness_differsEachTime() {
        byte[] message = {1, 2, 3};
        var random = new PredictableRandom(4);
        byte[] first = MlDsa44.sign(SEED, message, random);
        byte[] second = MlDsa44.sign(SEED, message, random);
        assertFalse(Arrays.equals(first, second));
        assertTrue(MlDsa44.verify(PUBLIC_KEY, message, second));
        assertArrayEquals(MlDsa44.sign(SEED, message, bytes -> {}), MlDsa44.sign(SEED, message, bytes -> {}));
    }

    @Test
    void verify_everyFlippedBitOfTheSignature_isRefused() {
        byte[] message = {1, 2, 3};
        byte[] signature = MlDsa44.sign(SEED, message, bytes -> {});
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            signature[bit / 8] ^= (byte) (1 << (bit % 8));
            assertFalse(MlDsa44.verify(PUBLIC_KEY, message, signature), "bit " + bit);
            signature[bit / 8] ^= (byte) (1 << (bit % 8));
        }
        assertTrue(MlDsa44.verify(PUBLIC_KEY, message, signature));
    }

    @Test
    void verify_flippedBitsOfKeyAndMessage_isRefused() {
        byte[] message = {1, 2, 3};
        byte[] signature = MlDsa44.sign(SEED, message, bytes -> {});
        for (int bit = 0; bit < 8 * message.length; bit++) {
            byte[] other = message.clone();
            other[bit / 8] ^= (byte) (1 << (bit % 8));
            assertFalse(MlDsa44.verify(PUBLIC_KEY, other, signature));
        }
        for (int bit = 0; bit < 8 * PUBLIC_KEY.length; bit += 7) {
            byte[] other = PUBLIC_KEY.clone();
            other[bit / 8] ^= (byte) (1 << (bit % 8));
            assertFalse(MlDsa44.verify(other, message, signature));
        }
    }

    @Test
    void verify_wrongLengthsOrRubbish_isFalseWithoutException() {
        byte[] message = {1};
        byte[] signature = MlDsa44.sign(SEED, message, bytes -> {});
        for (int length : new int[] {0, 1, 64, 2_419, 2_421, 5_000}) {
            assertFalse(MlDsa44.verify(PUBLIC_KEY, message, Arrays.copyOf(signature, length)));
        }
        for (int length : new int[] {0, 32, 1_311, 1_313}) {
            assertFalse(MlDsa44.verify(Arrays.copyOf(PUBLIC_KEY, length), message, signature));
        }
        var random = new PredictableRandom(9);
        for (int i = 0; i < 300; i++) {
            assertFalse(MlDsa44.verify(random.bytes(1_312), message, random.bytes(2_420)));
            assertFalse(MlDsa44.verify(PUBLIC_KEY, message, random.bytes(2_420)));
        }
        byte[] ones = new byte[2_420];
        Arrays.fill(ones, (byte) 0xff);
        assertFalse(MlDsa44.verify(PUBLIC_KEY, message, ones));
        assertFalse(MlDsa44.verify(new byte[1_312], message, new byte[2_420]));
    }

    private static PublicKey jdk(byte[] publicKey) throws Exception {
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + publicKey.length);
        System.arraycopy(publicKey, 0, encoded, PREFIX.length, publicKey.length);
        return KeyFactory.getInstance("ML-DSA").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
