package io.tamis.server;

import io.tamis.he.ring.KernelChoice;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Which kernel encrypted aggregation is computed with here, and why. Always up: the slow one gives the same bits. The choice
 * is made by {@link KernelChoice}, which reads {@link Setting#HE_KERNEL} by itself, as the command line has no server.
 */
@Readiness
@Singleton
class KernelHealth implements HealthCheck {
    private final KernelChoice choice = KernelChoice.current();

    KernelHealth() {
        Logger.getLogger(KernelHealth.class).infof("%s=%s: %s", Setting.HE_KERNEL.property(), name(), choice.reason());
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named(Setting.HE_KERNEL.property())
                .up()
                .withData("kernel", name())
                .withData("reason", choice.reason())
                .build();
    }

    private String name() {
        return choice.kernel().name().toLowerCase(Locale.ROOT);
    }
}
