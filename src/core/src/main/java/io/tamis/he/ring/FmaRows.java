package io.tamis.he.ring;

/**
 * The loops the compiler turns into vector code. Each is one loop over whole rows, without a branch; keep them so.
 * {@code rint} rounds half to even and is one instruction; {@code fma} is exact where docs/fma-kernel.md says so.
 */
final class FmaRows {
    private FmaRows() {}

    /** Forward butterfly with one factor for the row: {@code (x, y) <- (x + y*w, x - y*w)}. */
    static void forward(double[] x, double[] y, double w, double wOverQ, double q) {
        for (int i = 0; i < x.length; i++) {
            double u = x[i];
            double v = y[i];
            double h = v * w;
            double l = Math.fma(v, w, -h);
            double c = Math.rint(v * wOverQ);
            double r = Math.fma(-c, q, h) + l;
            x[i] = u + r;
            y[i] = u - r;
        }
    }

    /** Forward butterfly with a factor for each entry: the quotient comes from the product, which saves a table. */
    static void forward(double[] x, double[] y, double[] w, double q, double qInverse) {
        for (int i = 0; i < x.length; i++) {
            double u = x[i];
            double v = y[i];
            double h = v * w[i];
            double l = Math.fma(v, w[i], -h);
            double c = Math.rint(h * qInverse);
            double r = Math.fma(-c, q, h) + l;
            x[i] = u + r;
            y[i] = u - r;
        }
    }

    /** Inverse butterfly with one factor for the row: {@code (x, y) <- (x + y, (x - y)*w)}. */
    static void inverse(double[] x, double[] y, double w, double wOverQ, double q) {
        for (int i = 0; i < x.length; i++) {
            double u = x[i];
            double v = y[i];
            double d = u - v;
            double h = d * w;
            double l = Math.fma(d, w, -h);
            double c = Math.rint(d * wOverQ);
            x[i] = u + v;
            y[i] = Math.fma(-c, q, h) + l;
        }
    }

    /** Inverse butterfly with a factor for each entry. */
    static void inverse(double[] x, double[] y, double[] w, double q, double qInverse) {
        for (int i = 0; i < x.length; i++) {
            double u = x[i];
            double v = y[i];
            double d = u - v;
            double h = d * w[i];
            double l = Math.fma(d, w[i], -h);
            double c = Math.rint(h * qInverse);
            x[i] = u + v;
            y[i] = Math.fma(-c, q, h) + l;
        }
    }

    /** Whole numbers up to 2^52 in absolute value, reduced. */
    static void load(long[] from, int at, double[] to, double q, double qInverse) {
        for (int i = 0; i < to.length; i++) {
            double v = from[at + i];
            to[i] = Math.fma(-Math.rint(v * qInverse), q, v);
        }
    }

    /** Whole numbers up to 2^53 in absolute value. */
    static void convert(long[] from, int at, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[at + i];
        }
    }

    /** {@code a = a*w + add}, reduced; |add| below 2^48. */
    static void fold(double[] a, double w, double wOverQ, long[] add, int at, double q, double qInverse) {
        for (int i = 0; i < a.length; i++) {
            double v = a[i];
            double h = v * w;
            double l = Math.fma(v, w, -h);
            double r = Math.fma(-Math.rint(v * wOverQ), q, h) + l + add[at + i];
            a[i] = Math.fma(-Math.rint(r * qInverse), q, r);
        }
    }

    /** {@code a = a + add*w}, reduced; |add| below 2^48. */
    static void addScaled(double[] a, double w, double wOverQ, long[] add, int at, double q, double qInverse) {
        for (int i = 0; i < a.length; i++) {
            double v = add[at + i];
            double h = v * w;
            double l = Math.fma(v, w, -h);
            double r = Math.fma(-Math.rint(v * wOverQ), q, h) + l + a[i];
            a[i] = Math.fma(-Math.rint(r * qInverse), q, r);
        }
    }

    static void reduce(double[] x, double q, double qInverse) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.fma(-Math.rint(x[i] * qInverse), q, x[i]);
        }
    }

    static void add(double[] a, double[] b, double q, double qInverse) {
        for (int i = 0; i < a.length; i++) {
            double s = a[i] + b[i];
            a[i] = Math.fma(-Math.rint(s * qInverse), q, s);
        }
    }

    static void subtract(double[] a, double[] b, double q, double qInverse) {
        for (int i = 0; i < a.length; i++) {
            double s = a[i] - b[i];
            a[i] = Math.fma(-Math.rint(s * qInverse), q, s);
        }
    }

    /** The factor's quotient is known: one multiplication less than {@link #multiply}. Any |a| below 2^52. */
    static void scale(double[] a, double w, double wOverQ, double q, double qInverse) {
        for (int i = 0; i < a.length; i++) {
            double v = a[i];
            double h = v * w;
            double l = Math.fma(v, w, -h);
            double r = Math.fma(-Math.rint(v * wOverQ), q, h) + l;
            a[i] = Math.fma(-Math.rint(r * qInverse), q, r);
        }
    }

    static void multiply(double[] a, double[] b, double q, double qInverse) {
        for (int i = 0; i < a.length; i++) {
            double h = a[i] * b[i];
            double l = Math.fma(a[i], b[i], -h);
            double r = Math.fma(-Math.rint(h * qInverse), q, h) + l;
            a[i] = r;
        }
    }

    /** {@code sum + a*b}, reduced. */
    static void multiplyAdd(double[] sum, double[] a, double[] b, double q, double qInverse) {
        for (int i = 0; i < sum.length; i++) {
            double h = a[i] * b[i];
            double l = Math.fma(a[i], b[i], -h);
            double r = Math.fma(-Math.rint(h * qInverse), q, h) + l + sum[i];
            sum[i] = Math.fma(-Math.rint(r * qInverse), q, r);
        }
    }

    static void accumulate(double[] sum, double[] a, double[] b, double q, double qInverse) {
        for (int i = 0; i < sum.length; i++) {
            double h = a[i] * b[i];
            double l = Math.fma(a[i], b[i], -h);
            sum[i] += Math.fma(-Math.rint(h * qInverse), q, h) + l;
        }
    }
}
