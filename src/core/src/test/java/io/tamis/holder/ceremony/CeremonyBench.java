package io.tamis.holder.ceremony;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.HolderIndex;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How long a holder's candidates take under AGG-8192, CPU time of one thread: a figure for docs/performance.md, no gate. */
final class CeremonyBench {
    private static final int RUNS = 5;

    private CeremonyBench() {}

    public static void main(String[] args) {
        var threads = ManagementFactory.getThreadMXBean();
        var scheme = Bfv.of(HeParams.AGG_8192);
        var candidacy = new Candidacy(scheme, Hash.sha256(), KeyCeremony.FOLD);
        for (int run = 0; run < RUNS; run++) {
            long start = threads.getCurrentThreadCpuTime();
            candidacy.root(new HolderIndex(1), k -> Schemes.seed(k));
            double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "4,096 candidates and their root: %.2f s of CPU, %.0f us a candidate%n",
                    seconds,
                    seconds / KeyCeremony.FOLD * 1e6);
        }
    }
}
