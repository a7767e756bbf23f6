package io.tamis.catalog;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down when a version that somebody asked for is damaged. It names datasets, which are declared, and versions. */
@Readiness
@Singleton
final class DatasetsHealth implements HealthCheck {
    private final Datasets datasets;

    DatasetsHealth(Datasets datasets) {
        this.datasets = datasets;
    }

    @Override
    public HealthCheckResponse call() {
        var damaged = datasets.damaged();
        var response = HealthCheckResponse.named("datasets").status(damaged.isEmpty());
        damaged.stream()
                .sorted(Comparator.comparingInt(Datasets.Damaged::version))
                .collect(Collectors.groupingBy(
                        version -> version.dataset().value(),
                        Collectors.mapping(version -> Integer.toString(version.version()), Collectors.joining(", "))))
                .forEach(response::withData);
        return response.build();
    }
}
