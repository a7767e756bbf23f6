package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.log.EntrySealing;
import io.tamis.log.LedgerEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The log on PostgreSQL. What changes state goes through the outbox, in the transaction of the change; what does not goes
 * to the sequencer directly where this process sequences, and through the outbox where it does not.
 */
@Singleton
final class PostgresLedger implements Ledger {
    /** How long a caller waits for a receipt. */
    static final Duration AWAIT_MAX = Duration.ofSeconds(10);

    /** How often a waiting caller looks whether another replica has published. */
    private static final Duration POLL = Duration.ofMillis(100);

    /** How often a request that another replica sequences looks for its events. */
    private static final Duration PLACE_POLL = Duration.ofMillis(20);

    private final Jdbi jdbi;
    private final EventVault vault;
    private final Shards shards;
    private final DirectQueue queue;
    private final Pulse pulse;
    private final Duration awaitMax;

    @Inject
    PostgresLedger(Jdbi jdbi, EventVault vault, Shards shards, DirectQueue queue, Pulse pulse) {
        this(jdbi, vault, shards, queue, pulse, AWAIT_MAX);
    }

    PostgresLedger(Jdbi jdbi, EventVault vault, Shards shards, DirectQueue queue, Pulse pulse, Duration awaitMax) {
        this.jdbi = jdbi;
        this.vault = vault;
        this.shards = shards;
        this.queue = queue;
        this.pulse = pulse;
        this.awaitMax = awaitMax;
    }

    @Override
    public EventId append(Handle tx, LedgerEvent event) {
        if (!tx.isInTransaction()) {
            throw new IllegalStateException("append belongs into the caller's transaction");
        }
        requireWritable(event);
        if (!Outbox.insert(tx, vault.seal(tx, event))) {
            requireSame(tx, event);
        }
        tx.afterCommit(pulse::ring);
        return event.id();
    }

    @Override
    public List<Appended> record(List<LedgerEvent> events) {
        if (events.isEmpty()
                || events.size() > RECORD_MAX
                || events.stream().map(LedgerEvent::id).distinct().count() < events.size()) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        events.forEach(this::requireWritable);
        long deadline = System.nanoTime() + awaitMax.toNanos();
        try {
            return pulse.leading() ? recordHere(events, deadline) : recordElsewhere(events, deadline);
        } catch (TimeoutException stuck) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE, stuck);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LedgerException(Code.LEDGER_UNAVAILABLE, interrupted);
        }
    }

    /** Through the queue of this process, which sequences. Sealing is done here, by the request's own thread. */
    private List<Appended> recordHere(List<LedgerEvent> events, long deadline)
            throws InterruptedException, TimeoutException {
        var request = new Pending(vault.sealAll(events));
        if (!queue.offer(request)) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
        pulse.ring();
        return switch (request.await(deadline - System.nanoTime())) {
            case Pending.Answer.Recorded recorded -> recorded.events();
            case Pending.Answer.Conflict ignored -> throw new LedgerException(Code.STATE_CONFLICT);
            case Pending.Answer.Elsewhere ignored -> recordElsewhere(events, deadline);
        };
    }

    /**
     * Through the outbox, for whichever replica sequences. Also for a request whose process has just lost the lease: what a
     * batch of its may have recorded already is found under its id.
     */
    private List<Appended> recordElsewhere(List<LedgerEvent> events, long deadline)
            throws InterruptedException, TimeoutException {
        jdbi.useTransaction(tx -> events.forEach(event -> append(tx, event)));
        var ids = events.stream().map(LedgerEvent::id).toList();
        var found = jdbi.withHandle(handle -> EntryRows.find(handle, ids));
        while (found.size() < ids.size()) {
            if (System.nanoTime() - deadline >= 0 || !pulse.alive()) {
                throw new TimeoutException();
            }
            TimeUnit.NANOSECONDS.sleep(PLACE_POLL.toNanos());
            found = jdbi.withHandle(handle -> EntryRows.find(handle, ids));
        }
        var rows = found;
        if (!jdbi.withHandle(handle -> events.stream()
                .allMatch(event -> isOf(handle, rows.get(event.id()).event(), event)))) {
            throw new LedgerException(Code.STATE_CONFLICT);
        }
        return ids.stream().map(id -> new Appended(id, rows.get(id).index())).toList();
    }

    private void requireWritable(LedgerEvent event) {
        if (!pulse.alive()) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
        if (event.type().isEmpty()) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public Receipt await(EventId id) {
        long deadline = System.nanoTime() + awaitMax.toNanos();
        pulse.startWaiting();
        try {
            while (true) {
                var tree = shards.open().tree();
                long seen = tree.published().map(now -> now.head().size()).orElse(-1L);
                var receipt = covered(id);
                if (receipt.isPresent()) {
                    return receipt.get();
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || pulse.broken()) {
                    throw new LedgerException(Code.LEDGER_UNAVAILABLE);
                }
                tree.awaitLargerThan(seen, Math.min(left, POLL.toNanos()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LedgerException(Code.LEDGER_UNAVAILABLE, interrupted);
        } finally {
            pulse.stopWaiting();
        }
    }

    @Override
    public Optional<Receipt> receipt(EventId id) {
        var receipt = covered(id);
        if (receipt.isEmpty()) {
            pulse.want();
        }
        return receipt;
    }

    private Optional<Receipt> covered(EventId id) {
        return jdbi.withHandle(handle -> EntryRows.byId(handle, id)).flatMap(row -> {
            var proof = shards.of(row.event().log()).proof(row.event().entry(), row.index());
            return proof.map(found -> new Receipt(id, row.index(), found.text()));
        });
    }

    /** The id is known: fine when it is this event, in the outbox or already sequenced. */
    private void requireSame(Handle tx, LedgerEvent event) {
        // The outbox first: a row the sequencer moves meanwhile is then found in the log, never in neither.
        var known = Outbox.find(tx, event.id())
                .or(() -> EntryRows.byId(tx, event.id()).map(EntryRows.Row::event));
        if (known.isEmpty() || !isOf(tx, known.get(), event)) {
            throw new LedgerException(Code.STATE_CONFLICT);
        }
    }

    private boolean isOf(Handle handle, SealedEvent stored, LedgerEvent event) {
        return vault.open(handle, stored)
                .opened()
                .map(EntrySealing.Opened::event)
                .equals(Optional.of(event));
    }
}
