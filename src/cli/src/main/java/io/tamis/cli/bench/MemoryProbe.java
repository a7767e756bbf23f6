package io.tamis.cli.bench;

import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches a server's memory while it works: the heap by its own metrics, the process by the operating system. */
final class MemoryProbe implements AutoCloseable {
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

    private final ApiClient client;
    private final Path status;
    private final AtomicLong heapPeak = new AtomicLong();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    private MemoryProbe(ApiClient client, long pid) {
        this.client = client;
        this.status = Path.of("/proc/" + pid + "/status");
    }

    static MemoryProbe start(ApiClient client, long pid, Duration every) {
        var probe = new MemoryProbe(client, pid);
        var _ = probe.ticker.scheduleWithFixedDelay(probe::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return probe;
    }

    private void look() {
        try {
            if (client.get("/q/metrics") instanceof Answer.Ok ok) {
                heapPeak.accumulateAndGet(heap(ok.text()), Math::max);
            }
        } catch (ClientException busy) {
            // A missed look only makes the peak coarser.
        }
    }

    /** The sum over the heap's pools in a Prometheus text. */
    static long heap(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(HEAP))
                .mapToLong(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)).longValue())
                .sum();
    }

    long heapPeakBytes() {
        look();
        return heapPeak.get();
    }

    /** The operating system's high-water mark; 0 where there is none. */
    long residentPeakBytes() {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
