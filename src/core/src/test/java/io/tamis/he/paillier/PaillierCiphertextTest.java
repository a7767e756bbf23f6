package io.tamis.he.paillier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.PredictableRandom;
import io.tamis.he.HeException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaillierCiphertextTest {
    private static final BigInteger N = TestKeys.PUBLIC.n();

    private final byte[] good =
            TestKeys.PUBLIC.encrypt(BigInteger.TEN, new PredictableRandom(3)).bytes();

    @Test
    void bytes_areWhatTheFormatSays() {
        assertEquals(805, good.length);
        assertArrayEquals(new byte[] {'T', 'A', 'P', 'A', 1}, Arrays.copyOf(good, 5));
        assertArrayEquals(TestKeys.PUBLIC.id().bytes(), Arrays.copyOfRange(good, 5, 37));
        assertArrayEquals(good, PaillierCiphertext.read(TestKeys.PUBLIC, good).bytes());
    }

    /** Zero gives away that nothing was encrypted, a multiple of a factor gives the key away, n^2 and more has two names. */
    @Test
    void valueThatIsNoUnit_isRefused() {
        var p = new BigInteger(1, TestKeys.FIRST.reveal(), 0, 192);
        for (BigInteger value : List.of(
                BigInteger.ZERO, N, p, N.multiply(N), N.multiply(N).add(BigInteger.ONE), BigInteger.ONE.negate())) {
            rejected(() -> TestKeys.PUBLIC.ciphertext(value));
        }
    }

    @Test
    void everyLengthButTheRightOne_isRefused() {
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            rejected(() -> PaillierCiphertext.read(TestKeys.PUBLIC, cut));
        }
        rejected(() -> PaillierCiphertext.read(TestKeys.PUBLIC, Arrays.copyOf(good, good.length + 1)));
    }

    @Test
    void everyBitOfTheHeader_isNeeded() {
        for (int bit = 0; bit < 37 * Byte.SIZE; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            rejected(() -> PaillierCiphertext.read(TestKeys.PUBLIC, flipped));
        }
    }

    @Test
    void bytesOfOnes_areRefused() {
        byte[] ones = good.clone();
        Arrays.fill(ones, 37, ones.length, (byte) 0xff);
        rejected(() -> PaillierCiphertext.read(TestKeys.PUBLIC, ones));
    }

    @Test
    void ciphertextPrints_nothing() {
        assertFalse(PaillierCiphertext.read(TestKeys.PUBLIC, good).toString().contains("="));
    }

    private static void rejected(org.junit.jupiter.api.function.Executable action) {
        assertEquals(
                HeException.Fault.REJECTED,
                assertThrows(HeException.class, action).fault());
    }
}
