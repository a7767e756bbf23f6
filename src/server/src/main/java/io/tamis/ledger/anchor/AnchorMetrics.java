package io.tamis.ledger.anchor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tamis.ledger.Logs;
import io.tamis.ledger.PublishedLog;
import io.tamis.ledger.anchor.AnchorState.Alarm;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How far the chain is behind. Sizes and lag come from the database and are the same on every replica; alarms are those of the
 * replica that anchors.
 */
@Singleton
final class AnchorMetrics {
    private static final double MILLIS = 1000.0;

    private final MeterRegistry registry;
    private final Logs logs;
    private final AnchorRows rows;
    private final AnchorState state;
    private final Pace pace;

    AnchorMetrics(MeterRegistry registry, Logs logs, AnchorRows rows, AnchorState state, Pace pace) {
        this.registry = registry;
        this.logs = logs;
        this.rows = rows;
        this.state = state;
        this.pace = pace;
    }

    void register(@Observes StartupEvent started) {
        Gauge.builder("tamis_ledger_anchor_lag_seconds", this, AnchorMetrics::lagSeconds)
                .description("Age of the oldest checkpoint that is not final on the chain; 0 when all are")
                .register(registry);
        Gauge.builder(
                        "tamis_ledger_anchored_size",
                        this,
                        now -> now.rows.anchoredSize(now.logs.open().origin()))
                .description("Entries of the open log that are anchored")
                .register(registry);
        Gauge.builder("tamis_ledger_fork", state, now -> now.has(Alarm.FORK) ? 1 : 0)
                .description("1 when the chain's head is no prefix of a log: anchoring has stopped")
                .register(registry);
        Gauge.builder("tamis_ledger_anchor_alarms", state, now -> now.alarms().size())
                .description("How many things are wrong with anchoring; the log names them")
                .register(registry);
    }

    /** Of all logs the largest: a closed log whose end is missing on the chain is as bad as a late open one. */
    double lagSeconds() {
        return logs.all().stream().mapToDouble(this::lagSeconds).max().orElse(0);
    }

    private double lagSeconds(PublishedLog log) {
        long anchored = rows.anchoredSize(log.origin());
        return rows.oldestBeyond(log.origin(), anchored)
                .map(since -> Math.max(0, Duration.between(since, pace.now()).toMillis()) / MILLIS)
                .orElse(0.0);
    }
}
