package io.tamis.ledger.anchor;

import io.tamis.ledger.anchor.AnchorState.Alarm;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Makes alarms visible where somebody looks, and stays up: the log takes entries whatever the chain does, and a replica that
 * is taken out of service for its chain would take the log with it.
 */
@Readiness
@Singleton
final class AnchorHealth implements HealthCheck {
    private final AnchorState state;

    AnchorHealth(AnchorState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        var check = HealthCheckResponse.named("anchor").up();
        for (Alarm alarm : state.alarms()) {
            check.withData(alarm.name().toLowerCase(java.util.Locale.ROOT), true);
        }
        return check.build();
    }
}
