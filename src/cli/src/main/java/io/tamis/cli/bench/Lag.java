package io.tamis.cli.bench;

import io.tamis.cli.client.ClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How far something is behind what was acknowledged: an acknowledged index and its time are remembered until the size that
 * is watched is larger, then the next one is. Up to one look is added to each time.
 */
final class Lag implements AutoCloseable {
    private final LongSupplier size;
    private final AtomicLong newest = new AtomicLong(-1);
    private final List<Long> lags = new ArrayList<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private long watched = -1;
    private long since;

    private Lag(LongSupplier size) {
        this.size = size;
    }

    /** Watches this size, looking so often. */
    static Lag start(Duration lookEvery, LongSupplier size) {
        var lag = new Lag(size);
        var _ = lag.ticker.scheduleWithFixedDelay(lag::look, 0, lookEvery.toMillis(), TimeUnit.MILLISECONDS);
        return lag;
    }

    /** This index was acknowledged now. */
    void acknowledged(long index) {
        newest.accumulateAndGet(index, Math::max);
        synchronized (this) {
            if (watched < 0) {
                watched = index;
                since = System.nanoTime();
            }
        }
    }

    private void look() {
        long now;
        try {
            now = size.getAsLong();
        } catch (ClientException busy) {
            // A missed look only makes the lag longer; an exception would end the looking.
            return;
        }
        synchronized (this) {
            if (watched >= 0 && now > watched) {
                lags.add(System.nanoTime() - since);
                watched = -1;
            }
        }
    }

    /** The lags seen so far. */
    synchronized List<Long> lags() {
        return List.copyOf(lags);
    }

    /** The greatest acknowledged index. */
    long newest() {
        return newest.get();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
