package io.tamis.he.ring;

/**
 * Arithmetic modulo one prime on rows of doubles that hold integers. Entries between operations are <em>reduced</em>:
 * below q in absolute value, and equal modulo q to the residue they stand for. Two kernels give the same residues, not
 * the same representatives; only {@link Residues#canonical} is compared or written.
 *
 * <p>Operands of one call may be the same object; the result is right, only slower.
 */
sealed interface Kernel permits FmaKernel, ScalarShoupKernel {
    /** Additions to a {@link #accumulate} sum before it must be reduced. */
    int LAZY_ADDITIONS_MAX = 12;

    /** Transforms coefficient rows to transformed rows; {@code x} and {@code between} are overwritten with garbage. */
    void forward(double[][] x, double[][] between, double[][] y);

    /** The way back; {@code y} and {@code between} are overwritten with garbage. */
    void inverse(double[][] y, double[][] between, double[][] x);

    /** {@code a += b}. */
    void add(double[][] a, double[][] b);

    /** {@code a -= b}. */
    void subtract(double[][] a, double[][] b);

    /** {@code a *= b}, entry by entry. */
    void multiply(double[][] a, double[][] b);

    /** {@code a *= factor} for a canonical factor. */
    void scale(double[][] a, long factor);

    /** {@code sum += a * b} without reducing the sum, at most {@link #LAZY_ADDITIONS_MAX} times between reductions. */
    void accumulate(double[][] sum, double[][] a, double[][] b);

    /** Coefficient rows of signed integers below 2^48 in absolute value. */
    void load(long[] flat, double[][] rows);

    /** {@code rows = rows * factor + flat} for coefficient rows, a canonical factor, integers as {@link #load} takes. */
    void fold(double[][] rows, long factor, long[] flat);

    /** {@code rows += flat * factor}, likewise. */
    void addScaled(double[][] rows, long factor, long[] flat);

    /** {@code sum += a * b}, reduced. */
    void multiplyAdd(double[][] sum, double[][] a, double[][] b);

    /** One row of {@link #accumulate}. */
    void accumulate(double[] sum, double[] a, double[] b);

    /** One row of {@link #reduce}. */
    void reduce(double[] row);

    /** Makes entries reduced again: of a lazy sum, or of integers up to 2^52 in absolute value. */
    void reduce(double[][] rows);
}
