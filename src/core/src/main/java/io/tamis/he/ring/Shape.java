package io.tamis.he.ring;

/**
 * How n coefficients lie in rows: coefficient {@code r*cols + c} at {@code x[r][c]}; in transformed form the roles are
 * swapped and bit-reversed index {@code g*cols + j} lies at {@code y[j][g]}. Rows are arrays of their own, because the
 * compiler vectorises a butterfly only between different arrays.
 *
 * @param rows {@code 2^floor(lg n / 2)}
 * @param cols {@code n / rows}, rows or twice rows
 */
record Shape(int rows, int cols) {
    static final int N_MIN = 16;
    static final int N_MAX = 1 << 15;

    static Shape of(int n) {
        if (n < N_MIN || n > N_MAX || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException("n is a power of two between " + N_MIN + " and " + N_MAX);
        }
        int rows = 1 << (Integer.numberOfTrailingZeros(n) / 2);
        return new Shape(rows, n / rows);
    }

    int n() {
        return rows * cols;
    }

    int logN() {
        return Integer.numberOfTrailingZeros(n());
    }

    /** Rows for coefficient form. */
    double[][] coefficients() {
        return new double[rows][cols];
    }

    /** Rows for transformed form. */
    double[][] transformed() {
        return new double[cols][rows];
    }
}
