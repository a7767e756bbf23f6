package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The claims of docs/fma-kernel.md where they are tightest: products at every pair of edges, butterflies at the largest
 * entries laziness lets grow, for every prime of a profile, a 36-bit one and the largest below 2^50 that fits.
 */
class KernelEdgesTest {
    private static final long[] MODULI = {
        562949953216513L,
        562949952987137L,
        562949952847873L,
        562949952798721L,
        562949952700417L,
        562949952274433L,
        68719403009L,
        1125899904679937L
    };

    /** What an entry may be when a stage begins, in units of q: 53 bits less the growth of the stage. */
    private static double lazyMax(long q) {
        double error = 1.5 * q / 0x1p53;
        return Math.min(0x1p53 / q, 16) / (1 + error) - 1;
    }

    @Test
    void product_ofEveryPairOfEdges_isExactAndBalanced() {
        for (long q : MODULI) {
            double[] edges = edges(q, q / 2);
            var row = new double[edges.length];
            for (double w : edges) {
                System.arraycopy(edges, 0, row, 0, edges.length);
                var factors = DoubleStream.generate(() -> w).limit(edges.length).toArray();
                FmaRows.multiply(row, factors, (double) q, 1.0 / q);
                for (int i = 0; i < edges.length; i++) {
                    assertCongruent(exact(edges[i]).multiply(exact(w)), row[i], q);
                    // q/2, rounding the quotient included.
                    assertTrue(Math.abs(row[i]) <= q * (0.5 + 3.0 / 32), () -> "too large for " + q);
                }
            }
        }
    }

    @Test
    void forwardButterfly_ofTheLargestEntries_isExact() {
        for (long q : MODULI) {
            double[] lazy = edges(q, (long) (lazyMax(q) * q));
            for (double w : factors(q)) {
                for (double u : extremes(lazy)) {
                    var x = DoubleStream.generate(() -> u).limit(lazy.length).toArray();
                    double[] y = lazy.clone();
                    FmaRows.forward(x, y, w, w * (1.0 / q), (double) q);
                    assertForward(u, lazy, w, q, x, y);
                    x = DoubleStream.generate(() -> u).limit(lazy.length).toArray();
                    y = lazy.clone();
                    var factors =
                            DoubleStream.generate(() -> w).limit(lazy.length).toArray();
                    FmaRows.forward(x, y, factors, (double) q, 1.0 / q);
                    assertForward(u, lazy, w, q, x, y);
                }
            }
        }
    }

    @Test
    void inverseButterfly_ofTheLargestEntries_isExact() {
        for (long q : MODULI) {
            double limit = Math.min(0x1p53 / q, 16) / 2 - 0x1p-9;
            double[] lazy = edges(q, (long) (limit * q));
            for (double w : factors(q)) {
                for (double u : extremes(lazy)) {
                    var x = DoubleStream.generate(() -> u).limit(lazy.length).toArray();
                    double[] y = lazy.clone();
                    FmaRows.inverse(x, y, w, w * (1.0 / q), (double) q);
                    assertInverse(u, lazy, w, q, x, y);
                    x = DoubleStream.generate(() -> u).limit(lazy.length).toArray();
                    y = lazy.clone();
                    var factors =
                            DoubleStream.generate(() -> w).limit(lazy.length).toArray();
                    FmaRows.inverse(x, y, factors, (double) q, 1.0 / q);
                    assertInverse(u, lazy, w, q, x, y);
                }
            }
        }
    }

    @Test
    void reduce_ofAnyLazyEntry_isBalanced() {
        for (long q : MODULI) {
            double[] entries = edges(q, (long) (Math.min(0x1p53 / q, 16) * q) - 1);
            double[] row = entries.clone();
            FmaRows.reduce(row, (double) q, 1.0 / q);
            for (int i = 0; i < row.length; i++) {
                assertCongruent(exact(entries[i]), row[i], q);
                assertTrue(Math.abs(row[i]) <= q / 2.0 + 1);
            }
        }
    }

