package io.tamis.holder.slots;

import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import io.tamis.he.threshold.Holders;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How long a slot of 64 candidates takes under AGG-8192, CPU time of one thread: a figure for docs/performance.md, no gate. */
final class SlotBench {
    private static final int RUNS = 5;
    private static final int SLOTS = 40;

    private SlotBench() {}

    public static void main(String[] args) {
        var threads = ManagementFactory.getThreadMXBean();
        var table = new RoundTable(Holders.shamir(Bfv.of(HeParams.AGG_8192), 2, 2), 2, SlotPlan.FOLD, SLOTS / 2);
        for (int run = 0; run < RUNS; run++) {
            long start = threads.getCurrentThreadCpuTime();
            table.roots();
            double millis = (threads.getCurrentThreadCpuTime() - start) / 1e6;
            System.out.printf(Locale.ROOT, "a slot's root: %.1f ms of CPU%n", millis / SLOTS);
        }
    }
}
