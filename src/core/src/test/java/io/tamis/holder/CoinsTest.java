package io.tamis.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.he.threshold.HolderIndex;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hash inputs, written out a second time by hand, and the survivor's distribution. */
class CoinsTest {
    private static final Hash BOUND = Hash.sha256(new byte[] {1});
    private static final Hash R = Hash.sha256(new byte[] {2});

    @Test
    void commitment_isTheDocumentedTuple() {
        byte[] index = ByteBuffer.allocate(8).putLong(3).array();
        assertEquals(
                Hash.sha256(fields("r".getBytes(StandardCharsets.US_ASCII), BOUND.bytes(), index, R.bytes())),
                Coins.commitment("r", BOUND, new HolderIndex(3), R));
    }

    @Test
    void together_isTheDocumentedTuple() {
        assertEquals(
                Hash.sha256(fields("coin".getBytes(StandardCharsets.US_ASCII), BOUND.bytes(), R.bytes(), R.bytes())),
                Coins.together(BOUND, List.of(R, R)));
    }

    @Test
    void survivor_isTheLastBitsOfTheDocumentedTuple() {
        byte[] index = ByteBuffer.allocate(8).putLong(70_000).array();
        byte[] hash = Hash.sha256(fields("survivor".getBytes(StandardCharsets.US_ASCII), BOUND.bytes(), index))
                .bytes();
        int last = ByteBuffer.wrap(hash).getShort(30) & 0xffff;
        assertEquals(last % 4096, Coins.survivor(BOUND, 70_000, 4096));
        assertEquals(last % 64, Coins.survivor(BOUND, 70_000, 64));
        assertEquals(last % 2, Coins.survivor(BOUND, 70_000, 2));
    }

    @Test
    void commitment_ofAnotherPartyPurposeOrBound_isAnother() {
        var one = Coins.commitment("r", BOUND, new HolderIndex(1), R);
        assertNotEquals(one, Coins.commitment("r", BOUND, new HolderIndex(2), R));
        assertNotEquals(one, Coins.commitment("nonce", BOUND, new HolderIndex(1), R));
        assertNotEquals(one, Coins.commitment("r", R, new HolderIndex(1), R));
        assertNotEquals(one, Coins.commitment("r", BOUND, new HolderIndex(1), BOUND));
    }

    /** Chi-square with 63 degrees of freedom over 64,000 slots: above 138 with probability below 1e-7. */
    @Test
    void survivors_ofOneCoin_areUniform() {
        var counts = new int[64];
        for (int slot = 0; slot < 64_000; slot++) {
            counts[Coins.survivor(BOUND, slot, 64)]++;
        }
        double chi = 0;
        for (int count : counts) {
            chi += (count - 1000.0) * (count - 1000.0) / 1000.0;
        }
        assertTrue(chi < 138, "chi-square " + chi);
    }

    @Test
    void folds_arePowersOfTwo() {
        for (int fold = -4; fold <= 8192; fold++) {
            boolean expected = fold >= 2 && fold <= 4096 && (fold & (fold - 1)) == 0;
            assertEquals(expected, Coins.isFold(fold));
        }
        assertFalse(Coins.isFold(Integer.MIN_VALUE));
    }

    private static byte[] fields(byte[]... fields) {
        var out = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
            out.writeBytes(field);
        }
        return out.toByteArray();
    }
}