    @Test
    void accumulate_asOftenAsIsAllowed_isExact() {
        for (long q : MODULI) {
            for (double sign : new double[] {1, -1}) {
                double half = Math.floor(q / 2.0);
                double[] a = {half, -half, half, Math.floor(q / 3.0)};
                double[] b = {sign * half, sign * half, sign * (half - 1), sign * Math.floor(q / 5.0)};
                double[] sum = {half, -half, half, -half};
                var expected = new BigInteger[a.length];
                for (int i = 0; i < a.length; i++) {
                    expected[i] = exact(sum[i])
                            .add(exact(a[i])
                                    .multiply(exact(b[i]))
                                    .multiply(BigInteger.valueOf(Kernel.LAZY_ADDITIONS_MAX)));
                }
                for (int k = 0; k < Kernel.LAZY_ADDITIONS_MAX; k++) {
                    FmaRows.accumulate(sum, a, b, (double) q, 1.0 / q);
                }
                for (int i = 0; i < a.length; i++) {
                    assertCongruent(expected[i], sum[i], q);
                }
            }
        }
    }

    /** What the growth promises, seen on inputs whose signs follow the factors: no entry ever leaves 53 bits. */
    @Test
    void growth_ofAPrimeOf49Bits_needsNoReductionForward_andOf50Bits_one() {
        assertEquals(0, forwardReductions(562949952847873L, 13));
        assertEquals(1, forwardReductions(1125899904679937L, 13));
        assertEquals(3, inverseReductions(562949952847873L, 13));
        assertEquals(4, inverseReductions(1125899904679937L, 13));
    }

    private static int forwardReductions(long q, int stages) {
        var growth = new Growth(q);
        return (int) LongStream.range(0, stages)
                .filter(s -> growth.forwardStageOverflows())
                .count();
    }

    private static int inverseReductions(long q, int stages) {
        var growth = new Growth(q);
        return (int) LongStream.range(0, stages)
                .filter(s -> growth.inverseStageOverflows())
                .count();
    }

    private static void assertForward(double u, double[] v, double w, long q, double[] x, double[] y) {
        for (int i = 0; i < v.length; i++) {
            var product = exact(v[i]).multiply(exact(w));
            assertCongruent(exact(u).add(product), x[i], q);
            assertCongruent(exact(u).subtract(product), y[i], q);
            assertTrue(Math.abs(x[i]) <= 0x1p53 && Math.abs(y[i]) <= 0x1p53);
        }
    }

    private static void assertInverse(double u, double[] v, double w, long q, double[] x, double[] y) {
        for (int i = 0; i < v.length; i++) {
            assertCongruent(exact(u).add(exact(v[i])), x[i], q);
            assertCongruent(exact(u).subtract(exact(v[i])).multiply(exact(w)), y[i], q);
        }
    }

    private static void assertCongruent(BigInteger expected, double actual, long q) {
        assertTrue(Math.abs(actual) <= 0x1p53 && Math.rint(actual) == actual, () -> "not an integer modulo " + q);
        var difference = expected.subtract(exact(actual));
        assertEquals(0, difference.mod(BigInteger.valueOf(q)).signum(), () -> "not congruent modulo " + q);
    }

    private static BigInteger exact(double integer) {
        return BigInteger.valueOf((long) integer);
    }

    /** Integers up to max in absolute value where rounding is likeliest to go wrong, and some random ones. */
    private static double[] edges(long q, long max) {
        var random = new SplittableRandom(q + max);
        var found = new TreeSet<Long>();
        for (long base : new long[] {0, q / 3, q / 2, q, 3 * q / 2, 2 * q, 5 * q / 2, 7 * q / 2, 15 * q / 2, max}) {
            for (long off = -2; off <= 2; off++) {
                found.add(base + off);
            }
        }
        for (int bit = 0; bit < 53; bit++) {
            found.add(1L << bit);
            found.add((1L << bit) - 1);
        }
        random.longs(40, 0, max).forEach(found::add);
        return found.stream()
                .filter(v -> v >= 0 && v <= max)
                .flatMap(v -> Stream.of(v, -v))
                .distinct()
                .mapToDouble(Long::doubleValue)
                .toArray();
    }

    /** The edges of a factor, every tenth one and the greatest. */
    private static double[] factors(long q) {
        double[] all = edges(q, q / 2);
        return IntStream.range(0, all.length)
                .filter(i -> i % 10 == 0 || Math.abs(all[i]) >= q / 2 - 2)
                .mapToDouble(i -> all[i])
                .toArray();
    }

    private static double[] extremes(double[] entries) {
        double max = DoubleStream.of(entries).max().orElseThrow();
        return new double[] {max, -max, 0, max - 1};
    }
}
