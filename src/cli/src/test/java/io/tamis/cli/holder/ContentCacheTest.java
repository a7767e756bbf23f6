package io.tamis.cli.holder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
    @TempDir
    Path folder;

    @Test
    void octets_putAndReopened_areFound() {
        new ContentCache(folder, 100).put(hash(1), octets(1, 40));
        var again = new ContentCache(folder, 100);
        assertArrayEquals(octets(1, 40), again.find(hash(1)).orElseThrow());
        assertEquals(40, again.bytes());
        assertTrue(again.find(hash(2)).isEmpty());
    }

    @Test
    void cache_overItsBound_dropsWhatWasUsedLongestAgo() {
        var cache = new ContentCache(folder, 100);
        cache.put(hash(1), octets(1, 40));
        cache.put(hash(2), octets(2, 40));
        cache.find(hash(1));
        cache.put(hash(3), octets(3, 40));
        assertTrue(cache.find(hash(2)).isEmpty());
        assertTrue(cache.find(hash(1)).isPresent());
        assertEquals(80, cache.bytes());
        assertFalse(Files.exists(folder.resolve(hash(2).hex())));
    }

    @Test
    void octets_largerThanTheBound_areNotKept() {
        var cache = new ContentCache(folder, 100);
        cache.put(hash(1), octets(1, 101));
        assertTrue(cache.find(hash(1)).isEmpty());
        assertEquals(0, cache.bytes());
    }

    @Test
    void octets_putAgain_countOnce() {
        var cache = new ContentCache(folder, 100);
        cache.put(hash(1), octets(1, 40));
        cache.put(hash(1), octets(2, 50));
        assertEquals(50, cache.bytes());
        assertArrayEquals(octets(2, 50), cache.find(hash(1)).orElseThrow());
        cache.forget(hash(1));
        assertEquals(0, cache.bytes());
        assertTrue(cache.find(hash(1)).isEmpty());
    }

    @Test
    void folder_openedWithASmallerBound_isShrunkAndSwept() throws IOException {
        var cache = new ContentCache(folder, 100);
        cache.put(hash(1), octets(1, 40));
        cache.put(hash(2), octets(2, 40));
        Files.write(folder.resolve(hash(3).hex() + ".new"), octets(3, 40));
        Files.writeString(folder.resolve("README"), "somebody else's");
        var smaller = new ContentCache(folder, 50);
        assertEquals(40, smaller.bytes());
        assertFalse(Files.exists(folder.resolve(hash(3).hex() + ".new")));
        assertTrue(Files.exists(folder.resolve("README")));
    }

    @Test
    void file_takenAway_isAbsent() throws IOException {
        var cache = new ContentCache(folder, 100);
        cache.put(hash(1), octets(1, 40));
        Files.delete(folder.resolve(hash(1).hex()));
        assertTrue(cache.find(hash(1)).isEmpty());
        assertEquals(0, cache.bytes());
    }

    private static Hash hash(int number) {
        return Hash.sha256(new byte[] {(byte) number});
    }

    private static byte[] octets(int value, int length) {
        var octets = new byte[length];
        java.util.Arrays.fill(octets, (byte) value);
        return octets;
    }
}
