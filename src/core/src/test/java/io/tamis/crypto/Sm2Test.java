package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sm2Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final SecretBytes SEED = SecretBytes.random(32, new PredictableRandom(2));
    private static final byte[] PUBLIC_KEY = Sm2.publicKey(SEED);
    private static final byte[] MESSAGE = {1, 2, 3};

    /** GB/T 32918.5-2017, annex A.2: the digital signature example on the recommended curve. */
    @Test
    void verify_publishedExample_isTrue() {
        byte[] publicKey = HEX.parseHex("04"
                + "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
        byte[] signature = HEX.parseHex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
        assertTrue(Sm2.verify(publicKey, "message digest".getBytes(US_ASCII), signature));
        assertFalse(Sm2.verify(publicKey, "message digesT".getBytes(US_ASCII), signature));
    }

    @Test
    void sign_anyMessage_verifiesUnderItsKeyOnly() {
        var random = new PredictableRandom(3);
        byte[] other = Sm2.publicKey(SecretBytes.random(32, random));
        var signatures = new HashSet<String>();
        for (int length : new int[] {0, 1, 64, 5_000}) {
            byte[] message = random.bytes(length);
            byte[] signature = Sm2.sign(SEED, message, random);
            assertEquals(Sm2.SIGNATURE_BYTES, signature.length);
            assertTrue(Sm2.verify(PUBLIC_KEY, message, signature));
            assertFalse(Sm2.verify(other, message, signature));
            assertTrue(signatures.add(HEX.formatHex(signature, 0, 32)), "a repeated r gives the key away");
        }
    }

    @Test
    void verify_everyFlippedBit_isRefused() {
        byte[] signature = Sm2.sign(SEED, MESSAGE, new PredictableRandom(4));
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            assertFalse(Sm2.verify(PUBLIC_KEY, MESSAGE, flipped(signature, bit)), "signature bit " + bit);
        }
        for (int bit = 0; bit < 8 * PUBLIC_KEY.length; bit++) {
            assertFalse(Sm2.verify(flipped(PUBLIC_KEY, bit), MESSAGE, signature), "key bit " + bit);
        }
        for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
            assertFalse(Sm2.verify(PUBLIC_KEY, flipped(MESSAGE, bit), signature), "message bit " + bit);
        }
    }

    @Test
    void verify_malformedInput_isFalseWithoutException() {
        byte[] signature = Sm2.sign(SEED, MESSAGE, new PredictableRandom(5));
        for (int length : new int[] {0, 63, 65, 72}) {
            assertFalse(Sm2.verify(PUBLIC_KEY, MESSAGE, Arrays.copyOf(signature, length)));
        }
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) 0xff);
        assertFalse(Sm2.verify(PUBLIC_KEY, MESSAGE, ones));
        assertFalse(Sm2.verify(PUBLIC_KEY, MESSAGE, new byte[64]));
        for (int length : new int[] {0, 1, 33, 64, 66}) {
            assertFalse(Sm2.verify(Arrays.copyOf(PUBLIC_KEY, length), MESSAGE, signature));
        }
    }

    @Test
    void isPublicKey_ofOtherFormsAndOtherPoints_isFalse() {
        assertTrue(Sm2.isPublicKey(PUBLIC_KEY));
        assertFalse(Sm2.isPublicKey(new byte[0]));
        assertFalse(Sm2.isPublicKey(new byte[65]));
        assertFalse(Sm2.isPublicKey(flipped(PUBLIC_KEY, 8 * 64)));
        for (int first : new int[] {0, 2, 3, 5, 6, 7}) {
            byte[] other = PUBLIC_KEY.clone();
            other[0] = (byte) first;
            assertFalse(Sm2.isPublicKey(other));
        }
        byte[] beyondTheField = new byte[65];
        Arrays.fill(beyondTheField, (byte) 0xff);
        beyondTheField[0] = 4;
        assertFalse(Sm2.isPublicKey(beyondTheField));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }
}
