package io.tamis.cli.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What one fresh JVM of {@code ./tamis bench he} does: every case once, in an order of its own, because how well a method is
 * compiled depends on what ran before it. Prints a line {@code metric value} each.
 */
public final class HeSitting {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What runs on several threads is timed by the wall clock in any case. */
    private final boolean processorTime;

    /** Where results end up that nobody needs. */
    private Object kept = "";

    private HeSitting(boolean processorTime) {
        this.processorTime = processorTime;
    }

    /**
     * Measures and prints.
     *
     * @param args the number of the sitting, from 0; {@code wall} or {@code cpu}; then metrics, or none for all
     */
    public static void main(String[] args) {
        var sitting = new HeSitting(args[1].equals("cpu"));
        var wanted = List.of(args).subList(2, args.length);
        for (HeCase each : ordered(HeCase.all(), Integer.parseInt(args[0]))) {
            if (wanted.isEmpty() || wanted.contains(each.metric())) {
                sitting.run(each, System.out);
            }
        }
    }

    /** Even sittings go forwards, odd ones backwards, the first five each from another place. */
    static List<HeCase> ordered(List<HeCase> cases, int sitting) {
        var ordered = new ArrayList<>(cases);
        if (sitting % 2 == 1) {
            Collections.reverse(ordered);
        }
        Collections.rotate(ordered, 2 * sitting);
        return ordered;
    }

    private void run(HeCase each, PrintStream out) {
        var operation = each.operation().get();
        for (int i = 0; i < each.warmUps() * each.batch(); i++) {
            kept = operation.get();
        }
        var nanos = new double[each.rounds()];
        for (int round = 0; round < nanos.length; round++) {
            long begun = now(each);
            for (int i = 0; i < each.batch(); i++) {
                kept = operation.get();
            }
            nanos[round] = (double) (now(each) - begun) / each.batch();
        }
        Arrays.sort(nanos);
        BigDecimal value = each.unit().of(nanos[nanos.length / 2]);
        out.println(each.metric() + " " + (kept == this ? "" : value.toPlainString()));
    }

    private long now(HeCase each) {
        return processorTime && each.processors() == 1 ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
