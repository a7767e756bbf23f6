package io.tamis.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SystemRandomTest {
    /** Two equal 16-byte draws among 10,000 have probability below 1e-30: a hit is a reused buffer. */
    @Test
    void bytes_manyDraws_neverRepeat() {
        var random = new SystemRandom();
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(seen.add(HexFormat.of().formatHex(random.bytes(16))));
        }
    }

    @Test
    void bytes_ofAnyLength_areFilled() {
        var random = new SystemRandom();
        for (int length : new int[] {0, 1, 4095, 4096, 4097, 100_000}) {
            assertEquals(length, random.bytes(length).length);
        }
        // A byte that stays zero over 64 draws has probability 2^-512.
        int union = 0;
        for (int i = 0; i < 64; i++) {
            union |= random.bytes(4097)[4096];
        }
        assertTrue(union != 0);
    }

    @Test
    void bytes_drawnByManyThreads_neverRepeat() throws Exception {
        var random = new SystemRandom();
        var seen = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8_000; i++) {
                threads.execute(() -> seen.add(HexFormat.of().formatHex(random.bytes(20))));
            }
        }
        assertEquals(8_000, seen.size());
    }

    /** Chi-square over 256 cells, 255 degrees of freedom; beyond 400 has probability below 1e-8. */
    @Test
    void bytes_frequencies_areFlat() {
        var random = new SystemRandom();
        var counts = new int[256];
        int draws = 256_000;
        for (byte b : random.bytes(draws)) {
            counts[b & 0xff]++;
        }
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - 1000.0) * (count - 1000.0) / 1000.0;
        }
        assertTrue(chiSquare < 400, "chi-square " + chiSquare);
    }
}
