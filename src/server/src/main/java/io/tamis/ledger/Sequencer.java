package io.tamis.ledger;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.EntrySealing;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * One step of the log: takes a batch out of the outbox, puts it at the end of the log, moves the head and, when one is due,
 * signs a checkpoint, all in one transaction. Only the holder of the lease calls it.
 *
 * <p>Crash stories. Before COMMIT: the rows are still in the outbox, head and memory are as before. In COMMIT, unknown
 * whether it happened: the caller drops the lease, and the next holder reads head and leaves from the database, where the
 * batch is either whole or absent. After COMMIT, before memory: the same reading adds the leaves. A checkpoint that was signed
 * in a transaction that did not commit never left this method, so nobody holds a signature of a tree that did not come to be.
 * Another holder in the meantime: its epoch is in the row we lock, and we step back.
 */
@Singleton
final class Sequencer {
    /** Most events of one batch; at 8 KiB each a batch stays under 8.5 MB. */
    static final int BATCH_MAX = 1000;

    private static final Logger LOG = Logger.getLogger(Sequencer.class);

    private final LogTree tree;
    private final EventVault vault;
    private final KeyProvider keys;
    private final Events events;

    Sequencer(LogTree tree, EventVault vault, KeyProvider keys, Events events) {
        this.tree = tree;
        this.vault = vault;
        this.keys = keys;
        this.events = events;
    }

    /** What a step came to. */
    sealed interface Step {
        /** So many events were appended. */
        record Done(int taken) implements Step {}

        /** The head is not the one this holder knows: another one has it. */
        record Fenced() implements Step {}
    }

    /** What the transaction is about to make true, for memory once it is. */
    private record Staged(
            LogHead before, List<SealedEvent> batch, int taken, Optional<SignedNote> note, TreeHead after) {}

    /** Runs a step as the holder of this epoch. */
    Step step(Handle handle, long epoch, boolean checkpointDue) {
        boolean nothingToSign = !checkpointDue || publishedSize() >= tree.head().size();
        if (nothingToSign && Outbox.isEmpty(handle)) {
            return new Step.Done(0);
        }
        Optional<Staged> staged = handle.inTransaction(tx -> stage(tx, epoch, checkpointDue));
        if (staged.isEmpty()) {
            return new Step.Fenced();
        }
        var done = staged.get();
        tree.add(
                done.before().tree().size(),
                done.batch().stream().map(event -> event.entry().leaf()).toList());
        done.note().ifPresent(note -> tree.publish(note, done.after()));
        return new Step.Done(done.taken());
    }

    private Optional<Staged> stage(Handle tx, long epoch, boolean checkpointDue) {
        LogHead head = LogHead.lock(tx);
        if (head.epoch() != epoch || !head.tree().equals(tree.head())) {
            return Optional.empty();
        }
        List<SealedEvent> taken = Outbox.take(tx, BATCH_MAX);
        List<SealedEvent> batch = withoutRecorded(tx, taken);
        TreeHead next =
                tree.headWith(batch.stream().map(event -> event.entry().leaf()).toList());
        if (!batch.isEmpty()) {
            EntryRows.insertAll(tx, head.tree().size(), batch);
            if (!head.advance(tx, next)) {
                // Unreachable while we hold the row's lock; if it happens all the same, nothing of this may commit.
                throw new IllegalStateException("the head moved under its lock");
            }
            DataKeys.count(tx, sealsByKey(batch));
        }
        Optional<SignedNote> note = Optional.empty();
        if (checkpointDue && next.size() > publishedSize()) {
            var signed = new Checkpoint(head.origin(), next).sign(keys, KeyName.LEDGER_SIGNING);
            LogHead.insertCheckpoint(tx, next, signed);
            note = Optional.of(signed);
        }
        return Optional.of(new Staged(head, batch, taken.size(), note, next));
    }

    /**
     * Drops what the log has already (a writer repeated itself after its first attempt had been sequenced) and gives what
     * only shares the id of a recorded event a fresh one: a log that stopped here would stop for everybody.
     */
    private List<SealedEvent> withoutRecorded(Handle tx, List<SealedEvent> taken) {
        if (taken.isEmpty()) {
            return taken;
        }
        var recorded = EntryRows.find(tx, taken);
        var batch = new ArrayList<SealedEvent>();
        for (var event : taken) {
            var before = recorded.get(event.id());
            if (before == null) {
                batch.add(event);
            } else if (!sameEvent(tx, before, event)) {
                LOG.errorf("event id %s was used for two events; the second one gets another id", event.id());
                batch.add(underFreshId(tx, event));
            }
        }
        return batch;
    }

    private boolean sameEvent(Handle tx, SealedEvent one, SealedEvent other) {
        var first = vault.open(tx, one).map(EntrySealing.Opened::event);
        return first.isPresent() && first.equals(vault.open(tx, other).map(EntrySealing.Opened::event));
    }

    private SealedEvent underFreshId(Handle tx, SealedEvent event) {
        var correction = events.bySystem(EventType.CORRECTION, Events.SERVICE)
                .of(event.id())
                .commitment(event.commitment())
                .build();
        LedgerEvent renamed = vault.open(tx, event)
                .flatMap(opened -> renamed(opened.event(), correction))
                .orElse(correction);
        return vault.seal(tx, renamed);
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

    private long publishedSize() {
        return tree.published().map(now -> now.head().size()).orElse(-1L);
    }
}
