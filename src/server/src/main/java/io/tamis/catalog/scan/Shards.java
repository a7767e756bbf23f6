package io.tamis.catalog.scan;

import io.tamis.data.Code;
import io.tamis.data.TamisException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the shards of a scan, one platform thread each. Any failure ends the other shards and the whole scan; a partial
 * answer would be a wrong one. What comes out of a failure is a code, without cause.
 */
public final class Shards {
    /** One per core of the machine this is made for; a scan is bound by the processor. */
    private static final int SHARDS_MAX = 2;

    private Shards() {}

    /** One shard's work. */
    public interface Task<T> extends Callable<T> {
        /** Ends the work, which then throws; from any thread, whether it runs or not. */
        void cancel();
    }

    /** How many shards to cut so many pieces of work into. */
    public static int count(int pieces) {
        return Math.min(Math.min(SHARDS_MAX, Runtime.getRuntime().availableProcessors()), pieces);
    }

    /** Every shard's result in order of the tasks, of which there are at most {@link #count}; JOB_FAILED or TIMED_OUT. */
    public static <T> List<T> run(List<? extends Task<T>> tasks, Deadline deadline) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        var threads = Thread.ofPlatform().name("scan-", 0).daemon().factory();
        try (ExecutorService pool = Executors.newFixedThreadPool(tasks.size(), threads)) {
            List<Future<T>> parts = new ArrayList<>();
            tasks.forEach(task -> parts.add(pool.submit(task)));
            try {
                var results = new ArrayList<T>();
                for (Future<T> part : parts) {
                    results.add(part.get(Math.max(1, deadline.remainingNanos()), TimeUnit.NANOSECONDS));
                }
                return results;
            } catch (TimeoutException late) {
                throw new ScanException(Code.TIMED_OUT);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new ScanException(Code.JOB_FAILED);
            } catch (ExecutionException failed) {
                throw new ScanException(codeOf(failed.getCause()));
            } finally {
                pool.shutdownNow();
                tasks.forEach(Task::cancel);
            }
        }
    }

    private static Code codeOf(Throwable cause) {
        return cause instanceof TamisException known ? known.code() : Code.JOB_FAILED;
    }
}
