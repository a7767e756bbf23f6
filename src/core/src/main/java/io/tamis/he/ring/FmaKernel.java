package io.tamis.he.ring;

/**
 * The fast kernel: exact modular products by two fused multiply-adds. Bounds: docs/fma-kernel.md.
 *
 * <p>A transform is Longa and Naehrig's negacyclic one (eprint 2016/504): butterflies first between whole rows, then,
 * after a transposition, again between whole rows.
 */
final class FmaKernel implements Kernel {
    private final Tables tables;

    FmaKernel(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void forward(double[][] x, double[][] y) {
        var lazy = new Growth(tables.q);
        int rows = tables.shape.rows();
        for (int m = 1; m < rows; m *= 2) {
            int t = rows / (2 * m);
            if (lazy.forwardStageOverflows()) {
                reduce(x);
            }
            for (int i = 0; i < m; i++) {
                for (int k = 0; k < t; k++) {
                    FmaRows.forward(
                            x[2 * i * t + k], x[2 * i * t + k + t], tables.w[m + i], tables.wOverQ[m + i], tables.q);
                }
            }
        }
        Residues.transpose(x, y);
        int cols = tables.shape.cols();
        for (int p = 1; p < cols; p *= 2) {
            int t = cols / (2 * p);
            if (lazy.forwardStageOverflows()) {
                reduce(y);
            }
            for (int b = 0; b < p; b++) {
                for (int j = 0; j < t; j++) {
                    FmaRows.forward(
                            y[2 * b * t + j], y[2 * b * t + j + t], tables.v[p + b], tables.vOverQ[p + b], tables.q);
                }
            }
        }
        reduce(y);
    }

    @Override
    public void inverse(double[][] y, double[][] x) {
        var lazy = new Growth(tables.q);
        int cols = tables.shape.cols();
        for (int p = cols / 2; p >= 1; p /= 2) {
            int t = cols / (2 * p);
            if (lazy.inverseStageOverflows()) {
                reduce(y);
            }
            for (int b = 0; b < p; b++) {
                for (int j = 0; j < t; j++) {
                    FmaRows.inverse(
                            y[2 * b * t + j],
                            y[2 * b * t + j + t],
                            tables.vInverse[p + b],
                            tables.vInverseOverQ[p + b],
                            tables.q);
                }
            }
        }
        Residues.transpose(y, x);
        int rows = tables.shape.rows();
        for (int m = rows / 2; m >= 1; m /= 2) {
            int t = rows / (2 * m);
            if (lazy.inverseStageOverflows()) {
                reduce(x);
            }
            for (int i = 0; i < m; i++) {
                for (int k = 0; k < t; k++) {
                    FmaRows.inverse(
                            x[2 * i * t + k],
                            x[2 * i * t + k + t],
                            tables.wInverse[m + i],
                            tables.wInverseOverQ[m + i],
                            tables.q);
                }
            }
        }
        scale(x, tables.nInverse);
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
            FmaRows.convert(flat, r * cols, rows[r]);
            FmaRows.reduce(rows[r], tables.q, tables.qInverse);
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
    public void reduce(double[][] rows) {
        for (double[] row : rows) {
            FmaRows.reduce(row, tables.q, tables.qInverse);
        }
    }
}
