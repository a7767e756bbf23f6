package io.tamis.cli.tags;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {
    /** The real one. */
    Pause REAL = length -> LockSupport.parkNanos(length.toNanos());

    /** Comes back after about so long. */
    void take(Duration length);
}
