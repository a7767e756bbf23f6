package io.tamis.catalog.scan;

import io.tamis.data.Code;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When a scan must have ended, on the monotonic clock: a wall clock may jump, a limit must not. */
public final class Deadline {
    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    /** So much time from now. */
    public static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    long remainingNanos() {
        return endNanos - System.nanoTime();
    }

    boolean passed() {
        return remainingNanos() <= 0;
    }

    /** For JDBC, which counts whole seconds and reads 0 as never. */
    int remainingSeconds() {
        return Math.clamp(TimeUnit.NANOSECONDS.toSeconds(remainingNanos()) + 1, 1, Integer.MAX_VALUE);
    }

    /** Ends a scan that takes too long or that nobody waits for any more. */
    public void check() {
        if (passed()) {
            throw new ScanException(Code.TIMED_OUT);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ScanException(Code.JOB_FAILED);
        }
    }
}
