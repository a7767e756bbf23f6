package io.tamis.ledger;

import io.tamis.log.TreeHead;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The platform thread that keeps the log moving. Of all replicas the one that holds the database's advisory lock sequences;
 * the lock lives with its connection, so a holder that dies or loses its connection loses the lease with it, and the same
 * connection carries the batches, so it cannot write without it. The epoch fences a holder that does not know it yet.
 */
@Singleton
final class SequencerThread {
    /** "tamis" and the log's number. */
    private static final long LOCK = 0x7461_6d69_7300L + EntryRows.LOG_ID;

    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration LEASE_RETRY = Duration.ofSeconds(1);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(SequencerThread.class);

    private final Jdbi jdbi;
    private final Sequencer sequencer;
    private final Shards shards;
    private final DirectQueue queue;
    private final Pulse pulse;
    private final InstantSource clock;
    private final Duration checkpointInterval;
    private volatile boolean running;
    private Thread thread = new Thread(() -> {});
    private Instant watchedAt = Instant.EPOCH;
    private Instant signedAt = Instant.EPOCH;

    SequencerThread(
            Jdbi jdbi,
            Sequencer sequencer,
            Shards shards,
            DirectQueue queue,
            Pulse pulse,
            InstantSource clock,
            @ConfigProperty(name = "tamis.checkpoint.interval", defaultValue = "0.9S") Duration checkpointInterval) {
        this.jdbi = jdbi;
        this.sequencer = sequencer;
        this.shards = shards;
        this.queue = queue;
        this.pulse = pulse;
        this.clock = clock;
        this.checkpointInterval = checkpointInterval;
    }

    void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("ledger-sequencer").start(this::run);
    }

    /** Ends the thread between two steps and gives the lease back. */
    void stop() {
        running = false;
        pulse.ring();
        try {
            thread.join(STOP_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            turns();
        } finally {
            queue.handOver();
        }
    }

    private void turns() {
        while (running && !pulse.broken()) {
            try {
                turn();
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException failed) {
                // The class alone: a driver's message quotes statements, and statements have parameters.
                LOG.warnf(
                        "the sequencer starts over after %s", failed.getClass().getName());
                pause();
            }
        }
    }

    /** Holds the lease as long as it can, or waits a while for it. */
    private void turn() throws InterruptedException {
        try (Handle handle = jdbi.open()) {
            if (!tryLock(handle)) {
                follow(handle);
                pulse.awaitRing(LEASE_RETRY);
                return;
            }
            try {
                lead(handle);
            } finally {
                pulse.lead(false);
                unlock(handle);
            }
        }
    }

    /** Another replica sequences: leave it what came too late, keep up with its checkpoints, watch that the outbox moves. */
    private void follow(Handle handle) {
        queue.handOver();
        watch(handle);
        shards.refresh(handle);
        if (!shards.open().tree().refresh(handle)) {
            breakDown();
        }
    }

    private void lead(Handle handle) throws InterruptedException {
        LogHead head = LogHead.claim(handle);
        shards.refresh(handle);
        var tree = shards.of(head.log()).tree();
        TileBackfill.run(handle, head, tree.tiles());
        if (!tree.catchUp(handle, head.tree()) || !tree.head().equals(head.tree()) || !tree.refresh(handle)) {
            breakDown();
            return;
        }
        // What this process read of a year while it was open may lack the end that another leader gave it.
        shards.shards().stream()
                .filter(shard -> shard.tree().published().isPresent())
                .forEach(shard -> shard.tree().refresh(handle));
        pulse.lead(true);
        while (running) {
            watch(handle);
            boolean due = pulse.takeDemand() || over(signedAt, checkpointInterval);
            switch (sequencer.step(handle, head.epoch(), due)) {
                case Sequencer.Step.Done done -> {
                    if (due) {
                        signedAt = clock.instant();
                    }
                    if (done.taken() < Sequencer.OUTBOX_MAX && queue.isEmpty()) {
                        pulse.awaitRing(IDLE);
                    }
                }
                case Sequencer.Step.Fenced ignored -> {
                    LOG.warn("the sequencer is fenced: another replica has claimed the log");
                    return;
                }
            }
        }
    }

    /** Says that the outbox moves, at most once a second; saying nothing for 30 s is what closes the log. */
    private void watch(Handle handle) {
        if (!over(watchedAt, WATCH_EVERY)) {
            return;
        }
        watchedAt = clock.instant();
        if (Outbox.oldestAge(handle)
                .map(age -> age.compareTo(Pulse.STUCK_AFTER) < 0)
                .orElse(true)) {
            pulse.seenHealthy();
        }
    }

    /** Also when the clock was set back: nobody may get an hour without checkpoints by it. */
    private boolean over(Instant since, Duration length) {
        Instant now = clock.instant();
        return !now.isBefore(since.plus(length)) || now.isBefore(since);
    }

    private void breakDown() {
        pulse.breakDown();
        TreeHead known = shards.open().tree().head();
        LOG.errorf(
                "the log's rows, head and checkpoints do not fit each other (read up to %d): nothing is appended or signed",
                known.size());
    }

    private static boolean tryLock(Handle handle) {
        return handle.createQuery("SELECT pg_try_advisory_lock(:lock)")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    /** The connection goes back to a pool, and a session's lock with it: it must not leave this method locked. */
    private static void unlock(Handle handle) {
        try {
            handle.createQuery("SELECT pg_advisory_unlock_all()")
                    .mapTo(String.class)
                    .findOne();
        } catch (RuntimeException lost) {
            abort(handle);
        }
    }

    private static void abort(Handle handle) {
        try {
            handle.getConnection().abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            LOG.debug("connection already gone");
        }
    }

    private void pause() {
        try {
            pulse.awaitRing(LEASE_RETRY);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
