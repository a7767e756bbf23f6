package io.tamis.jobs;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The thread that runs jobs, one after another: scans take all cores by themselves. Of several replicas the one that holds
 * the lease works; the others take jobs in and wait. A job that cannot even be ended (the database is gone) ends the turn:
 * the lease is given up, and whoever takes it next begins with {@link Recovery}.
 */
@Singleton
class Workers {
    private static final Logger LOG = Logger.getLogger(Workers.class);
    private static final int IDLE_SECONDS = 1;
    private static final int STOP_SECONDS = 10;

    private final Runner runner;
    private final Recovery recovery;
    private final Deadlines deadlines;
    private final WorkerLease lease;
    private final JobLimits limits;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("job-worker").unstarted(this::turns);
    private volatile boolean stopping;

    Workers(Runner runner, Recovery recovery, Deadlines deadlines, WorkerLease lease, JobLimits limits) {
        this.runner = runner;
        this.recovery = recovery;
        this.deadlines = deadlines;
        this.lease = lease;
        this.limits = limits;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        work.release();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }

    /** True while there is a thread to run jobs. */
    boolean alive() {
        return thread.isAlive();
    }

    /** There may be something to do. */
    void wake() {
        work.release();
    }

    private void turns() {
        while (!stopping) {
            try (var held = lease.acquire()) {
                if (held.isHeld()) {
                    recovery.run();
                    work(held);
                }
            } catch (RuntimeException | Error failed) {
                // An Error too: without this thread no job would ever run again.
                LOG.errorf("the job worker's turn ended: %s", failed.getClass().getName());
            }
            pause();
        }
    }

    private void work(WorkerLease.Held held) {
        while (!stopping && held.isHeld()) {
            deadlines.sweep();
            if (!runner.runNext(limits.scan())) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (work.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            stopping = true;
        }
    }
}
