package io.tamis.cli.bench;

import io.tamis.cli.client.ApiClient;
import io.tamis.log.SignedNote;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the published checkpoint is behind what was acknowledged: an acknowledged index and its time are remembered until
 * a published checkpoint is larger, then the next one is. Up to one look is added to each time.
 */
final class CheckpointLag implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final ApiClient anybody;
    private final AtomicLong newest = new AtomicLong(-1);
    private final List<Long> lags = new ArrayList<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private long watched = -1;
    private long since;

    private CheckpointLag(ApiClient anybody) {
        this.anybody = anybody;
    }

    static CheckpointLag start(ApiClient anybody) {
        var lag = new CheckpointLag(anybody);
        var _ = lag.ticker.scheduleWithFixedDelay(lag::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
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
        long size = size();
        synchronized (this) {
            if (watched >= 0 && size > watched) {
                lags.add(System.nanoTime() - since);
                watched = -1;
            }
        }
    }

    private long size() {
        var note = SignedNote.parse(
                anybody.get("/v1/ledger/checkpoint").orRefused().text().getBytes(StandardCharsets.UTF_8));
        return Long.parseLong(note.text().split("\n", -1)[1]);
    }

    /** The lags seen so far. */
    synchronized Quantiles lags() {
        return new Quantiles(lags);
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
