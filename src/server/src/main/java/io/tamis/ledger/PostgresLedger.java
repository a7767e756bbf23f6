package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.log.EntrySealing;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The log on PostgreSQL: writers insert into the outbox, the sequencer does the rest. */
@Singleton
final class PostgresLedger implements Ledger {
    /** How long a caller waits for a receipt. */
    static final Duration AWAIT_MAX = Duration.ofSeconds(10);

    /** How often a waiting caller looks whether another replica has published. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final Jdbi jdbi;
    private final EventVault vault;
    private final LogTree tree;
    private final Pulse pulse;
    private final Duration awaitMax;

    @Inject
    PostgresLedger(Jdbi jdbi, EventVault vault, LogTree tree, Pulse pulse) {
        this(jdbi, vault, tree, pulse, AWAIT_MAX);
    }

    PostgresLedger(Jdbi jdbi, EventVault vault, LogTree tree, Pulse pulse, Duration awaitMax) {
        this.jdbi = jdbi;
        this.vault = vault;
        this.tree = tree;
        this.pulse = pulse;
        this.awaitMax = awaitMax;
    }

    @Override
    public EventId append(Handle tx, LedgerEvent event) {
        if (!tx.isInTransaction()) {
            throw new IllegalStateException("append belongs into the caller's transaction");
        }
        if (!pulse.alive()) {
            throw new LedgerException(Code.LEDGER_UNAVAILABLE);
        }
        if (event.type().isEmpty()) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
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
        jdbi.useTransaction(tx -> events.forEach(event -> append(tx, event)));
        return events.stream()
                .map(event -> new Appended(event.id(), await(event.id()).index()))
                .toList();
    }

    @Override
    public Receipt await(EventId id) {
        long deadline = System.nanoTime() + awaitMax.toNanos();
        pulse.startWaiting();
        try {
            while (true) {
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
        return jdbi.withHandle(handle -> EntryRows.byId(handle, id).flatMap(row -> {
            LogEntry entry = row.event().entry();
            var proof = tree.proof(entry, row.index());
            if (proof.isEmpty() && tree.refresh(handle)) {
                proof = tree.proof(entry, row.index());
            }
            return proof.map(found -> new Receipt(id, row.index(), found.text()));
        }));
    }

    /** The id is known: fine when it is this event, in the outbox or already sequenced. */
    private void requireSame(Handle tx, LedgerEvent event) {
        // The outbox first: a row the sequencer moves meanwhile is then found in the log, never in neither.
        var known = Outbox.find(tx, event.id())
                .or(() -> EntryRows.byId(tx, event.id()).map(EntryRows.Row::event))
                .flatMap(stored -> vault.open(tx, stored))
                .map(EntrySealing.Opened::event);
        if (!known.equals(Optional.of(event))) {
            throw new LedgerException(Code.STATE_CONFLICT);
        }
    }
}
