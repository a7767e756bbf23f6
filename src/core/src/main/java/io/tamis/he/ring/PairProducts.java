package io.tamis.he.ring;

import java.util.List;

/**
 * Pairs of polynomials (the two of a ciphertext), to be multiplied by the same multiplier and added up, for many sums at
 * once: {@code (x_s, y_s) += sum_k (a_k, b_k) * m_sk}. The order of the loops keeps one row of each pair in the cache while
 * multipliers stream through once and sums once for {@link #TERMS_MAX} products.
 *
 * <p>Multipliers come from memory, 1.5 GB of them for 64 segments of a million users. A loop of multiplications has only so
 * many loads under way that it waits for memory half of its time; {@link #fetch} asks for the whole next row at once.
 *
 * <p>The polynomials are not copied: nobody changes them meanwhile. Safe for several threads on different sums.
 */
public final class PairProducts {
    /** Most pairs: a row each of 24 are 200 kB for n = 8192, which stay in a core's own cache; 60 are slower than 12. */
    public static final int TERMS_MAX = 2 * Kernel.LAZY_ADDITIONS_MAX;

    /** Doubles of a cache line of 64 bytes. */
    private static final int LINE = 8;

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
        double fetched = 0;
        for (int l = 0; l < ring.primes().size(); l++) {
            var m = new double[multipliers.size()][][][];
            for (int s = 0; s < m.length; s++) {
                m[s] = rows(multipliers.get(s), l);
            }
            fetched +=
                    add(ring.kernel(l), rows(firsts, l), rows(seconds, l), m, rows(firstSums, l), rows(secondSums, l));
        }
        if (Double.isNaN(fetched)) {
            // Looked at, so that the loads are not thrown away; residues are numbers.
            throw new IllegalStateException("an entry is no number");
        }
    }

    private static double add(
            Kernel kernel, double[][][] a, double[][][] b, double[][][][] m, double[][][] x, double[][][] y) {
        double fetched = 0;
        for (int r = 0; r < a[0].length; r++) {
            for (int s = 0; s < m.length; s++) {
                if (s + 1 < m.length) {
                    fetched += fetch(x[s + 1][r]) + fetch(y[s + 1][r]);
                }
                for (int k = 0; k < a.length; k++) {
                    if (k + 1 < a.length) {
                        fetched += fetch(m[s][k + 1][r]);
                    } else if (s + 1 < m.length) {
                        fetched += fetch(m[s + 1][0][r]);
                    }
                    kernel.accumulate(x[s][r], a[k][r], m[s][k][r]);
                    kernel.accumulate(y[s][r], b[k][r], m[s][k][r]);
                    if (k % Kernel.LAZY_ADDITIONS_MAX == Kernel.LAZY_ADDITIONS_MAX - 1 || k == a.length - 1) {
                        kernel.reduce(x[s][r]);
                        kernel.reduce(y[s][r]);
                    }
                }
            }
        }
        return fetched;
    }

    /** Touches each cache line of a row: nothing waits for these loads but their sum, so all are under way together. */
    private static double fetch(double[] row) {
        double sum = 0;
        for (int i = 0; i < row.length; i += LINE) {
            sum += row[i];
        }
        return sum;
    }

    private static double[][][] rows(List<NttPoly> polys, int l) {
        return polys.stream().map(poly -> poly.rows[l]).toArray(double[][][]::new);
    }
}
