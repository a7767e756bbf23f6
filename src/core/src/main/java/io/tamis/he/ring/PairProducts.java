package io.tamis.he.ring;

import java.util.List;

/**
 * Pairs of polynomials (the two of a ciphertext), to be multiplied by the same multiplier and added up, for many sums at
 * once: {@code (x_s, y_s) += sum_k (a_k, b_k) * m_sk}. The order of the loops keeps a tile of the pairs in the cache while
 * sums and multipliers stream through once; a row of a sum is reduced once for {@link #TERMS_MAX} products.
 *
 * <p>The polynomials are not copied: nobody changes them meanwhile. Safe for several threads on different sums.
 */
public final class PairProducts {
    /** Most pairs: so many products are exact without a reduction. */
    public static final int TERMS_MAX = Kernel.LAZY_ADDITIONS_MAX;

    /** Rows gone through together: those of 12 pairs are 200 kB for n = 8192, and two rows of sums stay nearer. */
    private static final int TILE = 2;

    private final List<NttPoly> firsts;
    private final List<NttPoly> seconds;

    /** These pairs, 1 to {@link #TERMS_MAX} of one ring. */
    public PairProducts(List<NttPoly> firsts, List<NttPoly> seconds) {
        this.firsts = List.copyOf(firsts);
        this.seconds = List.copyOf(seconds);
        if (firsts.isEmpty() || firsts.size() > TERMS_MAX || firsts.size() != seconds.size()) {
            throw new IllegalArgumentException("1 to " + TERMS_MAX + " pairs");
        }
        firsts.forEach(firsts.getFirst()::requireSameRing);
        seconds.forEach(firsts.getFirst()::requireSameRing);
    }

    /**
     * Adds to each sum.
     *
     * @param firstSums changed
     * @param secondSums changed
     * @param multipliers for each sum a list with one for each pair
     */
    public void addTo(List<NttPoly> firstSums, List<NttPoly> secondSums, List<List<NttPoly>> multipliers) {
        if (firstSums.size() != secondSums.size() || firstSums.size() != multipliers.size()) {
            throw new IllegalArgumentException("two sums and multipliers each");
        }
        firstSums.forEach(firsts.getFirst()::requireSameRing);
        secondSums.forEach(firsts.getFirst()::requireSameRing);
        for (List<NttPoly> each : multipliers) {
            if (each.size() != firsts.size()) {
                throw new IllegalArgumentException("a multiplier for each pair");
            }
            each.forEach(firsts.getFirst()::requireSameRing);
        }
        Ring ring = firsts.getFirst().ring();
        for (int l = 0; l < ring.primes().size(); l++) {
            double[][][] a = rows(firsts, l);
            double[][][] b = rows(seconds, l);
            double[][][] x = rows(firstSums, l);
            double[][][] y = rows(secondSums, l);
            var m = new double[multipliers.size()][][][];
            for (int s = 0; s < m.length; s++) {
                m[s] = rows(multipliers.get(s), l);
            }
            for (int from = 0; from < a[0].length; from += TILE) {
                int to = Math.min(a[0].length, from + TILE);
                for (int s = 0; s < m.length; s++) {
                    for (int k = 0; k < a.length; k++) {
                        add(ring.kernel(l), a[k], b[k], m[s][k], x[s], y[s], from, to);
                    }
                    for (int r = from; r < to; r++) {
                        ring.kernel(l).reduce(x[s][r]);
                        ring.kernel(l).reduce(y[s][r]);
                    }
                }
            }
        }
    }

    /** A multiplier's row is used for both of the pair while it is at hand. */
    private static void add(
            Kernel kernel, double[][] a, double[][] b, double[][] m, double[][] x, double[][] y, int from, int to) {
        for (int r = from; r < to; r++) {
            kernel.accumulate(x[r], a[r], m[r]);
            kernel.accumulate(y[r], b[r], m[r]);
        }
    }

    private static double[][][] rows(List<NttPoly> polys, int l) {
        return polys.stream().map(poly -> poly.rows[l]).toArray(double[][][]::new);
    }
}
