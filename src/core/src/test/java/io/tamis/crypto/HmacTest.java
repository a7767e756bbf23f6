package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 4231 section 4, test cases 1, 2, 3 and 6. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,4869205468657265,"
                + "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665,7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,"
                + "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd,"
                + "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    })
    void keyed_publishedVectors_giveThePublishedMacs(String key, String message, String mac) {
        try (var secret = SecretBytes.copyOf(HEX.parseHex(key))) {
            assertEquals(mac, HEX.formatHex(Hmac.keyed(secret).doFinal(HEX.parseHex(message))));
        }
    }

    @Test
    void keyed_keyLongerThanABlock_givesThePublishedMac() {
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xaa);
        byte[] message = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(US_ASCII);
        assertEquals(
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                HEX.formatHex(Hmac.keyed(SecretBytes.copyOf(key)).doFinal(message)));
    }

    @Test
    void keyed_underAClosedSecret_isABug() {
        var secret = SecretBytes.copyOf(new byte[32]);
        secret.close();
        assertThrows(IllegalStateException.class, () -> Hmac.keyed(secret));
    }

    @Test
    void join_layout_isLengthThenBytes() {
        assertArrayEquals(new byte[0], LengthPrefixed.join());
        assertArrayEquals(new byte[] {0, 0, 0, 0}, LengthPrefixed.join(new byte[0]));
        assertArrayEquals(
                new byte[] {0, 0, 0, 1, 9, 0, 0, 0, 2, 8, 7}, LengthPrefixed.join(new byte[] {9}, new byte[] {8, 7}));
    }

    /** Different lists give different bytes: the join can be taken apart again. */
    @Test
    void join_ofAnyParts_canBeTakenApart() {
        Samples.forAll(3, 500, HmacTest::parts, parts -> {
            byte[] joined = LengthPrefixed.join(parts.toArray(byte[][]::new));
            var again = takenApart(joined);
            assertEquals(parts.size(), again.size());
            for (int i = 0; i < parts.size(); i++) {
                assertArrayEquals(parts.get(i), again.get(i));
            }
        });
    }

    @Test
    void join_sameBytesCutElsewhere_differs() {
        byte[] ab = {1, 2};
        assertFalse(Arrays.equals(
                LengthPrefixed.join(ab, new byte[] {3}), LengthPrefixed.join(new byte[] {1}, new byte[] {2, 3})));
        assertFalse(Arrays.equals(LengthPrefixed.join(ab), LengthPrefixed.join(ab, new byte[0])));
    }

    private static List<byte[]> parts(SplittableRandom seed) {
        var parts = new ArrayList<byte[]>();
        for (int i = seed.nextInt(5); i > 0; i--) {
            parts.add(new PredictableRandom(seed.nextLong()).bytes(seed.nextInt(20)));
        }
        return parts;
    }

    private static List<byte[]> takenApart(byte[] joined) {
        var parts = new ArrayList<byte[]>();
        var buffer = ByteBuffer.wrap(joined);
        while (buffer.hasRemaining()) {
            var part = new byte[buffer.getInt()];
            buffer.get(part);
            parts.add(part);
        }
        return parts;
    }
}
