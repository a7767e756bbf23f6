package io.tamis.he.ring;

/**
 * Between rows of balanced doubles and canonical residues in [0, q) in one flat array: coefficients in their order, or
 * transformed entries in bit-reversed order, which is what travels and what is hashed.
 *
 * <p>Transpositions walk eight rows at once, so that a cache line of the flat side is used whole.
 */
final class Residues {
    private static final int BLOCK = 8;

    private Residues() {}

    /** The residue in [0, q) of a reduced entry. */
    static long canonical(double entry, long q) {
        long r = (long) entry;
        return r + (r >> (Long.SIZE - 1) & q);
    }

    static long[] canonicalOfCoefficients(double[][] x, long q) {
        int cols = x[0].length;
        var flat = new long[x.length * cols];
        for (int r = 0; r < x.length; r++) {
            canonical(x[r], flat, r * cols, q);
        }
        return flat;
    }

    /** Entry {@code y[j][g]} is number {@code g*cols + j}, with as many columns as y has rows. */
    static long[] canonicalOfTransformed(double[][] y, long q) {
        var flat = new long[y.length * y[0].length];
        var row = new long[y[0].length];
        if (y.length % BLOCK != 0) {
            for (int j = 0; j < y.length; j++) {
                canonical(y[j], row, 0, q);
                for (int g = 0; g < row.length; g++) {
                    flat[g * y.length + j] = row[g];
                }
            }
            return flat;
        }
        for (int j = 0; j < y.length; j += BLOCK) {
            canonicalBlock(y, j, flat, q);
        }
        return flat;
    }

    static void toCoefficients(long[] flat, double[][] x) {
        int cols = x[0].length;
        for (int r = 0; r < x.length; r++) {
            FmaRows.convert(flat, r * cols, x[r]);
        }
    }

    static void toTransformed(long[] flat, double[][] y) {
        int cols = y.length;
        if (cols % BLOCK != 0) {
            for (int j = 0; j < cols; j++) {
                for (int g = 0; g < y[j].length; g++) {
                    y[j][g] = flat[g * cols + j];
                }
            }
            return;
        }
        for (int j = 0; j < cols; j += BLOCK) {
            block(flat, j, cols, y);
        }
    }

    /** {@code to[c][toAt + r] = from[r][fromAt + c]} for all rows of both. */
    static void transpose(double[][] from, int fromAt, double[][] to, int toAt) {
        if (from.length % BLOCK != 0) {
            for (int r = 0; r < from.length; r++) {
                for (int c = 0; c < to.length; c++) {
                    to[c][toAt + r] = from[r][fromAt + c];
                }
            }
            return;
        }
        for (int r = 0; r < from.length; r += BLOCK) {
            for (int c = 0; c < to.length; c++) {
                gather(from, r, fromAt + c, to[c], toAt + r);
            }
        }
    }

    /** Eight entries of one column into a row. */
    private static void gather(double[][] from, int r, int c, double[] to, int at) {
        to[at] = from[r][c];
        to[at + 1] = from[r + 1][c];
        to[at + 2] = from[r + 2][c];
        to[at + 3] = from[r + 3][c];
        to[at + 4] = from[r + 4][c];
        to[at + 5] = from[r + 5][c];
        to[at + 6] = from[r + 6][c];
        to[at + 7] = from[r + 7][c];
    }

    private static void canonical(double[] row, long[] flat, int at, long q) {
        for (int c = 0; c < row.length; c++) {
            long r = (long) row[c];
            flat[at + c] = r + (r >> (Long.SIZE - 1) & q);
        }
    }

    private static void canonicalBlock(double[][] y, int j, long[] flat, long q) {
        double[] a = y[j];
        double[] b = y[j + 1];
        double[] c = y[j + 2];
        double[] d = y[j + 3];
        double[] e = y[j + 4];
        double[] f = y[j + 5];
        double[] g = y[j + 6];
        double[] h = y[j + 7];
        int at = j;
        for (int i = 0; i < a.length; i++) {
            flat[at] = canonical(a[i], q);
            flat[at + 1] = canonical(b[i], q);
            flat[at + 2] = canonical(c[i], q);
            flat[at + 3] = canonical(d[i], q);
            flat[at + 4] = canonical(e[i], q);
            flat[at + 5] = canonical(f[i], q);
            flat[at + 6] = canonical(g[i], q);
            flat[at + 7] = canonical(h[i], q);
            at += y.length;
        }
    }

    private static void block(long[] flat, int j, int cols, double[][] y) {
        double[] a = y[j];
        double[] b = y[j + 1];
        double[] c = y[j + 2];
        double[] d = y[j + 3];
        double[] e = y[j + 4];
        double[] f = y[j + 5];
        double[] g = y[j + 6];
        double[] h = y[j + 7];
        int at = j;
        for (int i = 0; i < a.length; i++) {
            a[i] = flat[at];
            b[i] = flat[at + 1];
            c[i] = flat[at + 2];
            d[i] = flat[at + 3];
            e[i] = flat[at + 4];
            f[i] = flat[at + 5];
            g[i] = flat[at + 6];
            h[i] = flat[at + 7];
            at += cols;
        }
    }
}
