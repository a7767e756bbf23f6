package io.tamis.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Numbers about the log as a whole. Its size is public, every checkpoint says it; nothing is counted by party, type or
 * dataset, as that would count a rival's jobs.
 */
@Singleton
final class LedgerMetrics {
    private final MeterRegistry registry;
    private final Pulse pulse;
    private final Shards shards;

    LedgerMetrics(MeterRegistry registry, Pulse pulse, Shards shards) {
        this.registry = registry;
        this.pulse = pulse;
        this.shards = shards;
    }

    void register(@Observes StartupEvent started) {
        Gauge.builder(
                        "tamis_ledger_size",
                        shards,
                        known -> known.open()
                                .tree()
                                .published()
                                .map(now -> (double) now.head().size())
                                .orElse(0.0))
                .description("Entries of the open log covered by its published checkpoint")
                .register(registry);
        Gauge.builder("tamis_ledger_alive", pulse, known -> known.alive() ? 1 : 0)
                .description("1 when events are accepted")
                .register(registry);
        Gauge.builder("tamis_ledger_sequencing", pulse, known -> known.leading() ? 1 : 0)
                .description("1 on the replica that holds the lease")
                .register(registry);
    }
}
