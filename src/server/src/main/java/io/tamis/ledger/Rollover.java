package io.tamis.ledger;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.TiledTree;
import io.tamis.log.TreeHead;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * The turn of the year: the old log's last entry and last checkpoint, the new log's head and its first entry, which quotes
 * where the old one ended, in one transaction. So an auditor who holds the last checkpoint of a year knows where to go on,
 * and no entry can stand between two logs or in both.
 *
 * <p>A year that was opened cannot be closed again, so one clock does not decide: this process's and, read under the head's
 * lock, the database's must both show the year after the open log's. A clock that goes back stays in the open log; so does
 * one that runs ahead, or both when they jump over a year, with an alarm: the log goes on under the older name, and nothing
 * is lost. A crash before COMMIT leaves the old log open; after it, the next holder finds the new one. What writers sealed
 * for the old log meanwhile is sealed again when it is sequenced.
 */
@Singleton
final class Rollover {
    /** How far the database may lag at midnight without an alarm. */
    static final Duration SKEW = Duration.ofSeconds(10);

    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);
    private static final Duration ALARM_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(Rollover.class);

    private final Shards shards;
    private final EventVault vault;
    private final LogSigners signers;
    private final Events events;
    private final InstantSource clock;
    private final DatabaseClock database;
    private volatile Instant refusedAt = Instant.MIN;
    private volatile Instant alarmedAt = Instant.MIN;

    Rollover(
            Shards shards,
            EventVault vault,
            LogSigners signers,
            Events events,
            InstantSource clock,
            DatabaseClock database) {
        this.shards = shards;
        this.vault = vault;
        this.signers = signers;
        this.events = events;
        this.clock = clock;
        this.database = database;
    }

    /** What has been written of one log, for memory once it has committed. */
    private record Grown(Shard shard, TiledTree.Batch staged, List<Hash> leaves, SignedNote note) {}

    /** True when the open log's year is over by this process's clock; not again for a second after it was found wrong. */
    boolean due() {
        Instant now = clock.instant();
        return LogYear.at(now) > shards.open().year() && past(now, refusedAt, ASKED_AGAIN);
    }

    /** Closes the open log and opens the next one, if it is time; false when this holder is fenced. */
    boolean run(Handle handle, long epoch) {
        Optional<List<Grown>> grown = handle.inTransaction(tx -> {
            LogHead head = LogHead.lock(tx);
            var old = shards.open();
            if (head.epoch() != epoch || !head.tree().equals(old.tree().head())) {
                return Optional.empty();
            }
            if (!agreed(old.year(), clock.instant(), database.now(tx))) {
                return Optional.of(List.of());
            }
            Origin name = LogYear.next(old.origin());
            var closing = appended(tx, old, head, closed(name));
            short number = (short) Math.incrementExact(head.log());
            LogHead.create(tx, number, name, epoch);
            var opened = shards.shard(number, name);
            var empty = new LogHead(number, name, TreeHead.EMPTY, epoch);
            return Optional.of(List.of(
                    closing,
                    appended(
                            tx,
                            opened,
                            empty,
                            opened(name, old.origin(), closing.staged().head()))));
        });
        grown.filter(both -> !both.isEmpty()).ifPresent(both -> {
            shards.refresh(handle);
            both.forEach(this::remember);
        });
        return grown.isPresent();
    }

    private boolean agreed(int open, Instant mine, Instant databases) {
        int next = open + 1;
        if (LogYear.at(mine) == next && LogYear.at(databases) == next) {
            return true;
        }
        refusedAt = mine;
        boolean midnight = LogYear.at(mine) == next
                && LogYear.at(databases) == open
                && Duration.between(databases, mine).compareTo(SKEW) <= 0;
        if (!midnight && past(mine, alarmedAt, ALARM_EVERY)) {
            alarmedAt = mine;
            LOG.errorf(
                    "the log of %d stays open: this clock shows %d, the database's %d; set the wrong one right",
                    open, LogYear.at(mine), LogYear.at(databases));
        }
        return false;
    }

    /** Also when the clock was set back meanwhile. */
    private static boolean past(Instant now, Instant since, Duration pause) {
        return now.isBefore(since) || since.equals(Instant.MIN) || !now.isBefore(since.plus(pause));
    }

    private void remember(Grown grown) {
        var tree = shards.of(grown.shard().log()).tree();
        // Not the staged batch itself: somebody may have learnt of the new log already and made its own view of it.
        tree.add(grown.staged().first(), grown.leaves());
        tree.publish(grown.note(), grown.staged().head());
    }

    private Grown appended(Handle tx, Shard shard, LogHead head, LedgerEvent event) {
        var sealed = vault.seal(tx, head.log(), head.origin(), event);
        var leaves = List.of(sealed.entry().leaf());
        var staged = shard.tree().stage(leaves);
        EntryRows.insertAll(tx, head.tree().size(), List.of(sealed));
        shard.tree().tiles().insertAll(tx, staged.tiles());
        if (!head.advance(tx, staged.head())) {
            throw new IllegalStateException("the head moved under its lock");
        }
        DataKeys.count(tx, Map.of(sealed.keyId(), 1L));
        var note = new Checkpoint(head.origin(), staged.head()).sign(signers.of(head.origin()), clock.instant());
        head.insertCheckpoint(tx, staged.head(), note);
        return new Grown(shard, staged, leaves, note);
    }

    private LedgerEvent closed(Origin next) {
        return events.bySystem(EventType.LOG_CLOSED, Events.SERVICE)
                .with("next", Json.of(next.value()))
                .build();
    }

    private LedgerEvent opened(Origin name, Origin before, TreeHead head) {
        return LogOpening.of(events, name, signers.verifierKeys(name))
                .with(
                        "previous",
                        Json.object()
                                .put("origin", before.value())
                                .put("size", head.size())
                                .put("root", head.root().hex())
                                .build())
                .build();
    }
}
