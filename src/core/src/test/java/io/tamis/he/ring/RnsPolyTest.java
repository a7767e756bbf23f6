package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Samples;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each operation against BigInteger, with both kernels, on random and edge residues. */
class RnsPolyTest {
    private static final int N = 64;
    private static final List<Prime> PRIMES = List.of(562949952847873L, 562949952798721L, 1125899904679937L).stream()
            .map(q -> new Prime(q, Primes.firstRoot(q, N)))
            .toList();
    private static final List<Ring> RINGS =
            List.of(Ring.of(N, PRIMES, KernelChoice.of("fma")), Ring.of(N, PRIMES, KernelChoice.of("scalar")));

    /** Residues by prime of two operands. */
    private static final class Pair {
        final long[][] a;
        final long[][] b;

        Pair(long[][] a, long[][] b) {
            this.a = a;
            this.b = b;
        }
    }

    @Test
    void addSubtractMultiply_areModularEntryByEntry() {
        for (Ring ring : RINGS) {
            Samples.forAll(7, 40, random -> new Pair(residues(random), residues(random)), pair -> {
                assertEntries(pair, ring.transformed(pair.a).add(ring.transformed(pair.b)), BigInteger::add);
                assertEntries(pair, ring.transformed(pair.a).subtract(ring.transformed(pair.b)), BigInteger::subtract);
                assertEntries(pair, ring.transformed(pair.a).multiply(ring.transformed(pair.b)), BigInteger::multiply);
            });
        }
    }

