package io.tamis.he.ring;

/**
 * The fast kernel: exact modular products by two fused multiply-adds. Bounds: docs/fma-kernel.md.
 *
 * <p>A transform is Longa and Naehrig's negacyclic one (eprint 2016/504): butterflies between whole rows, three times,
 * with the entries laid out anew in between ({@link Shape}).
 */
final class FmaKernel implements Kernel {
    private final Tables tables;

    FmaKernel(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void forward(double[][] x, double[][] between, double[][] y) {
        var lazy = new Growth(tables.q);
        for (int m = 1; m < x.length; m *= 2) {
            int t = x.length / (2 * m);
            if (lazy.forwardStageOverflows()) {
                reduce(x);
            }
            for (int i = 0; i < m; i++) {
                for (int k = 2 * i * t; k < 2 * i * t + t; k++) {
                    FmaRows.forward(x[k], x[k + t], tables.w[m + i], tables.wOverQ[m + i], tables.q);
                }
            }
        }
        tables.shape.toBetween(x, between);
        forward(between, tables.between, lazy);
        tables.shape.toTransformed(between, y);
        forward(y, tables.last, lazy);
        reduce(y);
    }

    private void forward(double[][] x, double[][] factors, Growth lazy) {
        for (int p = 1; p < x.length; p *= 2) {
            int t = x.length / (2 * p);
            if (lazy.forwardStageOverflows()) {
                reduce(x);
            }
            for (int b = 0; b < p; b++) {
                for (int k = 2 * b * t; k < 2 * b * t + t; k++) {
                    FmaRows.forward(x[k], x[k + t], factors[p + b], tables.q, tables.qInverse);
                }
            }
        }
    }

    @Override
    public void inverse(double[][] y, double[][] between, double[][] x) {
        var lazy = new Growth(tables.q);
        inverse(y, tables.lastInverse, lazy);
        tables.shape.fromTransformed(y, between);
        inverse(between, tables.betweenInverse, lazy);
        tables.shape.fromBetween(between, x);
        for (int m = x.length / 2; m >= 1; m /= 2) {
            int t = x.length / (2 * m);
            if (lazy.inverseStageOverflows()) {
                reduce(x);
            }
            for (int i = 0; i < m; i++) {
                for (int k = 2 * i * t; k < 2 * i * t + t; k++) {
                    FmaRows.inverse(x[k], x[k + t], tables.wInverse[m + i], tables.wInverseOverQ[m + i], tables.q);
                }
            }
        }
        scale(x, tables.nInverse);
    }

    private void inverse(double[][] x, double[][] factors, Growth lazy) {
        for (int p = x.length / 2; p >= 1; p /= 2) {
            int t = x.length / (2 * p);
            if (lazy.inverseStageOverflows()) {
                reduce(x);
            }
            for (int b = 0; b < p; b++) {
                for (int k = 2 * b * t; k < 2 * b * t + t; k++) {
                    FmaRows.inverse(x[k], x[k + t], factors[p + b], tables.q, tables.qInverse);
                }
            }
        }
    }

    @Override
    public void add(double[][] a, double[][] b) {
        for (int r = 0; r < a.length; r++) {
            FmaRows.add(a[r], b[r], tables.q, tables.qInverse);
        }
    }

    @Override
    public void subtract(double[][] a, double[][] b) {
        for (int r = 0; r < a.length; r++) {
            FmaRows.subtract(a[r], b[r], tables.q, tables.qInverse);
        }
    }

    @Override
    public void multiply(double[][] a, double[][] b) {
        for (int r = 0; r < a.length; r++) {
            FmaRows.multiply(a[r], b[r], tables.q, tables.qInverse);
        }
    }

    @Override
    public void scale(double[][] a, long factor) {
        double w = tables.balanced(factor);
        for (double[] row : a) {
            FmaRows.scale(row, w, w * tables.qInverse, tables.q, tables.qInverse);
        }
    }

    @Override
    public void accumulate(double[][] sum, double[][] a, double[][] b) {
        for (int r = 0; r < sum.length; r++) {
            FmaRows.accumulate(sum[r], a[r], b[r], tables.q, tables.qInverse);
        }
    }

    @Override
    public void load(long[] flat, double[][] rows) {
        int cols = rows[0].length;
        for (int r = 0; r < rows.length; r++) {
            FmaRows.load(flat, r * cols, rows[r], tables.q, tables.qInverse);
        }
    }

    @Override
    public void fold(double[][] rows, long factor, long[] flat) {
        double w = tables.balanced(factor);
        int cols = rows[0].length;
        for (int r = 0; r < rows.length; r++) {
            FmaRows.fold(rows[r], w, w * tables.qInverse, flat, r * cols, tables.q, tables.qInverse);
        }
    }

    @Override
    public void addScaled(double[][] rows, long factor, long[] flat) {
        double w = tables.balanced(factor);
        int cols = rows[0].length;
        for (int r = 0; r < rows.length; r++) {
            FmaRows.addScaled(rows[r], w, w * tables.qInverse, flat, r * cols, tables.q, tables.qInverse);
        }
    }

    @Override
    public void multiplyAdd(double[][] sum, double[][] a, double[][] b) {
        for (int r = 0; r < sum.length; r++) {
            FmaRows.multiplyAdd(sum[r], a[r], b[r], tables.q, tables.qInverse);
        }
    }

    @Override
    public void accumulate(double[] sum, double[] a, double[] b) {
        FmaRows.accumulate(sum, a, b, tables.q, tables.qInverse);
    }

    @Override
    public void reduce(double[] row) {
        FmaRows.reduce(row, tables.q, tables.qInverse);
    }

    @Override
    public void reduce(double[][] rows) {
        for (double[] row : rows) {
            FmaRows.reduce(row, tables.q, tables.qInverse);
        }
    }
}
