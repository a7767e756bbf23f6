package io.tamis.jobs;

import java.time.Duration;
import java.util.Objects;

/** What a scan may take. */
public record ScanLimits(Duration timeout) {
    public ScanLimits {
        Objects.requireNonNull(timeout);
    }
}
