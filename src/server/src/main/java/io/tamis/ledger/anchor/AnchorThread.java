package io.tamis.ledger.anchor;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tamis.data.Code;
import io.tamis.ledger.Logs;
import io.tamis.ledger.anchor.AnchorState.Alarm;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The platform thread that anchors. A chain that does not answer costs this thread its time and nobody else's: looks become
 * rarer, up to one a minute, and the log goes on.
 */
@Singleton
final class AnchorThread {
    /** Between two steps: how soon a new checkpoint or a new block is noticed. */
    static final Duration STEP = Duration.ofSeconds(1);

    private static final int DOUBLINGS_MAX = 6;
    private static final Duration BACK_OFF_MAX = Duration.ofMinutes(1);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(AnchorThread.class);

    private final Anchorer anchorer;
    private final Notary notary;
    private final Logs logs;
    private final AnchorState state;
    private final Pace pace;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();
    private int failures;
    private Instant failedAt = Instant.EPOCH;
    private Duration pause = Duration.ZERO;

    AnchorThread(Anchorer anchorer, Notary notary, Logs logs, AnchorState state, Pace pace) {
        this.anchorer = anchorer;
        this.notary = notary;
        this.logs = logs;
        this.state = state;
        this.pace = pace;
    }

    void start(@Observes StartupEvent started) {
        if (notary instanceof NoNotary) {
            LOG.info("the ledger is not anchored: no tamis.anchor.rpc-url");
            return;
        }
        begin();
    }

    void begin() {
        thread = Optional.of(Thread.ofPlatform().daemon().name("ledger-anchor").start(this::run));
    }

    /** Ends the thread after its step. */
    void stop(@Observes ShutdownEvent event) {
        end();
    }

    void end() {
        stopped.countDown();
        try {
            if (thread.isPresent()) {
                thread.get().join(STOP_MAX);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                step();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks if it is time to, on the replica that leads. */
    void step() {
        if (!logs.leading() || !pace.over(failedAt, pause) || !anchorer.isDue()) {
            return;
        }
        try {
            anchorer.look();
            failures = 0;
        } catch (AnchorException known) {
            state.raise(known.code() == Code.ANCHOR_REFUSED ? Alarm.CHAIN_REFUSED : Alarm.UNREACHABLE);
            backOff();
        } catch (RuntimeException failed) {
            // The class alone: messages of drivers quote statements, and those have parameters.
            LOG.warnf("a look at the chain failed with %s", failed.getClass().getName());
            state.raise(Alarm.UNREACHABLE);
            backOff();
        }
    }

    private void backOff() {
        Duration longer = STEP.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        failedAt = pace.now();
        pause = longer.compareTo(BACK_OFF_MAX) > 0 ? BACK_OFF_MAX : longer;
    }
}
