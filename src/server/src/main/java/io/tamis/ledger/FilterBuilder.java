package io.tamis.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tamis.log.EntrySealing;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The platform thread that builds the search's filters behind the log, on the replica that holds the lease. It keeps out of
 * the way of those who append and of those who ask for proofs: while the log grows it takes one block a turn, some 4,000
 * entries a second, else two; eight doubled the time of the slowest proofs. What it has not come to the search reads as it
 * is. A crash between two blocks leaves the next one to be built.
 */
@Singleton
final class FilterBuilder {
    private static final Duration TURN = Duration.ofMillis(250);
    private static final int BLOCKS_WHEN_IDLE = 2;
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(FilterBuilder.class);

    private final Jdbi jdbi;
    private final EventVault vault;
    private final SearchTokens tokens;
    private final Logs logs;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Thread thread = new Thread(() -> {});

    FilterBuilder(Jdbi jdbi, EventVault vault, SearchTokens tokens, Logs logs) {
        this.jdbi = jdbi;
        this.vault = vault;
        this.tokens = tokens;
        this.logs = logs;
    }

    void start(@Observes @Priority(LedgerStart.FIRST + 1) StartupEvent started) {
        thread = Thread.ofPlatform().daemon().name("ledger-filters").start(this::run);
    }

    void stop(@Observes ShutdownEvent ended) throws InterruptedException {
        stopped.countDown();
        thread.join(STOP_MAX);
    }

    private void run() {
        long seen = 0;
        try {
            while (!stopped.await(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                seen = turn(seen);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Builds some blocks when it is our turn; the log's size as it was. */
    private long turn(long before) {
        if (!logs.leading()) {
            return before;
        }
        try {
            long size = jdbi.withHandle(
                    handle -> LogHead.read(handle).orElseThrow().tree().size());
            boolean growing = size - before >= BlockFilters.BLOCK / 2;
            int blocks = growing ? 1 : BLOCKS_WHEN_IDLE;
            for (int built = 0; built < blocks && stopped.getCount() > 0; built++) {
                if (!buildNext()) {
                    break;
                }
            }
            return size;
        } catch (RuntimeException failed) {
            // The class alone: a driver's message quotes statements.
            LOG.warnf(
                    "the search's filters start over after %s",
                    failed.getClass().getName());
            return before;
        }
    }

    /** Builds the next block of any log, oldest first; false when there is none that is full. */
    boolean buildNext() {
        for (var head : jdbi.withHandle(LogHead::all)) {
            if (buildNext(head.log())) {
                return true;
            }
        }
        return false;
    }

    private boolean buildNext(short log) {
        return jdbi.inTransaction(tx -> {
            // What we open now must not be erased before we have written what it says.
            ErasureLock.shared(tx);
            long block = BlockFilters.next(tx, log);
            if (LogHead.size(tx, log) < (block + 1) * BlockFilters.BLOCK) {
                return false;
            }
            var rows = EntryRows.page(tx, log, block * BlockFilters.BLOCK, BlockFilters.BLOCK);
            BlockFilters.write(
                    tx,
                    log,
                    filter(tx, block, rows.stream().map(EntryRows.Row::event).toList()));
            return true;
        });
    }

    private BlockFilters.Filter filter(Handle tx, long block, List<SealedEvent> sealed) {
        var said = new HashSet<Long>();
        var keys = new HashSet<UUID>();
        var opened = vault.openAll(tx, sealed).stream().map(Content::opened).toList();
        for (int i = 0; i < sealed.size(); i++) {
            if (opened.get(i).isPresent()) {
                keys.add(sealed.get(i).keyId());
                said.addAll(tokens.of(EntryFacets.of(opened.get(i).get().event())));
            }
        }
        var times = opened.stream()
                .flatMap(Optional::stream)
                .map(EntrySealing.Opened::event)
                .map(event -> event.at())
                .toList();
        return new BlockFilters.Filter(
                block,
                said,
                keys,
                times.stream().min(Instant::compareTo).orElse(Instant.EPOCH),
                times.stream().max(Instant::compareTo).orElse(Instant.EPOCH));
    }
}
