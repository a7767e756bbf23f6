package io.tamis.ledger.witness;

import io.tamis.ledger.Logs;
import io.tamis.ledger.PublishedLog;
import io.tamis.ledger.PublishedLog.Published;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import io.tamis.log.witness.AddCheckpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The thread that has one witness cosign: on the replica that leads, one request at a time, the open log first and then the
 * last checkpoint of the one before it. What the witness knows is remembered here and learnt again from its answers, so that
 * a restart or another leader goes on where the witness is.
 */
final class Asking implements Runnable {
    private static final Logger LOG = Logger.getLogger(Asking.class);

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PAUSE_FIRST = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(4);

    /** Requests of one turn: a second one after a conflict, a third when the witness moved between them. */
    private static final int TRIES_MAX = 3;

    private final Peer peer;
    private final WitnessClient client;
    private final Logs logs;
    private final StoredCosignatures store;
    private final Round round;
    private final Alarms alarms;
    private final Map<Origin, Long> known = new HashMap<>();
    private final Map<Origin, Long> recorded = new HashMap<>();
    private final Semaphore stop = new Semaphore(0);
    private Duration pause = PAUSE_FIRST;

    Asking(Peer peer, WitnessClient client, Logs logs, StoredCosignatures store, Round round, Alarms alarms) {
        this.peer = peer;
        this.client = client;
        this.logs = logs;
        this.store = store;
        this.round = round;
        this.alarms = alarms;
    }

    /** Ends the thread after its present request. */
    void stop() {
        stop.release();
    }

    @Override
    public void run() {
        try {
            while (!stop.tryAcquire()) {
                if (!turnSafely() && stop.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean turnSafely() throws InterruptedException {
        try {
            return turn();
        } catch (RuntimeException failed) {
            // The class alone: a driver's message quotes statements, and statements have parameters.
            LOG.warnf(
                    "asking witness %s starts over after %s",
                    peer.name(), failed.getClass().getName());
            pause = PAUSE_MAX;
            return false;
        }
    }

    /** True when there is no reason to pause. */
    private boolean turn() throws InterruptedException {
        if (!logs.leading()) {
            pause = IDLE;
            return false;
        }
        List<PublishedLog> all = logs.all();
        PublishedLog open = all.getLast();
        Optional<Published> newest = open.awaitLargerThan(recordedSize(open.origin()), IDLE);
        if (newest.isPresent()) {
            Published target = round.target(open.origin(), newest.get());
            if (target.head().size() <= recordedSize(open.origin())) {
                round.awaitEnd(target);
                return true;
            }
            return settled(ask(open, target));
        }
        if (all.size() > 1) {
            PublishedLog closed = all.get(all.size() - 2);
            var last = closed.latest().filter(now -> now.head().size() > recordedSize(closed.origin()));
            return last.isEmpty() || settled(ask(closed, last.get()));
        }
        return true;
    }

    private boolean settled(boolean cosigned) {
        pause = cosigned ? PAUSE_FIRST : longer(pause);
        return cosigned;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : twice;
    }

    /** True when the witness has cosigned the target, or a newer checkpoint when it is ahead of that. */
    private boolean ask(PublishedLog log, Published target) throws InterruptedException {
        Published wanted = target;
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            long from = Math.min(knownSize(log.origin()), wanted.head().size());
            switch (client.ask(request(log, from, wanted))) {
                case Reply.Cosigned(var signature) -> {
                    long size = wanted.head().size();
                    known.put(log.origin(), size);
                    store.keep(log.origin(), wanted, peer.key(), signature);
                    recorded.put(log.origin(), size);
                    round.cosigned(log.origin(), size, peer.name());
                    alarms.settle(peer.name());
                    return true;
                }
                case Reply.Conflict(long size) -> {
                    Published newest = log.latest().orElse(wanted);
                    if (size > newest.head().size()) {
                        alarms.raise(peer.name(), Alarms.Kind.AHEAD);
                        return false;
                    }
                    if (size == from) {
                        // It has what we said it has, and still disagrees: its tree of that size is another one.
                        alarms.raise(peer.name(), Alarms.Kind.FORK);
                        return false;
                    }
                    known.put(log.origin(), size);
                    wanted = size > wanted.head().size() ? newest : wanted;
                }
                case Reply.Refused(int status) -> {
                    alarms.raise(peer.name(), status == 422 ? Alarms.Kind.FORK : Alarms.Kind.REFUSED);
                    return false;
                }
                case Reply.Nonsense() -> {
                    alarms.raise(peer.name(), Alarms.Kind.NONSENSE);
                    return false;
                }
                case Reply.Silent() -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static AddCheckpoint request(PublishedLog log, long from, Published wanted) {
        TreeHead old = from == 0 ? TreeHead.EMPTY : log.headAt(from);
        boolean proved = from > 0 && from < wanted.head().size();
        return new AddCheckpoint(from, proved ? log.consistency(old, wanted.head()) : List.of(), wanted.note());
    }

    private long knownSize(Origin origin) {
        return known.computeIfAbsent(origin, this::recordedSize);
    }

    private long recordedSize(Origin origin) {
        return recorded.computeIfAbsent(origin, absent -> store.largest(absent, peer.key()));
    }
}
