package io.tamis.he.ring;

/**
 * Between rows of balanced doubles and canonical residues in [0, q) in one flat array: coefficients in their order, or
 * transformed entries in bit-reversed order, which is what travels and what is hashed.
 */
final class Residues {
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
            for (int c = 0; c < cols; c++) {
                flat[r * cols + c] = canonical(x[r][c], q);
            }
        }
        return flat;
    }

    /** Entry {@code y[j][g]} is number {@code g*cols + j}, with as many columns as y has rows. */
    static long[] canonicalOfTransformed(double[][] y, long q) {
        int cols = y.length;
        var flat = new long[cols * y[0].length];
        for (int j = 0; j < cols; j++) {
            for (int g = 0; g < y[j].length; g++) {
                flat[g * cols + j] = canonical(y[j][g], q);
            }
        }
        return flat;
    }

    static void toCoefficients(long[] flat, double[][] x) {
        int cols = x[0].length;
        for (int i = 0; i < flat.length; i++) {
            x[i / cols][i % cols] = flat[i];
        }
    }

    static void toTransformed(long[] flat, double[][] y) {
        int cols = y.length;
        for (int i = 0; i < flat.length; i++) {
            y[i % cols][i / cols] = flat[i];
        }
    }
}
