package io.tamis.ledger;

import io.tamis.data.DataException;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.EntrySealing;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.SignedNote;
import io.tamis.log.TiledTree;
import io.tamis.log.TreeHead;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * One step of the log: takes a batch out of the outbox and the direct queue, puts it at the end of the log, moves the head
 * and, when one is due, signs a checkpoint, all in one transaction. Only the holder of the lease calls it.
 *
 * <p>Crash stories. Before COMMIT: the rows are still in the outbox and the requests go back into the queue, head and memory
 * are as before. In COMMIT, unknown
 * whether it happened: the caller drops the lease, and the next holder reads head and leaves from the database, where the
 * batch is either whole or absent; the requests that were in it are in the queue again, and the next batch that takes them
 * finds their ids in the log, or does not and records them. After COMMIT, before memory: the same reading adds the leaves, and a request that was
 * not answered times out and is repeated. A checkpoint that was signed
 * in a transaction that did not commit never left this method, so nobody holds a signature of a tree that did not come to be.
 * Another holder in the meantime: its epoch is in the row we lock, and we step back.
 */
@Singleton
final class Sequencer {
    /** Most events of one batch from the outbox; with those of the direct path there are at most 4,096. */
    static final int OUTBOX_MAX = 1000;

    /** Most events of one batch from the direct path. */
    static final int DIRECT_MAX = 3072;

    /** Most bytes of sealed bodies in one batch. */
    static final long BATCH_BYTES_MAX = 8L << 20;

    /** Of these, how many the direct path may take: the outbox always has room for some hundred of the longest. */
    static final long DIRECT_BYTES_MAX = 6L << 20;

    private static final Logger LOG = Logger.getLogger(Sequencer.class);

    private final Shards shards;
    private final Rollover rollover;
    private final EventVault vault;
    private final LogSigners signers;
    private final InstantSource clock;
    private final Events events;
    private final DirectQueue queue;

    Sequencer(
            Shards shards,
            Rollover rollover,
            EventVault vault,
            LogSigners signers,
            InstantSource clock,
            Events events,
            DirectQueue queue) {
        this.shards = shards;
        this.rollover = rollover;
        this.vault = vault;
        this.signers = signers;
        this.clock = clock;
        this.events = events;
        this.queue = queue;
    }

    /** What a step came to. */
    sealed interface Step {
        /** So many events were appended. */
        record Done(int taken) implements Step {}

        /** The head is not the one this holder knows: another one has it. */
        record Fenced() implements Step {}
    }

    /** What the transaction is about to make true, for memory and for the requests once it is. */
    private record Staged(
            Shard shard, Batch batch, TiledTree.Batch grown, List<Hash> leaves, int taken, Optional<SignedNote> note) {}

    /** Runs a step as the holder of this epoch. */
    Step step(Handle handle, long epoch, boolean checkpointDue) {
        if (rollover.due() && !rollover.run(handle, epoch)) {
            return new Step.Fenced();
        }
        var shard = shards.open();
        List<Pending> asked = queue.take(DIRECT_MAX, DIRECT_BYTES_MAX);
        boolean committed = false;
        try {
            boolean nothingToSign = !checkpointDue
                    || publishedSize(shard) >= shard.tree().head().size();
            if (asked.isEmpty() && nothingToSign && Outbox.isEmpty(handle)) {
                return new Step.Done(0);
            }
            Optional<Staged> staged = handle.inTransaction(tx -> stage(tx, shard, epoch, checkpointDue, asked));
            if (staged.isEmpty()) {
                return new Step.Fenced();
            }
            committed = true;
            return done(staged.get());
        } finally {
            if (!committed) {
                // Whether or not the transaction has happened: whoever takes them next looks their ids up first.
                queue.giveBack(asked);
            }
        }
    }

    private Step done(Staged staged) {
        var tree = staged.shard().tree();
        tree.add(staged.grown(), staged.leaves());
        staged.note().ifPresent(note -> tree.publish(note, staged.grown().head()));
        staged.batch().answer();
        return new Step.Done(staged.taken());
    }

