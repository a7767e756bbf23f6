package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import io.tamis.he.Bfv;
import io.tamis.he.Schemes;
import io.tamis.he.ring.NttPoly;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What fewer than the threshold hold tells nothing. Chi-square over 16 cells: 15 degrees of freedom, the quantile of 1 - 10^-7
 * is 62.4; with fewer than ten such tests, all with fixed seeds, the false alarm rate is below 10^-6.
 */
class SharingSecrecyTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final double CHI_SQUARE_15_MAX = 62.4;
    private static final int DEALINGS = 200;

    /** The secret is the same each time; one holder's part is uniform. */
    @Test
    void subShare_ofOneHolder_isUniform() {
        var cells = new int[16];
        try (var secret = new KeyCandidates(SCHEME, Schemes.seed(1)).secret(Schemes.seed(2))) {
            for (int k = 0; k < DEALINGS; k++) {
                var dealt = secret.deal(2, 3, new PredictableRandom(k));
                count(dealt.get(1).value(), cells);
            }
        }
        assertTrue(chiSquare(cells) < CHI_SQUARE_15_MAX);
    }

    /** With a threshold of three, any combination of two parts is uniform too; of their line through 0 in particular. */
    @Test
    void subShares_ofTwoHoldersOfThree_interpolateToAUniformValue() {
        var cells = new int[16];
        var ring = SCHEME.ring();
        try (var secret = new KeyCandidates(SCHEME, Schemes.seed(1)).secret(Schemes.seed(2))) {
            for (int k = 0; k < DEALINGS; k++) {
                var dealt = secret.deal(3, 3, new PredictableRandom(1000 + k));
                // 2*f(1) - f(2) is f(0) for lines alone.
                var guess = dealt.get(0).value().copy().scale(ring.constant(java.math.BigInteger.TWO));
                count(guess.subtract(dealt.get(1).value()), cells);
            }
        }
        assertTrue(chiSquare(cells) < CHI_SQUARE_15_MAX);
    }

    /** What the server sees of a key: each contribution looks uniform, under ring-LWE. */
    @Test
    void contribution_ofManySeeds_looksUniform() {
        var cells = new int[16];
        var candidates = new KeyCandidates(SCHEME, Schemes.seed(1));
        for (int k = 0; k < DEALINGS; k++) {
            count(SCHEME.unpack(candidates.b(Schemes.seed(5000 + k)), 0), cells);
        }
        assertTrue(chiSquare(cells) < CHI_SQUARE_15_MAX);
    }

    private static void count(NttPoly poly, int[] cells) {
        for (int l = 0; l < SCHEME.params().primes().size(); l++) {
            double q = SCHEME.params().primes().get(l).q();
            for (long residue : poly.residues(l)) {
                cells[(int) (residue / q * 16)]++;
            }
        }
    }

    private static double chiSquare(int[] cells) {
        double expected = Arrays.stream(cells).sum() / (double) cells.length;
        return Arrays.stream(cells)
                .mapToDouble(cell -> (cell - expected) * (cell - expected) / expected)
                .sum();
    }
}
