package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransformTest {
    private static final long SEED = 20260501;
    private static final KernelChoice FMA = KernelChoice.of("fma");
    private static final KernelChoice SCALAR = KernelChoice.of("scalar");

    /** The largest below 2^50 with q = 1 mod 2^16: at the edge of what the bounds allow. */
    private static final long Q_50_BITS = 1125899904679937L;

    @Test
    void forward_ofSmallRings_isEvaluationAtTheRoots() {
        for (int n = 16; n <= 256; n *= 2) {
            for (Prime prime : primesFor(n)) {
                for (KernelChoice choice : List.of(FMA, SCALAR)) {
                    Ring ring = Ring.of(n, List.of(prime), choice);
                    for (long[] p : inputs(n, prime.q(), SEED + n)) {
                        NttPoly transformed =
                                ring.coefficients(new long[][] {p}).toNtt();
                        assertArrayEquals(NaiveRing.transform(p, prime), transformed.residues(0), choice + " n " + n);
                    }
                }
            }
        }
    }

    @Test
    void product_ofSmallRings_isNegacyclic() {
        for (int n = 16; n <= 256; n *= 2) {
            for (Prime prime : primesFor(n)) {
                Ring ring = Ring.of(n, List.of(prime), FMA);
                var inputs = inputs(n, prime.q(), SEED - n);
                for (int i = 1; i < inputs.size(); i++) {
                    NttPoly a =
                            ring.coefficients(new long[][] {inputs.get(i - 1)}).toNtt();
                    NttPoly b = ring.coefficients(new long[][] {inputs.get(i)}).toNtt();
                    long[] product = a.multiply(b).toCoefficients().residues(0);
                    assertArrayEquals(NaiveRing.product(inputs.get(i - 1), inputs.get(i), prime.q()), product);
                }
            }
        }
    }

    @Test
    void kernels_ofLargeRings_agreeBothWays() {
        for (int n : new int[] {4096, 8192}) {
            for (Prime prime : primesFor(n)) {
                Ring fast = Ring.of(n, List.of(prime), FMA);
                Ring slow = Ring.of(n, List.of(prime), SCALAR);
                for (long[] p : inputs(n, prime.q(), SEED * n)) {
                    var residues = new long[][] {p};
                    assertArrayEquals(
                            slow.coefficients(residues).toNtt().residues(0),
                            fast.coefficients(residues).toNtt().residues(0));
                    assertArrayEquals(
                            slow.transformed(residues).toCoefficients().residues(0),
                            fast.transformed(residues).toCoefficients().residues(0));
                }
            }
        }
    }

    @Test
    void inverse_afterForward_isTheSame() {
        Ring ring = Ring.of(8192, Primes.AGG_8192_HI);
        Samples.forAll(SEED, 20, random -> residues(ring, random), residues -> {
            CoefficientPoly back = ring.coefficients(residues).toNtt().toCoefficients();
            for (int l = 0; l < residues.length; l++) {
                assertArrayEquals(residues[l], back.residues(l));
            }
        });
    }

    @Test
    void multiplyAdd_ofManyTerms_isTheSumOfProducts() {
        for (KernelChoice choice : List.of(FMA, SCALAR)) {
            Ring ring = Ring.of(64, primesFor(64).subList(0, 2), choice);
            var random = new SplittableRandom(SEED);
            var a = new ArrayList<NttPoly>();
            var b = new ArrayList<NttPoly>();
            NttPoly expected = ring.zero();
            for (int i = 0; i < 40; i++) {
                a.add(ring.transformed(residues(ring, random)));
                b.add(ring.transformed(residues(ring, random)));
                expected.add(a.getLast().copy().multiply(b.getLast()));
            }
            assertEquals(true, ring.sumOfProducts(a, b).sameAs(expected));
        }
    }

    /** Random ones, and the edges: zeros, ones, both sides of q/2, q-1, and signs that make every sum grow. */
    private static List<long[]> inputs(int n, long q, long seed) {
        var random = new SplittableRandom(seed);
        LongUnaryOperator halves = i -> i % 2 == 0 ? q / 2 : q / 2 + 1;
        return Stream.of(
                        fill(n, i -> random.nextLong(q)),
                        fill(n, i -> random.nextLong(q)),
                        fill(n, i -> 0),
                        fill(n, i -> 1),
                        fill(n, i -> q - 1),
                        fill(n, i -> q / 2),
                        fill(n, i -> q / 2 + 1),
                        fill(n, halves),
                        fill(n, i -> random.nextBoolean() ? q / 2 : q / 2 + 1))
                .toList();
    }

    private static long[] fill(int n, LongUnaryOperator entry) {
        return LongStream.range(0, n).map(entry).toArray();
    }

    private static long[][] residues(Ring ring, SplittableRandom random) {
        return ring.primes().stream()
                .map(prime -> fill(ring.n(), i -> random.nextLong(prime.q())))
                .toArray(long[][]::new);
    }

    /** All primes of the profiles, a small one and one of 50 bits. */
    private static List<Prime> primesFor(int n) {
        return Stream.concat(
                        Stream.of(Primes.AGG_4096, Primes.AGG_8192_HI)
                                .flatMap(List::stream)
                                .map(Prime::q),
                        Stream.of(68719403009L, Q_50_BITS))
                .filter(q -> (q - 1) % (2L * n) == 0)
                .map(q -> new Prime(q, Primes.firstRoot(q, n)))
                .toList();
    }
}
