package io.tamis.ledger.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an anchor costs, in receipts of a real node; the figures stand in docs/performance.md. */
class NotaryGasTest {
    private static final long GAS_MAX = 120_000;
    private static final int SAMPLES = 20;
    private static final long GROWTH_MAX = 100_000;

    @Test
    void anchor_atOneAndTenMillionLeaves_staysBelow120k() throws Exception {
        try (var chain = NotaryChain.start()) {
            for (long size : new long[] {1_000_000, 10_000_000}) {
                var gas = new TreeSet<Long>();
                int hashes = 0;
                for (int i = 0; i < SAMPLES; i++) {
                    // Every ten seconds at up to ten thousand entries a second; the last from the worst place.
                    var random = new SplittableRandom(size + i);
                    long from = i == 0 ? Long.highestOneBit(size) + 1 : size - 1 - random.nextLong(GROWTH_MAX);
                    var growth = Notarised.growth(from, size, random);
                    byte[] logId = chain.newLog("gas " + size + " " + i);
                    chain.anchor(logId, growth.earlier(), List.of());
                    gas.add(chain.anchor(logId, growth.later(), growth.proof())
                            .getGasUsed()
                            .longValueExact());
                    hashes = Math.max(hashes, growth.proof().size());
                }
                System.out.println("anchor at " + size + " leaves: " + gas.getFirst() + " to " + gas.getLast()
                        + " gas, at most " + hashes + " hashes");
                assertTrue(gas.getLast() <= GAS_MAX, () -> "gas " + gas);
            }
            var first = chain.anchor(
                    chain.newLog("first"),
                    Notarised.leaf(0, 1, new SplittableRandom(1)).head(),
                    List.of());
            System.out.println("first anchor: " + first.getGasUsed() + " gas");
            var deployed = chain.another().getTransactionReceipt().orElseThrow();
            System.out.println("deploy: " + deployed.getGasUsed() + " gas");
        }
    }
}
