package io.tamis.he.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Mutations;
import io.tamis.data.Samples;
import io.tamis.he.HeException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BitMaskTest {
    private static final BitMask TWELVE = BitMask.of(12, i -> i == 0 || i == 3 || i == 11);

    @Test
    void file_hasTheLengthAndTheBitsLowestFirst() {
        assertArrayEquals(new byte[] {0, 0, 0, 12, 0b0000_1001, 0b0000_1000}, TWELVE.file());
    }

    @Test
    void read_ofTheFile_isTheMask() {
        assertEquals(TWELVE, BitMask.read(12, TWELVE.file()));
        assertEquals(TWELVE.hash(), BitMask.read(12, TWELVE.file()).hash());
        assertEquals(3, TWELVE.weight());
        assertEquals(TWELVE, BitMask.ofPacked(12, new byte[] {9, 8}));
        assertEquals(TWELVE.hashCode(), BitMask.ofPacked(12, new byte[] {9, 8}).hashCode());
    }

    /** A set bit behind the last would be a person no one counted. */
    @Test
    void read_ofABitBehindTheLast_isRefused() {
        byte[] file = TWELVE.file();
        file[5] |= 0x10;
        assertThrows(HeException.class, () -> BitMask.read(12, file));
        assertThrows(HeException.class, () -> BitMask.ofPacked(12, new byte[] {9, 0x18}));
    }

    @Test
    void read_ofAnotherSize_isRefused() {
        byte[] file = TWELVE.file();
        assertThrows(HeException.class, () -> BitMask.read(11, file));
        assertThrows(HeException.class, () -> BitMask.read(13, file));
        assertThrows(HeException.class, () -> BitMask.read(12, Arrays.copyOf(file, 5)));
        assertThrows(HeException.class, () -> BitMask.read(12, Arrays.copyOf(file, 7)));
        assertThrows(HeException.class, () -> BitMask.read(0, new byte[4]));
        assertThrows(HeException.class, () -> BitMask.read(BitMask.BITS_MAX + 1, file));
    }

    @Test
    void read_ofMutations_isRefusedOrReadsBackTheSameBytes() {
        byte[] file = TWELVE.file();
        Samples.forAll(20260505, 5_000, random -> Mutations.of(file, random), bytes -> {
            try {
                assertArrayEquals(bytes, BitMask.read(12, bytes).file());
            } catch (HeException refused) {
                assertEquals(HeException.Fault.REJECTED, refused.fault());
            }
        });
    }

    @Test
    void get_isThePosition() {
        assertTrue(TWELVE.get(11));
        assertFalse(TWELVE.get(10));
        assertThrows(IndexOutOfBoundsException.class, () -> TWELVE.get(12));
        assertThrows(IndexOutOfBoundsException.class, () -> TWELVE.get(-1));
    }

    @Test
    void blockIsEmpty_looksAtItsBlockAlone() {
        var mask = BitMask.of(40, i -> i == 16 || i == 39);
        assertEquals(3, mask.blocks(16));
        assertTrue(mask.blockIsEmpty(16, 0));
        assertFalse(mask.blockIsEmpty(16, 1));
        assertFalse(mask.blockIsEmpty(16, 2));
        assertTrue(BitMask.of(40, i -> i == 16).blockIsEmpty(16, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> mask.blockIsEmpty(16, 3));
    }

    /** By the definition of a negacyclic product: coefficient 0 of T*M is the sum of the masked tags. */
    @Test
    void coefficients_timesTags_sumTheMasked() {
        Samples.forAll(20260506, 200, random -> random, random -> {
            int bits = random.nextInt(1, 49);
            var mask = BitMask.of(bits, i -> random.nextBoolean());
            for (int block = 0; block < mask.blocks(16); block++) {
                long[] tags = random.longs(16, -9, 10).toArray();
                var m = new long[16];
                mask.coefficients(block, m);
                assertEquals(masked(mask, block, tags), coefficientZero(tags, m));
            }
        });
    }

    @Test
    void weight_isWhatIsSet() {
        Samples.forAll(20260507, 100, SplittableRandom::nextLong, seed -> {
            var random = new SplittableRandom(seed);
            var mask = BitMask.of(77, i -> random.nextBoolean());
            long set = java.util.stream.IntStream.range(0, 77).filter(mask::get).count();
            assertEquals(set, mask.weight());
        });
    }

    @Test
    void equals_knowsLengthAndBits() {
        assertNotEquals(TWELVE, BitMask.of(13, TWELVE.get(0) ? i -> i == 0 || i == 3 || i == 11 : i -> false));
        assertNotEquals(TWELVE, BitMask.of(12, i -> i == 0));
        assertEquals("BitMask[12]", TWELVE.toString());
    }

    private static long masked(BitMask mask, int block, long[] tags) {
        long sum = 0;
        for (int i = 0; i < 16; i++) {
            int position = 16 * block + i;
            sum += position < mask.bits() && mask.get(position) ? tags[i] : 0;
        }
        return sum;
    }

    private static long coefficientZero(long[] a, long[] b) {
        long sum = a[0] * b[0];
        for (int i = 1; i < 16; i++) {
            sum -= a[i] * b[16 - i];
        }
        return sum;
    }
}
