package io.tamis.jobs;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while there is a thread to run jobs. */
@Readiness
@Singleton
class JobsHealth implements HealthCheck {
    private final Workers workers;

    JobsHealth(Workers workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("jobs").status(workers.alive()).build();
    }
}
