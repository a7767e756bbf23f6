package io.tamis.he.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The vectors were computed by Python's hashlib and OpenSSL's aes-256-ctr from the definition in {@link Prg} and
 * {@link Sampler}. Statistical tests have a fixed seed, hence no false alarms once they pass; a wrong sampler would pass, or
 * a right one fail under a new seed, with probability below 1e-6 each (bounds at 5 and more standard deviations).
 */
class SamplerTest {
    private static final int N = 8192;
    private static final Ring RING = Ring.of(N, Primes.AGG_8192);

    /** 00 01 .. 1f. */
    private static Seed counting() {
        var bytes = new byte[Seed.LENGTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return Seed.of(bytes);
    }

    private final Sampler sampler = new Sampler(RING, counting());

    @Test
    void centredBinomial_ofTheCountingSeed_isTheVector() {
        long[] e = sampler.centredBinomial("e0").toArray();
        assertArrayEquals(new long[] {0, -2, 3, 0, -4, 7, 1, 1, -3, 5, -4, 3, -3, -1, 2, 1}, Arrays.copyOf(e, 16));
        assertEquals("350954ff7c0b579aeea513936e126d2a445cb3870c78648781a743330a15025c", digest(e));
    }

    @Test
    void ternary_ofTheCountingSeed_isTheVector() {
        long[] u = sampler.ternary("u").toArray();
        assertArrayEquals(new long[] {1, -1, 0, 0, 1, 0, -1, 1, -1, -1, 1, 1, -1, -1, -1, 1}, Arrays.copyOf(u, 16));
        assertEquals("d638213261210c3f9c67db88761b783ce1ee6e2b8db792ba5be85fe01348f158", digest(u));
    }

    @Test
    void uniform_ofTheCountingSeed_isTheVector() {
        NttPoly a = sampler.uniform("a");
        assertEquals("f30eddef18aa5098419269c41100ba235ffdfa7752b03d49da152fac6b3f9b3b", digest(a.residues(0)));
        assertEquals("01afde654e8fd6c1d31a3e236a8ebbcf907e6fd05d2f0ace531f7c393038fbe5", digest(a.residues(1)));
        assertEquals("598bc703d7d9d05683d06c90d8a3dc6668c9b23695f628e2bb6902cc6fb011fe", digest(a.residues(2)));
    }

    /** A bound of 3 * 2^30 rejects every fourth word: what is missing is drawn on from the same stream, in order. */
    @Test
    void below_withManyRejections_isTheVector() {
        long[] g = sampler.below("g", 3L << 30).toArray();
        assertEquals("ee3104387cd70f2b551711dfffd9ca46ea7adb848e6b0dba0ec12892e996b96e", digest(g));
    }

    @Test
    void flood_ofTheCountingSeed_isTheVector() {
        WidePoly flood = sampler.flood("flood", 98);
        String lines =
                IntStream.range(0, N).mapToObj(i -> flood.coefficient(i) + "\n").collect(Collectors.joining());
        assertEquals(new BigInteger("27100808475529319098890639348"), flood.coefficient(0));
        assertEquals(
                "2a657902d6fdf8d9f84635b870716f6a00dd1b2eb9492ecc9f58f4c7ea864aa7",
                Hash.sha256(lines.getBytes(StandardCharsets.US_ASCII)).hex());
    }

    @Test
    void names_ofOneSeed_giveUnrelatedPolynomials() {
        assertEquals(
                false,
                digest(sampler.ternary("u").toArray())
                        .equals(digest(sampler.ternary("v").toArray())));
    }

    /** Chi-square with 42 degrees of freedom over 163,840 draws; beyond 110 once in more than 10^7. */
    @Test
    void centredBinomial_hasTheBinomialsShares() {
        var counts = new long[43];
        for (int k = 0; k < 20; k++) {
            for (long e : sampler.centredBinomial("chi" + k).toArray()) {
                counts[(int) e + 21]++;
            }
        }
        // P(e) = C(42, 21 + e) / 2^42; the tails are joined so that each class expects more than 5.
        double total = 20.0 * N;
        double statistic = 0;
        double tailExpected = 0;
        long tail = 0;
        double share = 1 / Math.pow(2, 42);
        for (int k = 0; k <= 42; k++) {
            if (Math.abs(k - 21) > 12) {
                tailExpected += share * total;
                tail += counts[k];
            } else {
                statistic += square(counts[k] - share * total) / (share * total);
            }
            share = share * (42 - k) / (k + 1);
        }
        statistic += square(tail - tailExpected) / tailExpected;
        assertTrue(statistic < 110, "chi-square " + statistic);
    }

    /** Two degrees of freedom over 163,840 draws; beyond 30 with e^-15 = 3e-7. */
    @Test
    void ternary_hasThirds() {
        var counts = new long[3];
        for (int k = 0; k < 20; k++) {
            for (long u : sampler.ternary("chi" + k).toArray()) {
                counts[(int) u + 1]++;
            }
        }
        double expected = 20.0 * N / 3;
        double statistic = Arrays.stream(counts)
                .mapToDouble(c -> square(c - expected) / expected)
                .sum();
        assertTrue(statistic < 30, "chi-square " + statistic);
    }

    /** Sixteen classes, 15 degrees of freedom; beyond 60 with 2e-7. */
    @Test
    void uniform_fillsEachSixteenthAlike() {
        NttPoly a = sampler.uniform("chi");
        for (int l = 0; l < 3; l++) {
            long q = RING.primes().get(l).q();
            assertSixteenths(Arrays.stream(a.residues(l))
                    .mapToObj(r -> BigInteger.valueOf(r)
                            .shiftLeft(4)
                            .divide(BigInteger.valueOf(q))
                            .intValueExact())
                    .toList());
        }
    }

    @Test
    void flood_fillsEachSixteenthOfItsRangeAlike() {
        WidePoly flood = sampler.flood("chi", 98);
        assertSixteenths(IntStream.range(0, N)
                .mapToObj(i -> flood.coefficient(i).shiftRight(95).intValueExact() + 8)
                .toList());
        // The lowest bits too: a limb shifted wrongly would leave them constant.
        assertSixteenths(IntStream.range(0, N)
                .mapToObj(i -> flood.coefficient(i).intValue() & 15)
                .toList());
    }

    @Test
    void flood_ofEachWidth_staysInItsRangeAndReachesFar() {
        for (int bits : new int[] {1, 46, 47, 60, 93, 94, 97, 98, 140, 187}) {
            var bound = BigInteger.ONE.shiftLeft(bits);
            WidePoly flood = sampler.flood("f", bits);
            BigInteger largest = BigInteger.ZERO;
            for (int i = 0; i < N; i++) {
                var value = flood.coefficient(i);
                assertTrue(value.compareTo(bound) < 0 && value.compareTo(bound.negate()) >= 0, "bits " + bits);
                largest = largest.max(value.abs());
            }
            assertTrue(largest.compareTo(bound.shiftRight(1)) >= 0, "bits " + bits);
        }
        assertThrows(IllegalArgumentException.class, () -> sampler.flood("f", 0));
        assertThrows(IllegalArgumentException.class, () -> sampler.flood("f", 188));
    }

    @Test
    void below_atItsEdges_staysBelow() {
        assertTrue(Arrays.stream(sampler.below("one", 1).toArray()).allMatch(v -> v == 0));
        assertTrue(Arrays.stream(sampler.below("two", 2).toArray()).allMatch(v -> v == 0 || v == 1));
        long[] wide = sampler.below("wide", 1L << 48).toArray();
        assertTrue(Arrays.stream(wide).allMatch(v -> v >= 0 && v < 1L << 48));
        assertThrows(IllegalArgumentException.class, () -> sampler.below("none", 0));
        assertThrows(IllegalArgumentException.class, () -> sampler.below("more", (1L << 48) + 1));
    }

    @Test
    void seed_onceClosed_isGone() {
        Seed seed = counting();
        seed.close();
        assertThrows(IllegalStateException.class, () -> new Sampler(RING, seed).ternary("u"));
        assertEquals("Seed", seed.toString());
        assertThrows(IllegalArgumentException.class, () -> Seed.of(new byte[31]));
    }

    private static void assertSixteenths(List<Integer> classes) {
        var counts = new long[16];
        classes.forEach(c -> counts[c]++);
        double expected = N / 16.0;
        double statistic = Arrays.stream(counts)
                .mapToDouble(c -> square(c - expected) / expected)
                .sum();
        assertTrue(statistic < 60, "chi-square " + statistic);
    }

    private static double square(double x) {
        return x * x;
    }

    private static String digest(long[] words) {
        var bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words);
        return Hash.sha256(bytes.array()).hex();
    }
}
