package io.tamis.he.ring;

/**
 * How n = outer * middle * inner coefficients lie in rows while a transform goes through them. Rows are arrays of their
 * own, because the compiler vectorises a butterfly only between different arrays, and long, because each costs some
 * entries that are not vectorised. With a < outer, b < middle, c < inner, entry {@code (a*middle + b)*inner + c}:
 *
 * <ul>
 *   <li>coefficient form: row a, place {@code b*inner + c};
 *   <li>on the way: row b, place {@code a*inner + c};
 *   <li>transformed form, by bit-reversed index: row c, place {@code a*middle + b}.
 * </ul>
 *
 * @param outer {@code 2^floor(lg n / 3)}
 * @param middle what is left: outer, twice or four times outer
 * @param inner as outer
 */
record Shape(int outer, int middle, int inner) {
    static final int N_MIN = 16;
    static final int N_MAX = 1 << 15;

    static Shape of(int n) {
        if (n < N_MIN || n > N_MAX || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException("n is a power of two between " + N_MIN + " and " + N_MAX);
        }
        int third = 1 << (Integer.numberOfTrailingZeros(n) / 3);
        return new Shape(third, n / third / third, third);
    }

    int n() {
        return outer * middle * inner;
    }

    int logN() {
        return Integer.numberOfTrailingZeros(n());
    }

    /** Rows for coefficient form. */
    double[][] coefficients() {
        return new double[outer][middle * inner];
    }

    /** Rows for the way between the forms. */
    double[][] between() {
        return new double[middle][outer * inner];
    }

    /** Rows for transformed form. */
    double[][] transformed() {
        return new double[inner][outer * middle];
    }

    /** From coefficient form to the form between. */
    void toBetween(double[][] x, double[][] between) {
        for (int a = 0; a < outer; a++) {
            for (int b = 0; b < middle; b++) {
                System.arraycopy(x[a], b * inner, between[b], a * inner, inner);
            }
        }
    }

    /** From the form between to coefficient form. */
    void fromBetween(double[][] between, double[][] x) {
        for (int b = 0; b < middle; b++) {
            for (int a = 0; a < outer; a++) {
                System.arraycopy(between[b], a * inner, x[a], b * inner, inner);
            }
        }
    }

    /** From the form between to transformed form: each a's block is transposed. */
    void toTransformed(double[][] between, double[][] y) {
        for (int a = 0; a < outer; a++) {
            Residues.transpose(between, a * inner, y, a * middle);
        }
    }

    /** From transformed form to the form between. */
    void fromTransformed(double[][] y, double[][] between) {
        for (int a = 0; a < outer; a++) {
            Residues.transpose(y, a * middle, between, a * inner);
        }
    }
}
