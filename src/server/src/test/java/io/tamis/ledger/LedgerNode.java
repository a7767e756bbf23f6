package io.tamis.ledger;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.TimeOrderedIds;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One replica's ledger, wired by hand on a database of the test's own; several of them share one. */
final class LedgerNode {
    static final Origin ORIGIN = new Origin("test.example/ledger/2026");
    private static final KeyProvider KEYS = newKeys();

    final Jdbi jdbi;
    final TestClock clock = new TestClock();

    /** What the database shows: the same time, until a test puts another clock here. */
    volatile InstantSource databaseClock = clock;

    final KeyProvider keys;
    final VerifierKey verifierKey;
    final LogSigners signers;
    final Shards shards;
    final Pulse pulse;
    final DirectQueue queue = new DirectQueue();
    final DataKeys dataKeys;
    final EventVault vault;
    final Events events;
    final Sequencer sequencer;
    final PostgresLedger ledger;
    private final List<SequencerThread> threads = new ArrayList<>();

    LedgerNode(Jdbi jdbi) {
        this(jdbi, KEYS);
    }

    LedgerNode(Jdbi jdbi, KeyProvider keys) {
        this.jdbi = jdbi;
        this.keys = keys;
        jdbi.useTransaction(tx -> LogHead.create(tx, EntryRows.LOG_ID, ORIGIN, 0));
        var random = new SystemRandom();
        var ids = new TimeOrderedIds(clock, random);
        verifierKey = new VerifierKey(ORIGIN, keys.publicKey(KeyName.LEDGER_SIGNING));
        signers = new LogSigners(keys, false);
        pulse = new Pulse(clock);
        var names = new LogNames(jdbi, ORIGIN);
        shards = new Shards(jdbi, names, signers, new TileCache(), pulse);
        dataKeys = new DataKeys(ORIGIN, keys, random, ids, clock, tx -> databaseClock.instant());
        events = new Events(ids, clock);
        vault = new EventVault(jdbi, names, dataKeys, events, random);
        sequencer = new Sequencer(
                shards,
                new Rollover(shards, vault, signers, events, clock, tx -> databaseClock.instant()),
                vault,
                signers,
                clock,
                events,
                queue);
        ledger = new PostgresLedger(jdbi, vault, shards, queue, pulse, Duration.ofSeconds(5));
    }

    /** The same ledger with another patience. */
    PostgresLedger patientFor(Duration awaitMax) {
        return new PostgresLedger(jdbi, vault, shards, queue, pulse, awaitMax);
    }

    /** The open log's tree. */
    LogTree tree() {
        return shards.open().tree();
    }

    void append(LedgerEvent event) {
        jdbi.useTransaction(tx -> ledger.append(tx, event));
    }

    /** Claims the log and reads up to its head, as the thread does when it gets the lease. */
    long claim() {
        return jdbi.withHandle(handle -> {
            LogHead head = LogHead.claim(handle);
            shards.refresh(handle);
            var tree = tree();
            if (!tree.catchUp(handle, head.tree()) || !tree.refresh(handle)) {
                throw new AssertionError("rows and head do not fit");
            }
            return head.epoch();
        });
    }

    Sequencer.Step step(long epoch) {
        return jdbi.withHandle(handle -> sequencer.step(handle, epoch, true));
    }

    /** Sequences, with a checkpoint every few milliseconds at least. */
    void start() {
        start(Duration.ofMillis(20));
    }

    void start(Duration checkpointInterval) {
        var thread =
                new SequencerThread(jdbi, sequencer, shards, queue, pulse, InstantSource.system(), checkpointInterval);
        thread.start();
        threads.add(thread);
    }

    void stop() {
        threads.forEach(SequencerThread::stop);
    }

    long count(String table) {
        return jdbi.withHandle(handle -> count(handle, table));
    }

    private static long count(Handle handle, String table) {
        return handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one();
    }

    static KeyProvider newKeys() {
        try {
            var folder = Files.createTempDirectory("ledger-test-keys");
            var password = SecretBytes.copyOf("test".getBytes(StandardCharsets.US_ASCII));
            return BcfksKeyProvider.create(folder.resolve("k.bcfks"), password, true, new SystemRandom());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A clock that stands still until it is moved. */
    static final class TestClock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-24T05:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void set(Instant instant) {
            now = instant;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }
    }
}
