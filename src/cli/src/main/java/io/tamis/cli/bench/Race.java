package io.tamis.cli.bench;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Several clients that start at the same moment. */
final class Race {
    private Race() {}

    /** Runs {@code racer} once for each number below {@code clients}, all at once, and waits for the last. */
    static void of(int clients, IntConsumer racer) {
        var start = new CountDownLatch(1);
        var racers = new ArrayList<Future<Void>>();
        try (var pool = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                int client = i;
                racers.add(pool.submit((Callable<Void>) () -> {
                    start.await();
                    racer.accept(client);
                    return null;
                }));
            }
            start.countDown();
            for (Future<Void> each : racers) {
                each.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
        }
    }
}
