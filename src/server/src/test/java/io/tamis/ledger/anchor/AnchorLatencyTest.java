package io.tamis.ledger.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.ledger.anchor.evm.DevnetNotary;
import io.tamis.ledger.contract.Devnet;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * How long a checkpoint waits to be final on a chain with a block a second, at the default pace: a checkpoint a second, each
 * looked at until the table says that it is anchored. Prints figures; {@code -Dbench.anchor.seconds=180} makes them worth
 * writing down.
 */
@TamisTest
class AnchorLatencyTest {
    @Inject
    Jdbi jdbi;

    @Test
    void checkpoints_everySecond_areAnchoredWithinTheIntervalAndFinality() throws InterruptedException {
        int seconds = Integer.getInteger("bench.anchor.seconds", 4);
        try (var devnet = Devnet.start(Devnet.Setup.every(Duration.ofSeconds(1)))) {
            // Beyond the contract addresses of the other tests.
            for (int i = 0; i < 3; i++) {
                DevnetNotary.deploy(devnet, 7, 1);
            }
            var deployed = DevnetNotary.deploy(devnet, 7, 1);
            var log = new GrowingLog("latency.example/2026");
            deployed.createLog(log.origin());
            var rows = new AnchorRows(jdbi);
            var state = new AnchorState();
            var logs = new ManyLogs(log);
            var pace = new Pace(
                    InstantSource.system(),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    BigInteger.valueOf(500_000_000_000L));
            var notary = deployed.notary();
            var thread = new AnchorThread(new Anchorer(logs, notary, rows, state, pace), notary, logs, state, pace);
            var published = new ArrayList<Published>();
            var latencies = new ArrayList<Long>();
            log.grow(1_000_000);
            thread.begin();
            var never = new CountDownLatch(1);
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            long nextGrowth = System.nanoTime();
            while (System.nanoTime() < end || !published.isEmpty()) {
                if (System.nanoTime() >= nextGrowth && System.nanoTime() < end) {
                    published.add(new Published(log.grow(100).head().size(), System.nanoTime()));
                    nextGrowth += Duration.ofSeconds(1).toNanos();
                }
                long anchored = rows.anchoredSize(log.origin());
                long now = System.nanoTime();
                published.removeIf(one -> one.size() <= anchored && latencies.add((now - one.at()) / 1_000_000));
                assertTrue(now < end + Duration.ofMinutes(2).toNanos(), "never anchored");
                assertEquals(1, never.getCount());
                if (never.await(50, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            thread.end();
            latencies.sort(Long::compare);
            System.out.printf(
                    "BENCH anchor: %d checkpoints, p50 %d ms, p99 %d ms, largest %d ms, gas %s%n",
                    latencies.size(),
                    latencies.get(latencies.size() / 2),
                    latencies.get(latencies.size() * 99 / 100),
                    latencies.getLast(),
                    gas(
                            devnet,
                            rows.smallestCovering(log.origin(), 1_000_000)
                                    .orElseThrow()
                                    .transaction()
                                    .map(tx -> tx.hex())));
            assertEquals(Set.of(), state.alarms());
        }
    }

    private record Published(long size, long at) {}

    private static String gas(Devnet devnet, Optional<String> transaction) {
        var receipt = (java.util.Map<?, ?>) devnet.call("eth_getTransactionReceipt", "0x" + transaction.orElseThrow());
        return new BigInteger(receipt.get("gasUsed").toString().substring(2), 16).toString();
    }
}
