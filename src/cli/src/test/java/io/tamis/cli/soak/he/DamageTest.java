package io.tamis.cli.soak.he;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The soak proves what its damage does: each kind does what it says. */
class DamageTest {
    private static final int POLYNOMIAL_AT = 20;
    private static final int LENGTH = POLYNOMIAL_AT + 98;
    private static final int TRIES = 500;

    @Test
    void truncated_isShorter() {
        tried(Damage.TRUNCATED, damaged -> damaged.length < LENGTH && isPrefix(damaged));
    }

    @Test
    void extended_isLonger() {
        tried(Damage.EXTENDED, damaged -> damaged.length > LENGTH);
    }

    @Test
    void bitsFlipped_areEightAtMost() {
        tried(Damage.BITS_FLIPPED, damaged -> damaged.length == LENGTH && bits(damaged, 0, LENGTH) <= 8);
    }

    @Test
    void headerFlipped_leavesPolynomialsAlone() {
        tried(
                Damage.HEADER_FLIPPED,
                damaged -> bits(damaged, 0, POLYNOMIAL_AT) == 1 && bits(damaged, POLYNOMIAL_AT, LENGTH) == 0);
    }

    @Test
    void lengthBomb_isInTheHeader() {
        tried(Damage.LENGTH_BOMB, damaged -> bits(damaged, POLYNOMIAL_AT, LENGTH) == 0);
    }

    @Test
    void residueTooLarge_isFortyNineOnesInTheBody() {
        tried(
                Damage.RESIDUE_TOO_LARGE,
                damaged -> bits(damaged, 0, POLYNOMIAL_AT) == 0 && bits(damaged, POLYNOMIAL_AT, LENGTH) <= 49);
    }

    @Test
    void setOnes_ofAResidue_setsItsBitsAlone() {
        var bytes = new byte[LENGTH];
        Damage.setOnes(bytes, POLYNOMIAL_AT, 1);
        // Residue 1 has bits 49 to 97 of the body.
        assertEquals(0xfe, bytes[POLYNOMIAL_AT + 6] & 0xff);
        assertEquals(0x03, bytes[POLYNOMIAL_AT + 12] & 0xff);
        int set = 0;
        for (byte b : bytes) {
            set += Integer.bitCount(b & 0xff);
        }
        assertEquals(49, set);
    }

    @Test
    void zeroed_hasNothingAtTheEnd() {
        tried(Damage.ZEROED, damaged -> damaged[LENGTH - 1] == 0 && damaged.length == LENGTH);
    }

    @Test
    void spanMoved_keepsTheLength() {
        tried(Damage.SPAN_MOVED, damaged -> damaged.length == LENGTH);
    }

    @Test
    void of_theSameSeed_isTheSameDamage() {
        for (var damage : Damage.values()) {
            assertArrayEquals(
                    damage.of(original(), POLYNOMIAL_AT, new SplittableRandom(4)),
                    damage.of(original(), POLYNOMIAL_AT, new SplittableRandom(4)));
        }
    }

    private interface Check {
        boolean holds(byte[] damaged);
    }

    private static void tried(Damage damage, Check check) {
        var random = new SplittableRandom(20260516);
        for (int i = 0; i < TRIES; i++) {
            int number = i;
            assertTrue(check.holds(damage.of(original(), POLYNOMIAL_AT, random)), () -> damage + " " + number);
        }
    }

    private static byte[] original() {
        var bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (i * 37 + 11);
        }
        return bytes;
    }

    private static boolean isPrefix(byte[] damaged) {
        return Arrays.equals(damaged, Arrays.copyOf(original(), damaged.length));
    }

    private static int bits(byte[] damaged, int from, int to) {
        byte[] original = original();
        int different = 0;
        for (int i = from; i < to; i++) {
            different += Integer.bitCount((damaged[i] ^ original[i]) & 0xff);
        }
        return different;
    }
}
