package io.tamis.data;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts requests by key in fixed windows of a minute, on this replica alone. Guards capacity, not privacy: that is the
 * budget's work. Safe for use by several threads.
 */
public final class RateWindow<K> {
    /** Length of a window. */
    public static final long SECONDS = 60;

    private static final int KEYS_MAX = 10_000;

    private final InstantSource clock;
    private final Map<K, Integer> used = new HashMap<>();
    private long window;

    /** No requests yet, in windows of this clock's minutes. */
    public RateWindow(InstantSource clock) {
        this.clock = clock;
    }

    /** What is left of a quota after a request. */
    public record Standing(boolean granted, int quota, int remaining, long resetSeconds) {}

    /** Takes one request off the key's quota. */
    public synchronized Standing take(K key, int quota) {
        long second = clock.instant().getEpochSecond();
        // A crowd of keys within one window ends the window early: memory stays bounded, nobody is locked out.
        if (second / SECONDS != window || used.size() >= KEYS_MAX) {
            used.clear();
            window = second / SECONDS;
        }
        int count = used.merge(key, 1, Integer::sum);
        long reset = SECONDS - Math.floorMod(second, SECONDS);
        return new Standing(count <= quota, quota, Math.max(0, quota - count), reset);
    }
}
