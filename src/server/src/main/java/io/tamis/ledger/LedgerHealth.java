package io.tamis.ledger;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the log moves and a checkpoint is published; it says no more than that. */
@Readiness
@Singleton
final class LedgerHealth implements HealthCheck {
    private final Pulse pulse;
    private final Shards shards;

    LedgerHealth(Pulse pulse, Shards shards) {
        this.pulse = pulse;
        this.shards = shards;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("ledger")
                .status(pulse.alive() && shards.open().tree().published().isPresent())
                .build();
    }
}
