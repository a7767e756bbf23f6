package io.tamis.he.ring;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The kernel for machines without fast fused multiply-adds, and the oracle of the other: whole numbers, Harvey's lazy
 * butterflies (arXiv 1205.2926) with Shoup's precomputed quotients {@code w' = floor(w * 2^63 / q)}.
 *
 * <p>Rows are read into longs in [0, q) and written back; inside a transform entries lie in [0, 4q).
 */
final class ScalarShoupKernel implements Kernel {
    private static final int SHIFT = 63;

    private final Tables tables;
    private final long q;

    /** {@code psi^bitrev(i)}, its inverses and their quotients, in [0, q). */
    private final long[] w;

    private final long[] wQuotient;
    private final long[] wInverse;
    private final long[] wInverseQuotient;

    ScalarShoupKernel(Tables tables) {
        this.tables = tables;
        Prime prime = tables.prime;
        q = prime.q();
        w = powers(prime.psi());
        wQuotient = quotients(w);
        wInverse = powers(prime.power(prime.psi(), -1));
        wInverseQuotient = quotients(wInverse);
    }

    @Override
    public void forward(double[][] x, double[][] between, double[][] y) {
        long[] a = Residues.canonicalOfCoefficients(x, q);
        int t = a.length;
        for (int m = 1; m < a.length; m *= 2) {
            t /= 2;
            for (int i = 0; i < m; i++) {
                for (int j = 2 * i * t; j < 2 * i * t + t; j++) {
                    long u = a[j] >= 2 * q ? a[j] - 2 * q : a[j];
                    long v = lazyProduct(a[j + t], w[m + i], wQuotient[m + i]);
                    a[j] = u + v;
                    a[j + t] = u - v + 2 * q;
                }
            }
        }
        settle(a);
        Residues.toTransformed(a, y);
    }

    @Override
    public void inverse(double[][] y, double[][] between, double[][] x) {
        long[] a = Residues.canonicalOfTransformed(y, q);
        int t = 1;
        for (int m = a.length / 2; m >= 1; m /= 2) {
            for (int i = 0; i < m; i++) {
                for (int j = 2 * i * t; j < 2 * i * t + t; j++) {
                    long sum = a[j] + a[j + t];
                    long difference = a[j] - a[j + t] + 2 * q;
                    a[j] = sum >= 2 * q ? sum - 2 * q : sum;
                    a[j + t] = lazyProduct(difference, wInverse[m + i], wInverseQuotient[m + i]);
                }
            }
            t *= 2;
        }
        long nInverseQuotient = quotient(tables.nInverse);
        for (int i = 0; i < a.length; i++) {
            a[i] = lazyProduct(a[i], tables.nInverse, nInverseQuotient);
        }
        settle(a);
        Residues.toCoefficients(a, x);
    }

    @Override
    public void add(double[][] a, double[][] b) {
        eachEntry(a, b, (x, y) -> x + y);
    }

    @Override
    public void subtract(double[][] a, double[][] b) {
        eachEntry(a, b, (x, y) -> x - y + q);
    }

    @Override
    public void multiply(double[][] a, double[][] b) {
        eachEntry(a, b, this::product);
    }

    @Override
    public void scale(double[][] a, long factor) {
        long quotient = quotient(factor);
        eachEntry(a, a, (x, y) -> lazyProduct(x, factor, quotient));
    }

    @Override
    public void accumulate(double[][] sum, double[][] a, double[][] b) {
        for (int r = 0; r < sum.length; r++) {
            accumulate(sum[r], a[r], b[r]);
        }
    }

    /** The sum stays in [0, q): there is nothing to be lazy about. */
    @Override
    public void accumulate(double[] sum, double[] a, double[] b) {
        for (int c = 0; c < sum.length; c++) {
            sum[c] = below(canonical(sum[c]) + product(canonical(a[c]), canonical(b[c])));
        }
    }

    @Override
    public void multiplyAdd(double[][] sum, double[][] a, double[][] b) {
        accumulate(sum, a, b);
    }

    @Override
    public void load(long[] flat, double[][] rows) {
        Residues.toCoefficients(flat, rows);
        reduce(rows);
    }

    @Override
    public void fold(double[][] rows, long factor, long[] flat) {
        scale(rows, factor);
        double[][] addend = tables.shape.coefficients();
        load(flat, addend);
        add(rows, addend);
    }

    @Override
    public void addScaled(double[][] rows, long factor, long[] flat) {
        double[][] addend = tables.shape.coefficients();
        load(flat, addend);
        scale(addend, factor);
        add(rows, addend);
    }

    @Override
    public void reduce(double[] row) {
        for (int c = 0; c < row.length; c++) {
            row[c] = Math.floorMod((long) row[c], q);
        }
    }

    @Override
    public void reduce(double[][] rows) {
        for (double[] row : rows) {
            reduce(row);
        }
    }

    private interface Operation {
        /** From residues in [0, q) to a value in [0, 2q). */
        long apply(long a, long b);
    }

    private void eachEntry(double[][] a, double[][] b, Operation operation) {
        for (int r = 0; r < a.length; r++) {
            for (int c = 0; c < a[r].length; c++) {
                a[r][c] = below(operation.apply(canonical(a[r][c]), canonical(b[r][c])));
            }
        }
    }

    /** {@code a*w mod q} in [0, 2q) for any a below 2^63 and w in [0, q): the quotient is short by at most one. */
    private long lazyProduct(long a, long factor, long quotient) {
        long estimate = Math.multiplyHigh(a << 1, quotient);
        return a * factor - estimate * q;
    }

    /** {@code a*b mod q} for residues: the quotient by doubles is off by at most one. */
    private long product(long a, long b) {
        long estimate = (long) ((double) a * b * tables.qInverse);
        long rest = a * b - estimate * q;
        if (rest < 0) {
            return rest + q;
        }
        return rest >= q ? rest - q : rest;
    }

    /** From [0, 4q) to [0, q). */
    private void settle(long[] a) {
        for (int i = 0; i < a.length; i++) {
            long half = a[i] >= 2 * q ? a[i] - 2 * q : a[i];
            a[i] = below(half);
        }
    }

    private long below(long value) {
        return value >= q ? value - q : value;
    }

    private long canonical(double entry) {
        return Residues.canonical(entry, q);
    }

    private long[] powers(long root) {
        int n = tables.shape.n();
        var powers = new long[n];
        long power = 1;
        for (int i = 0; i < n; i++) {
            powers[Integer.reverse(i) >>> (Integer.SIZE - tables.shape.logN())] = power;
            power = tables.prime.times(power, root);
        }
        return powers;
    }

    private long[] quotients(long[] factors) {
        return Arrays.stream(factors).map(this::quotient).toArray();
    }

    private long quotient(long factor) {
        return BigInteger.valueOf(factor)
                .shiftLeft(SHIFT)
                .divide(BigInteger.valueOf(q))
                .longValueExact();
    }
}
