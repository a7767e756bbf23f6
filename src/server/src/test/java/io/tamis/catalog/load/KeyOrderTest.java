package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private static final long SEED = 12;
    private static final int ROW = 17;

    /** Keys that differ in any of their bits, many in none: the naive order of the unsigned 128-bit numbers is the oracle. */
    @Test
    void of_anyRows_equalsTheNaiveStableOrder() {
        for (int run = 0; run < 300; run++) {
            var random = new SplittableRandom(SEED + run);
            int count = random.nextInt(200);
            var rows = ByteBuffer.allocate(Math.max(1, count) * ROW);
            var offsets = new int[count];
            long part = random.nextLong() & 0xfcL << 56;
            int shift = random.nextInt(Long.SIZE);
            for (int i = 0; i < count; i++) {
                offsets[i] = i * ROW;
                long some = random.nextLong(8) << shift;
                rows.putLong(offsets[i], part | (some & ~(0xfcL << 56)));
                rows.putLong(offsets[i] + Long.BYTES, random.nextLong(-2, 2));
            }
            int[] naive = IntStream.of(offsets)
                    .boxed()
                    .sorted(Comparator.<Integer, Long>comparing(rows::getLong, Long::compareUnsigned)
                            .thenComparing(row -> rows.getLong(row + Long.BYTES), Long::compareUnsigned))
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertArrayEquals(naive, KeyOrder.of(rows, offsets), "seed " + (SEED + run));
        }
    }

    @Test
    void of_noRows_isNothing() {
        assertEquals(0, KeyOrder.of(ByteBuffer.allocate(0), new int[0]).length);
    }

    @Test
    void sameKey_anyOf128BitsDiffering_isFalse() {
        var rows = ByteBuffer.allocate(32);
        assertTrue(KeyOrder.sameKey(rows, 0, 16));
        for (int bit = 0; bit < 128; bit++) {
            rows.put(16 + bit / 8, (byte) (1 << bit % 8));
            assertFalse(KeyOrder.sameKey(rows, 0, 16));
            rows.put(16 + bit / 8, (byte) 0);
        }
    }
}
