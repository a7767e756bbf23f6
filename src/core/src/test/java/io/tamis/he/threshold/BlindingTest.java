package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.Crt;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.NoiseBounds;
import io.tamis.he.Schemes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Coefficients that are not outputs tell nothing. Chi-square over 16 cells: 15 degrees of freedom, the quantile of 1 - 10^-7
 * is 62.4 (scipy.stats.chi2.isf); with fewer than ten such tests, all with fixed seeds, the false alarm rate is below 10^-6.
 */
class BlindingTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final double CHI_SQUARE_15_MAX = 62.4;
    private static final int OPENINGS = 400;
    private static final ActiveSet BOTH = ActiveSet.of(1, 2);

    private static final Holders HOLDERS = Holders.additive(SCHEME, 2);
    private static final Aggregate SUM = sum();

    /** Cross-correlations of tags and masks would stand there: they are covered by uniform values modulo t. */
    @Test
    void otherCoefficients_ofManyOpenings_areUniformModuloT() {
        var high = new int[16];
        var low = new int[16];
        for (int k = 0; k < OPENINGS; k++) {
            long[] opened = openAll(k);
            for (int i = 1; i < opened.length; i++) {
                long value = Math.floorMod(opened[i], SCHEME.params().t());
                high[(int) (value >>> 36)]++;
                low[(int) (value & 15)]++;
            }
        }
        assertTrue(chiSquare(high) < CHI_SQUARE_15_MAX);
        assertTrue(chiSquare(low) < CHI_SQUARE_15_MAX);
    }

    @Test
    void output_ofManyOpenings_isAlwaysExact() {
        for (int k = 0; k < 20; k++) {
            assertEquals(63 * 64 / 2, openAll(k)[0]);
        }
    }

    /** One honest holder is enough: the other's blinding may be known to everybody. */
    @Test
    void otherCoefficients_withOneHoldersBlindingFixed_areStillUniform() {
        var cells = new int[16];
        var fixed = share(1, 0);
        for (int k = 0; k < OPENINGS; k++) {
            long[] opened = open(List.of(fixed, share(2, k)));
            for (int i = 1; i < opened.length; i++) {
                cells[(int) (Math.floorMod(opened[i], SCHEME.params().t()) >>> 36)]++;
            }
        }
        assertTrue(chiSquare(cells) < CHI_SQUARE_15_MAX);
    }

    /** A share less the key's part is flood and blinding: the flood is uniform, the same integer in all residues. */
    @Test
    void flood_ofManyShares_isUniformInItsRange() {
        var bounds = HOLDERS.request(SUM, BOTH, Outputs.FIRST).bounds();
        var bare = new OpenRequest(BOTH, Outputs.FIRST, bounds, ZeroShares.nothingToHide());
        var cells = new int[16];
        for (int k = 0; k < OPENINGS; k++) {
            var hiding = share(1, k, bare).h().copy().subtract(HOLDERS.share(1).partial(SUM.c1(), BOTH));
            for (var value : Crt.centred(hiding.toCoefficients())) {
                // D*g and flood: both within reach of whole numbers; the flood is what is left modulo D.
                var flood = value.mod(SCHEME.params().delta());
                if (flood.compareTo(SCHEME.params().delta().shiftRight(1)) > 0) {
                    flood = flood.subtract(SCHEME.params().delta());
                }
                assertTrue(flood.abs().compareTo(bounds.flood().add(wraps())) <= 0);
                var cell = flood.add(bounds.flood()).shiftRight(bounds.floodBits() + 1 - 4);
                cells[Math.clamp(cell.intValue(), 0, 15)]++;
            }
        }
        assertTrue(chiSquare(cells) < CHI_SQUARE_15_MAX);
    }

    /** The greatest flood all holders can draw leaves the value right: the admission's worst case. */
    @Test
    void open_withTheGreatestNoiseOfAdmission_isExact() {
        var params = SCHEME.params();
        var bounds = NoiseBounds.ofMasked(params, 2, 1);
        assertTrue(bounds.admitted());
        var worst = bounds.flood().shiftLeft(1).add(bounds.total());
        for (var noise : List.of(worst, worst.negate())) {
            var residues = params.primes().stream()
                    .map(prime -> {
                        var row = new long[params.n()];
                        var value =
                                params.delta().multiply(BigInteger.valueOf(-77)).add(noise);
                        Arrays.fill(
                                row, value.mod(BigInteger.valueOf(prime.q())).longValueExact());
                        return row;
                    })
                    .toArray(long[][]::new);
            long[] opened = SCHEME.round(SCHEME.ring().coefficients(residues), new int[] {0, 63});
            assertEquals(-77, opened[0]);
            assertEquals(-77, opened[1]);
        }
    }

    @Test
    void shares_ofTheSameRequest_differ() {
        assertNotEquals(share(1, 1).h().residues(0)[0], share(1, 2).h().residues(0)[0]);
    }

    private static BigInteger wraps() {
        return BigInteger.valueOf(SCHEME.params().t());
    }

    private static long[] openAll(int seed) {
        return open(List.of(share(1, 2 * seed), share(2, 2 * seed + 1)));
    }

    private static long[] open(List<Share> shares) {
        return new Combiner(SCHEME)
                .open(
                        SUM,
                        BOTH,
                        shares,
                        Outputs.first(64),
                        new OpenedMax(SCHEME.params().t()));
    }

    private static Share share(int holder, int seed) {
        return share(holder, seed, HOLDERS.request(SUM, BOTH, Outputs.FIRST));
    }

    private static Share share(int holder, int seed, OpenRequest request) {
        return new ShareMaker(HOLDERS.share(holder), new PredictableRandom(31L * seed + holder))
                .share(request, SUM, new long[1]);
    }

    private static Aggregate sum() {
        var header = Schemes.header(SCHEME, 0, Encoding.TAGS, 64);
        long[] tags = IntStream.range(0, 64).mapToLong(i -> i).toArray();
        var ciphertext = new Encryptor(HOLDERS.key()).encrypt(header, tags, Schemes.seed(5), Schemes.seed(6));
        var sums = new io.tamis.he.mask.MaskSums(SCHEME, new io.tamis.he.mask.FreshMaskForms(SCHEME), 1);
        sums.add(ciphertext, 0, List.of(io.tamis.he.mask.BitMask.of(64, i -> true)));
        return sums.finish().getFirst();
    }

    private static double chiSquare(int[] cells) {
        double expected = Arrays.stream(cells).sum() / (double) cells.length;
        return Arrays.stream(cells)
                .mapToDouble(cell -> (cell - expected) * (cell - expected) / expected)
                .sum();
    }
}
