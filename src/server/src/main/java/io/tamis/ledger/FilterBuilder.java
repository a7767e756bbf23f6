package io.tamis.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The platform thread that builds the search's filters behind the log, on the replica that holds the lease. It keeps out of
 * the way of those who append and of those who ask for proofs: one block a turn, some 4,000 entries a second, and in it a pause
 * after every few entries, because a proof waits as long as whatever has its core; whole blocks at once doubled the time of
 * the slowest proofs. What it has not come to the search reads as it is. A crash between two blocks leaves the next one to be
 * built.
 */
@Singleton
final class FilterBuilder {
    private static final Duration TURN = Duration.ofMillis(150);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int ENTRIES_BETWEEN_PAUSES = 64;
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
        while (!stopping(TURN)) {
            turn();
        }
    }

    /** True when the service stops, now or within this time. */
    private boolean stopping(Duration within) {
        try {
            return stopped.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void turn() {
        if (!logs.leading()) {
            return;
        }
        try {
            buildNext();
        } catch (RuntimeException failed) {
            // The class alone: a driver's message quotes statements.
            LOG.warnf(
                    "the search's filters start over after %s",
                    failed.getClass().getName());
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
            BlockFilters.write(tx, log, filter(tx, log, block));
            return true;
        });
    }

    private BlockFilters.Filter filter(Handle tx, short log, long block) {
        var said = new HashSet<Long>();
        var keys = new HashSet<UUID>();
        var times = new ArrayList<Instant>();
        for (int done = 0; done < BlockFilters.BLOCK; done += ENTRIES_BETWEEN_PAUSES) {
            var sealed = EntryRows.page(tx, log, block * BlockFilters.BLOCK + done, ENTRIES_BETWEEN_PAUSES).stream()
                    .map(EntryRows.Row::event)
                    .toList();
            var opened = vault.openAll(tx, sealed).stream().map(Content::opened).toList();
            for (int i = 0; i < sealed.size(); i++) {
                if (opened.get(i).isPresent()) {
                    var event = opened.get(i).get().event();
                    keys.add(sealed.get(i).keyId());
                    said.addAll(tokens.of(EntryFacets.of(event)));
                    times.add(event.at());
                }
            }
            // Stopping does not give up the block: the pauses are over, and what is left takes milliseconds.
            stopping(PAUSE);
        }
        return new BlockFilters.Filter(
                block,
                said,
                keys,
                times.stream().min(Instant::compareTo).orElse(Instant.EPOCH),
                times.stream().max(Instant::compareTo).orElse(Instant.EPOCH));
    }
}
