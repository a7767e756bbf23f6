package io.tamis.cli.bench;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JsonView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gateways that each send their next request when the last one is answered: so many events are always in flight. */
final class GatewayLoad {
    private static final String PATH = "/v1/ledger/access-events";

    private final ApiClient platform;
    private final GatewayBatch batches;
    private final LongConsumer acknowledged;

    /** A load by this platform; {@code acknowledged} hears the greatest index of each answer. */
    GatewayLoad(ApiClient platform, GatewayBatch batches, LongConsumer acknowledged) {
        this.platform = platform;
        this.batches = batches;
        this.acknowledged = acknowledged;
    }

    /** How the events are in flight: so many requests at a time of so many events each. */
    record Shape(int requests, int events) {}

    /** When a load ends: after a time, or after so many events. */
    record Until(Duration time, long events) {
        static Until time(Duration time) {
            return new Until(time, Long.MAX_VALUE);
        }

        static Until events(long events) {
            return new Until(Duration.ofHours(12), events);
        }
    }

    /** What was acknowledged: how many events in how many nanoseconds, and how long each request took. */
    record Done(long events, long nanos, Quantiles acks) {
        long perSecond() {
            return events * 1_000_000_000L / nanos;
        }
    }

    Done run(Shape shape, Until until) {
        long begun = System.nanoTime();
        long end = begun + until.time().toNanos();
        var left = new AtomicLong(until.events());
        Callable<List<Long>> gateway = () -> send(shape.events(), end, left);
        try (var gateways = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> running = gateways.invokeAll(
                    Stream.generate(() -> gateway).limit(shape.requests()).toList());
            var times = new ArrayList<Long>();
            for (Future<List<Long>> one : running) {
                times.addAll(one.get());
            }
            long nanos = System.nanoTime() - begun;
            return new Done((long) times.size() * shape.events(), nanos, new Quantiles(times));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
        }
    }

    private List<Long> send(int events, long end, AtomicLong left) {
        var times = new ArrayList<Long>();
        while (System.nanoTime() < end && left.getAndAdd(-events) > 0) {
            byte[] body = batches.body(events);
            long sent = System.nanoTime();
            var answer = platform.post(PATH, body).orRefused();
            times.add(System.nanoTime() - sent);
            acknowledged.accept(lastIndex(answer.view(), events));
        }
        return times;
    }

    /** An answer that does not name every event is no acknowledgement. */
    private static long lastIndex(JsonView answer, int events) {
        List<JsonView> items = answer.at("items").items();
        if (items.size() != events) {
            throw new IllegalStateException("an answer acknowledges other events than were sent");
        }
        return IntStream.range(0, events)
                .mapToLong(i -> items.get(i).at("index").integerOrZero())
                .max()
                .orElseThrow();
    }
}
