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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The turn of the year: the old log's last entry and last checkpoint, the new log's head and its first entry, which quotes
 * where the old one ended, in one transaction. So an auditor who holds the last checkpoint of a year knows where to go on,
 * and no entry can stand between two logs or in both.
 *
 * <p>A clock that goes back stays in the open log, and one that jumps over a year opens the log of the year it shows. A
 * crash before COMMIT leaves the old log open; after it, the next holder finds the new one. What writers sealed for the old
 * log meanwhile is sealed again when it is sequenced.
 */
@Singleton
final class Rollover {
    private final Shards shards;
    private final EventVault vault;
    private final LogSigners signers;
    private final Events events;
    private final InstantSource clock;

    Rollover(Shards shards, EventVault vault, LogSigners signers, Events events, InstantSource clock) {
        this.shards = shards;
        this.vault = vault;
        this.signers = signers;
        this.events = events;
        this.clock = clock;
    }

    /** What has been written of one log, for memory once it has committed. */
    private record Grown(Shard shard, TiledTree.Batch staged, List<Hash> leaves, SignedNote note) {}

    /** True when the open log's year is over. */
    boolean due() {
        return LogYear.at(clock.instant()) > shards.open().year();
    }

    /** Closes the open log and opens the next one; false when this holder is fenced. */
    boolean run(Handle handle, long epoch) {
        Optional<List<Grown>> both = handle.inTransaction(tx -> {
            LogHead head = LogHead.lock(tx);
            var old = shards.open();
            if (head.epoch() != epoch || !head.tree().equals(old.tree().head())) {
                return Optional.empty();
            }
            Origin name = LogYear.next(old.origin(), clock.instant());
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
        both.ifPresent(grown -> {
            shards.refresh(handle);
            grown.forEach(this::remember);
        });
        return both.isPresent();
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
