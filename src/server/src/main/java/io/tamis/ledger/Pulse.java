package io.tamis.ledger;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What writers and the sequencer's thread tell each other: there is work, somebody waits for a checkpoint, the outbox was
 * seen to move. When nobody has seen it move for 30 s the log does not answer any more, whatever the reason: a dead thread, a
 * lost lease and a database that hangs all look the same from here, and all must fail closed.
 */
@Singleton
class Pulse {
    /** How old the oldest waiting event may get before the log counts as stuck. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Semaphore bell = new Semaphore(0);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private volatile Instant healthyAt;
    private volatile boolean broken;
    private volatile boolean leading;

    Pulse(InstantSource clock) {
        this.clock = clock;
        this.healthyAt = clock.instant();
    }

    /** There is something in the outbox. */
    void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** Waits until somebody rings, at most so long. */
    void awaitRing(Duration max) throws InterruptedException {
        if (bell.tryAcquire(max.toMillis(), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    void startWaiting() {
        waiting.incrementAndGet();
        ring();
    }

    void stopWaiting() {
        waiting.decrementAndGet();
    }

    /** Somebody has asked for a receipt that no checkpoint covers yet, and will ask again. */
    void want() {
        wanted.set(true);
        ring();
    }

    /** True when somebody waits for a receipt or has asked for one: then a checkpoint follows each batch at once. */
    boolean takeDemand() {
        return wanted.getAndSet(false) || waiting.get() > 0;
    }

    /** The outbox is empty or its oldest row is young. */
    void seenHealthy() {
        healthyAt = clock.instant();
    }

    /** The rows do not make the root: nothing is appended or signed any more by this process. */
    void breakDown() {
        broken = true;
    }

    boolean broken() {
        return broken;
    }

    void lead(boolean now) {
        leading = now;
    }

    boolean leading() {
        return leading;
    }

    /** True when events may be accepted. */
    boolean alive() {
        return !broken && clock.instant().isBefore(healthyAt.plus(STUCK_AFTER));
    }
}
