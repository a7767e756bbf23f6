package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdSetTest {
    /** Against the JDK's set, with few different halves so that ids meet in every way, from a table that has to grow. */
    @Test
    void add_ofRandomIds_saysWhatASetSays() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var ids = new IdSet(seed);
            var expected = new HashSet<UUID>();
            for (int i = 0; i < 5000; i++) {
                long high = random.nextLong(-30, 30) << (random.nextInt(3) * 20);
                long low = random.nextLong(-30, 30);
                assertEquals(expected.add(new UUID(high, low)), ids.add(high, low), "seed " + seed + ", id " + i);
            }
            assertEquals(expected.size(), ids.size());
        }
    }

    /** As a log's are: rising times, and a writer's own bits. */
    @Test
    void add_ofTimeOrderedIds_findsEachOnce() {
        var ids = new IdSet(0);
        for (int round = 0; round < 2; round++) {
            for (long i = 0; i < 100_000; i++) {
                assertEquals(round == 0, ids.add(0x0190163d_0000_7000L + ((i / 3) << 16), Long.MIN_VALUE | i % 3));
            }
        }
        assertEquals(100_000, ids.size());
    }

    @Test
    void add_ofTheIdOfZeros_isLikeAnyOther() {
        var ids = new IdSet(10);
        assertTrue(ids.add(0, 0));
        assertFalse(ids.add(0, 0));
        assertTrue(ids.add(0, 1));
        assertTrue(ids.add(1, 0));
        assertEquals(3, ids.size());
    }

    @Test
    void set_forMoreThanItHolds_isRefused() {
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(LogException.class, () -> new IdSet(IdSet.IDS_MAX + 1))
                        .code());
    }
}
