package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
    private static final SipHash PAPER = new SipHash(counting(16));

    /** Appendix A of the paper. */
    @Test
    void hash_ofThePapersMessage_isThePapersHash() {
        assertEquals(0xa129ca6149be45e5L, PAPER.hash(counting(15)));
    }

    /** The first lines of the authors' {@code vectors.h}, read as little-endian words. */
    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "1, 74f839c593dc67fd",
        "2, 0d6c8009d9a94f5a",
        "3, 85676696d7fb7e2d",
        "4, cf2794e0277187b7",
        "5, 18765564cd99a68d",
        "6, cbc9466e58fee3ce",
        "7, ab0200f58b01d137",
        "8, 93f5f5799a932462"
    })
    void hash_ofCountingBytes_isTheAuthorsVector(int length, String expected) {
        assertEquals(Long.parseUnsignedLong(expected, 16), PAPER.hash(counting(length)));
    }

    @Test
    void hash_ofUnitAndGroup_isTheHashOfTheirTwelveBytes() {
        Samples.forAll(
                11,
                1_000,
                random -> new long[] {random.nextLong(), random.nextInt(), random.nextLong(), random.nextLong()},
                sample -> {
                    var key = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
                    var hash = new SipHash(
                            key.putLong(sample[2]).putLong(sample[3]).array());
                    var message = ByteBuffer.allocate(12)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(sample[0])
                            .putInt((int) sample[1]);
                    assertEquals(hash.hash(message.array()), hash.hash(sample[0], (int) sample[1]));
                });
    }

    @Test
    void hash_underAnotherKey_differs() {
        byte[] key = counting(16);
        key[15] ^= 1;
        assertNotEquals(PAPER.hash(counting(8)), new SipHash(key).hash(counting(8)));
    }

    @ParameterizedTest
    @CsvSource({"0", "8", "15", "17", "32"})
    void sipHash_withAKeyOfOtherLength_isRefused(int length) {
        assertThrows(PrivacyException.class, () -> new SipHash(new byte[length]));
    }

    private static byte[] counting(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
