package io.tamis.jobs;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What jobs may take of the machine. */
@Singleton
class JobLimits {
    private final int runningMax;
    private final ScanLimits scan;

    JobLimits(
            @ConfigProperty(name = "tamis.limits.jobs-running") int runningMax,
            @ConfigProperty(name = "tamis.limits.scan-timeout") Duration scanTimeout) {
        this.runningMax = runningMax;
        this.scan = new ScanLimits(scanTimeout);
    }

    /** Most jobs of one party that have not ended. */
    int runningMax() {
        return runningMax;
    }

    ScanLimits scan() {
        return scan;
    }
}