    private Optional<Staged> stage(Handle tx, Shard shard, long epoch, boolean checkpointDue, List<Pending> asked) {
        LogHead head = LogHead.lock(tx);
        var tree = shard.tree();
        if (head.log() != shard.log() || head.epoch() != epoch || !head.tree().equals(tree.head())) {
            return Optional.empty();
        }
        List<SealedEvent> taken = Outbox.take(tx, outboxRoom(asked));
        Batch batch = batch(tx, head, taken, asked);
        List<SealedEvent> added = batch.events();
        var leaves = batch.entries().stream().map(LogEntry::leaf).toList();
        var grown = tree.stage(leaves);
        TreeHead next = grown.head();
        if (!added.isEmpty()) {
            EntryRows.insertAll(tx, head.tree().size(), added);
            tree.tiles().insertAll(tx, grown.tiles());
            if (!head.advance(tx, next)) {
                // Unreachable while we hold the row's lock; if it happens all the same, nothing of this may commit.
                throw new IllegalStateException("the head moved under its lock");
            }
            DataKeys.count(tx, sealsByKey(added));
        }
        Optional<SignedNote> note = Optional.empty();
        if (checkpointDue && next.size() > publishedSize(shard)) {
            var signed = new Checkpoint(head.origin(), next).sign(signers.of(head.origin()), clock.instant());
            head.insertCheckpoint(tx, next, signed);
            note = Optional.of(signed);
        }
        int all = taken.size()
                + asked.stream().mapToInt(request -> request.events().size()).sum();
        return Optional.of(new Staged(shard, batch, grown, leaves, all, note));
    }

    private static int outboxRoom(List<Pending> asked) {
        long left = BATCH_BYTES_MAX - asked.stream().mapToLong(Pending::bytes).sum();
        return Math.clamp(left / Outbox.SEALED_MAX, 1, OUTBOX_MAX);
    }

    /**
     * Drops what the log has already (a writer repeated itself after its first attempt had been sequenced). A request that
     * only shares an id with another event is told so. An outbox row that does is durable and cannot be refused any more: it
     * gets a fresh id, as a log that stopped here would stop for everybody.
     */
    private Batch batch(Handle tx, LogHead head, List<SealedEvent> outbox, List<Pending> asked) {
        var ids = Stream.concat(outbox.stream(), asked.stream().flatMap(request -> request.events().stream()))
                .map(SealedEvent::id)
                .toList();
        var recorded = ids.isEmpty() ? Map.<EventId, EntryRows.Row>of() : EntryRows.find(tx, ids);
        var batch = new Batch(head.tree().size(), recorded, (one, other) -> sameEvent(tx, one, other));
        for (var taken : outbox) {
            var event = of(tx, head, taken);
            if (!batch.add(event)) {
                LOG.errorf("event id %s was used for two events; the second one gets another id", event.id());
                batch.add(underFreshId(tx, head, event));
            }
        }
        for (var request : asked) {
            batch.add(
                    request,
                    request.events().stream().map(event -> of(tx, head, event)).toList());
        }
        return batch;
    }

    /**
     * The event sealed for this log: one that waited over the year's end was sealed for the one before. What does not open
     * cannot be sealed again, and what points at it takes its place: one row must not stop the log.
     */
    private SealedEvent of(Handle tx, LogHead head, SealedEvent event) {
        if (event.log() == head.log()) {
            return event;
        }
        LedgerEvent content = opened(tx, event).orElseGet(() -> pointingAt(event));
        return vault.seal(tx, head.log(), head.origin(), content);
    }

    private boolean sameEvent(Handle tx, SealedEvent one, SealedEvent other) {
        if (one.commitment().equals(other.commitment())) {
            return true;
        }
        var first = opened(tx, one);
        return first.isPresent() && first.equals(opened(tx, other));
    }

    private Optional<LedgerEvent> opened(Handle tx, SealedEvent event) {
        return vault.open(tx, event).opened().map(EntrySealing.Opened::event);
    }

    private LedgerEvent pointingAt(SealedEvent event) {
        return events.bySystem(EventType.CORRECTION, Events.SERVICE)
                .of(event.id())
                .commitment(event.commitment())
                .build();
    }

    private SealedEvent underFreshId(Handle tx, LogHead head, SealedEvent event) {
        var correction = pointingAt(event);
        LedgerEvent renamed =
                opened(tx, event).flatMap(opened -> renamed(opened, correction)).orElse(correction);
        return vault.seal(tx, head.log(), head.origin(), renamed);
    }

    /** The event itself under the correction's id, unless the longer body is over the limit. */
    private static Optional<LedgerEvent> renamed(LedgerEvent event, LedgerEvent correction) {
        try {
            return Optional.of(new LedgerEvent(event.body()
                    .with("of", Json.of(event.id().toString()))
                    .with("id", Json.of(correction.id().toString()))));
        } catch (DataException tooLong) {
            return Optional.empty();
        }
    }

    private static Map<UUID, Long> sealsByKey(List<SealedEvent> batch) {
        return batch.stream()
                .map(SealedEvent::keyId)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static long publishedSize(Shard shard) {
        return shard.tree().published().map(now -> now.head().size()).orElse(-1L);
    }
}
