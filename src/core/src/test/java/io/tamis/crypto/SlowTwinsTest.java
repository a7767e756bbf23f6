package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Sealing and MACs against their standards written down word for word: GCM over the JDK's bare counter mode with GHASH a
 * bit at a time, HMAC over bare SHA-256. A wrong order of parts, a swapped nonce or a tag over the wrong bytes would be a
 * format of our own that no other implementation opens.
 */
class SlowTwinsTest {
    /** Key, place and text, each of its own seed. */
    private record Sample(long seed, int aadBytes, int textBytes) {
        byte[] key() {
            return new PredictableRandom(seed).bytes(32);
        }

        byte[] aad() {
            return new PredictableRandom(seed + 1).bytes(aadBytes);
        }

        byte[] text() {
            return new PredictableRandom(seed + 2).bytes(textBytes);
        }
    }

    private static Sample sample(SplittableRandom seed) {
        return new Sample(seed.nextLong(), seed.nextInt(50), seed.nextInt(100));
    }

    @Test
    void seal_anyText_equalsGcmByTheStandard() {
        Samples.forAll(500_000, 300, SlowTwinsTest::sample, sample -> {
            byte[] sealed = Sealing.seal(
                    SecretBytes.copyOf(sample.key()), sample.aad(), sample.text(), new PredictableRandom(1));
            byte[] nonce = new PredictableRandom(1).bytes(12);
            assertArrayEquals(gcm(sample, nonce), sealed);
        });
    }

    @Test
    void open_whatTheTwinSealed_givesTheText() {
        Samples.forAll(510_000, 100, SlowTwinsTest::sample, sample -> {
            byte[] sealed = gcm(sample, new PredictableRandom(2).bytes(12));
            assertArrayEquals(sample.text(), Sealing.open(SecretBytes.copyOf(sample.key()), sample.aad(), sealed));
        });
    }

    @Test
    void hmac_anyKeyAndText_equalsItsDefinition() {
        Samples.forAll(520_000, 500, SlowTwinsTest::sample, sample -> {
            byte[] key = Arrays.copyOf(sample.key(), 1 + sample.text().length % 32);
            assertEquals(
                    hmac(key, sample.text()),
                    Hash.of(Hmac.keyed(SecretBytes.copyOf(key)).doFinal(sample.text())));
        });
    }

    /** The commitment of the ledger and the pseudonyms go through the provider: the join is part of the definition. */
    @Test
    void mac_ofParts_equalsHmacOfTheJoin() {
        byte[] key = new PredictableRandom(3).bytes(32);
        var pseudonym = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, SecretBytes.copyOf(key))
                .of(
                        new Pseudonyms.Scope(
                                new io.tamis.data.CollaborationId("c"), new io.tamis.data.Semantic("S"), -1),
                        "\u6570");
        var joined = ByteBuffer.allocate(4 + 1 + 4 + 1 + 4 + 4 + 4 + 3)
                .putInt(1)
                .put("c".getBytes(UTF_8))
                .putInt(1)
                .put("S".getBytes(UTF_8))
                .putInt(4)
                .putInt(-1)
                .putInt(3)
                .put("\u6570".getBytes(UTF_8));
        assertEquals(hmac(key, joined.array()), pseudonym);
    }

    /** RFC 2104 section 2 for keys of at most one block. */
    private static Hash hmac(byte[] key, byte[] text) {
        byte[] inner = new byte[64];
        byte[] outer = new byte[64];
        for (int i = 0; i < 64; i++) {
            byte k = i < key.length ? key[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5c);
        }
        return Hash.sha256(outer, Hash.sha256(inner, text).bytes());
    }

    /** NIST SP 800-38D, algorithm 4, with a nonce of 96 bits. */
    private static byte[] gcm(Sample sample, byte[] nonce) {
        byte[] first = ByteBuffer.allocate(16).put(nonce).putInt(1).array();
        byte[] second = ByteBuffer.allocate(16).put(nonce).putInt(2).array();
        BigInteger h = new BigInteger(1, counterMode(sample.key(), new byte[16], new byte[16]));
        byte[] cipher = counterMode(sample.key(), second, sample.text());
        BigInteger hash = BigInteger.ZERO;
        for (byte[] part : new byte[][] {sample.aad(), cipher}) {
            for (int i = 0; i < part.length; i += 16) {
                byte[] block = Arrays.copyOf(Arrays.copyOfRange(part, i, Math.min(part.length, i + 16)), 16);
                hash = times(hash.xor(new BigInteger(1, block)), h);
            }
        }
        byte[] lengths = ByteBuffer.allocate(16)
                .putLong(8L * sample.aad().length)
                .putLong(8L * cipher.length)
                .array();
        hash = times(hash.xor(new BigInteger(1, lengths)), h);
        byte[] tag = counterMode(sample.key(), first, bytes(hash));
        return ByteBuffer.allocate(12 + cipher.length + 16)
                .put(nonce)
                .put(cipher)
                .put(tag)
                .array();
    }

    /** The same, algorithm 1: the leftmost bit is the coefficient of x^0, R = 11100001 and 120 zeros. */
    private static BigInteger times(BigInteger x, BigInteger y) {
        BigInteger r = BigInteger.valueOf(0xe1).shiftLeft(120);
        BigInteger z = BigInteger.ZERO;
        BigInteger v = y;
        for (int i = 0; i < 128; i++) {
            z = x.testBit(127 - i) ? z.xor(v) : z;
            v = v.testBit(0) ? v.shiftRight(1).xor(r) : v.shiftRight(1);
        }
        return z;
    }

    private static byte[] bytes(BigInteger block) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 16; i++) {
            bytes[15 - i] = block.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static byte[] counterMode(byte[] key, byte[] counter, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
