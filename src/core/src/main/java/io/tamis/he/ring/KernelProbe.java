package io.tamis.he.ring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Is {@code Math.fma} one instruction here, and does the fast kernel agree with the slow one? Without hardware the JDK
 * emulates it by BigDecimal, some thousand times slower and still right.
 */
final class KernelProbe {
    private static final int ROUNDS = 3;
    private static final int CALLS = 2_000;
    private static final long NANOS_MAX = 200;

    private KernelProbe() {}

    static KernelChoice choose() {
        return choose(nanosPerFma());
    }

    /** What a multiply-add of so many nanoseconds leads to. */
    static KernelChoice choose(long nanos) {
        if (nanos > NANOS_MAX) {
            return new KernelChoice(
                    KernelChoice.Name.SCALAR, "a fused multiply-add takes " + nanos + " ns here: no hardware for it");
        }
        boolean equal = Stream.of(Primes.AGG_4096, Primes.AGG_8192_HI)
                .flatMap(List::stream)
                .allMatch(KernelProbe::kernelsAgree);
        return equal
                ? new KernelChoice(KernelChoice.Name.FMA, "fused multiply-adds are fast and exact here")
                : new KernelChoice(KernelChoice.Name.SCALAR, "the fast kernel was wrong on a test vector");
    }

    private static long nanosPerFma() {
        double sum = work(1.0);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            sum += work(sum);
            best = Math.min(best, System.nanoTime() - begun);
        }
        // The sum is looked at, so that the loop is not thrown away.
        return Double.isNaN(sum) ? Long.MAX_VALUE : best / CALLS;
    }

    private static double work(double from) {
        double x = from;
        for (int i = 0; i < CALLS; i++) {
            x = Math.fma(x, 0.999, 1.0 / (i + 1));
        }
        return x;
    }

    /** One vector of a small ring: the prime's first entries are edges, the rest runs through the residues. */
    private static boolean kernelsAgree(Prime prime) {
        int n = Shape.N_MIN;
        var tables = new Tables(new Prime(prime.q(), Primes.firstRoot(prime.q(), n)), Shape.of(n));
        long[] fast = transformed(new FmaKernel(tables), tables);
        return Arrays.equals(fast, transformed(new ScalarShoupKernel(tables), tables));
    }

    private static long[] transformed(Kernel kernel, Tables tables) {
        double[][] x = tables.shape.coefficients();
        double[][] y = tables.shape.transformed();
        long q = tables.prime.q();
        var flat = new long[tables.shape.n()];
        long entry = q / 2;
        for (int i = 0; i < flat.length; i++) {
            flat[i] = entry;
            entry = (entry + q / 7 * 3 + 1) % q;
        }
        Residues.toCoefficients(flat, x);
        kernel.reduce(x);
        kernel.forward(x, tables.shape.between(), y);
        kernel.multiply(y, y);
        return Residues.canonicalOfTransformed(y, q);
    }
}