    @Test
    void scale_byAConstant_isModular() {
        for (Ring ring : RINGS) {
            Samples.forAll(8, 40, RnsPolyTest::residues, a -> {
                for (BigInteger factor : List.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        BigInteger.ONE.negate(),
                        ring.modulus().shiftRight(1),
                        ring.modulus().shiftRight(40))) {
                    assertEntries(
                            new Pair(a, a),
                            ring.transformed(a).scale(ring.constant(factor)),
                            (x, same) -> x.multiply(factor));
                }
            });
        }
    }

    @Test
    void operand_thatIsTheReceiver_countsAsItWas() {
        for (Ring ring : RINGS) {
            long[][] a = residues(new SplittableRandom(9));
            var sum = ring.transformed(a);
            assertEntries(new Pair(a, a), sum.add(sum), BigInteger::add);
            var square = ring.transformed(a);
            assertEntries(new Pair(a, a), square.multiply(square), BigInteger::multiply);
            var difference = ring.transformed(a);
            assertTrue(difference.subtract(difference).isZero());
        }
    }

    @Test
    void liftOfWide_isTheSameIntegerModuloEveryPrime() {
        for (Ring ring : RINGS) {
            for (int bits : new int[] {1, 46, 47, 94, 98, 140, 187}) {
                WidePoly wide = new Sampler(ring, Seed.of(new byte[Seed.LENGTH])).flood("f", bits);
                CoefficientPoly lifted = ring.lift(wide);
                for (int l = 0; l < PRIMES.size(); l++) {
                    var q = BigInteger.valueOf(PRIMES.get(l).q());
                    long[] residues = lifted.residues(l);
                    for (int i = 0; i < N; i++) {
                        assertEquals(wide.coefficient(i).mod(q).longValueExact(), residues[i], "bits " + bits);
                    }
                }
            }
        }
    }

    @Test
    void liftOfSigned_takesTheWholeRangeAndNoMore() {
        long[] edges = new long[N];
        edges[0] = SignedPoly.ABS_MAX;
        edges[1] = -SignedPoly.ABS_MAX;
        edges[2] = 1;
        edges[3] = -1;
        for (Ring ring : RINGS) {
            for (int l = 0; l < PRIMES.size(); l++) {
                long[] residues = ring.lift(SignedPoly.of(edges)).residues(l);
                for (int i = 0; i < N; i++) {
                    assertEquals(Math.floorMod(edges[i], PRIMES.get(l).q()), residues[i]);
                }
            }
        }
        for (long outside : new long[] {
            SignedPoly.ABS_MAX + 1, -SignedPoly.ABS_MAX - 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1
        }) {
            edges[5] = outside;
            assertThrows(IllegalArgumentException.class, () -> SignedPoly.of(edges));
        }
    }

    /** The joined forms that encryption and shares use, against the same steps one by one. */
    @Test
    void joinedTransforms_areTheirSteps() {
        for (Ring ring : RINGS) {
            var sampler = new Sampler(ring, Seed.of(new byte[Seed.LENGTH]));
            var m = sampler.below("m", 1L << 40);
            var e = sampler.centredBinomial("e");
            WidePoly flood = sampler.flood("f", 98);
            RnsConstant delta = ring.constant(ring.modulus().shiftRight(40));
            NttPoly encoded = ring.lift(m).scale(delta).add(ring.lift(e)).toNtt();
            assertTrue(ring.ntt(m, delta, e).sameAs(encoded));
            NttPoly hidden = ring.lift(m).scale(delta).add(ring.lift(flood)).toNtt();
            assertTrue(ring.ntt(flood, m, delta).sameAs(hidden));
            assertTrue(ring.ntt(flood).sameAs(ring.lift(flood).toNtt()));
            assertTrue(ring.ntt(e).sameAs(ring.lift(e).toNtt()));
        }
    }

    @Test
    void pairProducts_areSumsOfProducts_forEachSum() {
        for (Ring ring : RINGS) {
            var random = new SplittableRandom(77);
            for (int terms : new int[] {1, 3, 12, 13, PairProducts.TERMS_MAX}) {
                List<NttPoly> a = polys(ring, random, terms);
                List<NttPoly> b = polys(ring, random, terms);
                List<NttPoly> x = polys(ring, random, 5);
                List<NttPoly> y = polys(ring, random, 5);
                List<List<NttPoly>> m = List.of(
                        polys(ring, random, terms),
                        polys(ring, random, terms),
                        polys(ring, random, terms),
                        polys(ring, random, terms),
                        polys(ring, random, terms));
                List<NttPoly> expectedX = x.stream().map(NttPoly::copy).toList();
                List<NttPoly> expectedY = y.stream().map(NttPoly::copy).toList();
                for (int s = 0; s < 5; s++) {
                    for (int k = 0; k < terms; k++) {
                        expectedX.get(s).multiplyAdd(a.get(k), m.get(s).get(k));
                        expectedY.get(s).multiplyAdd(b.get(k), m.get(s).get(k));
                    }
                }
                new PairProducts(a, b).addTo(x, y, m);
                for (int s = 0; s < 5; s++) {
                    assertTrue(x.get(s).sameAs(expectedX.get(s)));
                    assertTrue(y.get(s).sameAs(expectedY.get(s)));
                }
            }
        }
    }

    @Test
    void pairProducts_ofUnequalLists_areRefused() {
        Ring ring = RINGS.getFirst();
        List<NttPoly> one = List.of(ring.zero());
        List<NttPoly> two = List.of(ring.zero(), ring.zero());
        assertThrows(IllegalArgumentException.class, () -> new PairProducts(one, two));
        assertThrows(IllegalArgumentException.class, () -> new PairProducts(List.of(), List.of()));
        List<NttPoly> tooMany = polys(ring, new SplittableRandom(1), PairProducts.TERMS_MAX + 1);
        assertThrows(IllegalArgumentException.class, () -> new PairProducts(tooMany, tooMany));
        var products = new PairProducts(one, one);
        assertThrows(IllegalArgumentException.class, () -> products.addTo(one, two, List.of(one)));
        assertThrows(IllegalArgumentException.class, () -> products.addTo(one, one, List.of(two)));
        assertThrows(
                IllegalArgumentException.class,
                () -> products.addTo(one, one, List.of(List.of(RINGS.getLast().zero()))));
    }

    @Test
    void multiplyAdd_isASumAndAProduct() {
        for (Ring ring : RINGS) {
            var random = new SplittableRandom(5);
            List<NttPoly> three = polys(ring, random, 3);
            NttPoly expected = three.get(1).copy().multiply(three.get(2)).add(three.get(0));
            assertTrue(
                    three.get(0).copy().multiplyAdd(three.get(1), three.get(2)).sameAs(expected));
        }
    }

    private static List<NttPoly> polys(Ring ring, SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ring.transformed(residues(random)))
                .toList();
    }

    @Test
    void close_zeroes() {
        Ring ring = RINGS.getFirst();
        var poly = ring.transformed(residues(new SplittableRandom(3)));
        poly.close();
        assertTrue(poly.isZero());
        var signed = SignedPoly.of(new long[] {1, 2, 3});
        signed.close();
        assertEquals(0, Arrays.stream(signed.toArray()).sum());
        assertEquals("NttPoly", poly.toString());
    }

    @Test
    void isZero_seesASingleEntry() {
        Ring ring = RINGS.getFirst();
        for (int l = 0; l < PRIMES.size(); l++) {
            var residues = new long[PRIMES.size()][N];
            residues[l][N - 1] = 1;
            assertEquals(false, ring.transformed(residues).isZero());
        }
        assertTrue(ring.zero().isZero());
    }

    @Test
    void operands_ofDifferentRings_areRefused() {
        NttPoly a = RINGS.getFirst().zero();
        NttPoly b = RINGS.getLast().zero();
        assertThrows(IllegalArgumentException.class, () -> a.add(b));
        assertThrows(IllegalArgumentException.class, () -> a.multiply(b));
        assertThrows(IllegalArgumentException.class, () -> a.multiplyAdd(b, b));
        assertThrows(IllegalArgumentException.class, () -> RINGS.getFirst().sumOfProducts(List.of(a), List.of()));
        assertThrows(IllegalArgumentException.class, () -> RINGS.getFirst().ntt(SignedPoly.of(new long[N / 2])));
    }

    @Test
    void residues_outOfRange_areTheCallersError() {
        Ring ring = RINGS.getFirst();
        for (long wrong : new long[] {-1, PRIMES.get(1).q(), Long.MAX_VALUE, Long.MIN_VALUE}) {
            var residues = new long[PRIMES.size()][N];
            residues[1][5] = wrong;
            assertThrows(IllegalArgumentException.class, () -> ring.transformed(residues));
            assertThrows(IllegalArgumentException.class, () -> ring.coefficients(residues));
        }
        assertThrows(IllegalArgumentException.class, () -> ring.transformed(new long[2][N]));
        assertThrows(IllegalArgumentException.class, () -> ring.constant(new long[] {1, 2}));
        assertThrows(IllegalArgumentException.class, () -> ring.constant(new long[] {1, -1, 1}));
    }

    private static void assertEntries(Pair pair, NttPoly actual, BinaryOperator<BigInteger> operation) {
        for (int l = 0; l < PRIMES.size(); l++) {
            var q = BigInteger.valueOf(PRIMES.get(l).q());
            long[] residues = actual.residues(l);
            for (int i = 0; i < N; i++) {
                var expected = operation
                        .apply(BigInteger.valueOf(pair.a[l][i]), BigInteger.valueOf(pair.b[l][i]))
                        .mod(q);
                assertEquals(expected.longValueExact(), residues[i]);
            }
        }
    }

    private static long[][] residues(SplittableRandom random) {
        return PRIMES.stream()
                .map(prime -> {
                    long q = prime.q();
                    long[] edges = {0, 1, 2, q / 2 - 1, q / 2, q / 2 + 1, q - 2, q - 1};
                    return random.longs(N)
                            .map(z -> (z & 1) == 0 ? edges[(int) (z >>> 1 & 7)] : Long.remainderUnsigned(z, q))
                            .toArray();
                })
                .toArray(long[][]::new);
    }
}
