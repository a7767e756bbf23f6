package io.tamis.he.ring;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Z_Q[X]/(X^n + 1) with Q a product of primes, kept modulo each of them. Makes the polynomials that live in it; holds
 * tables of some n*60 bytes a prime, so make one and share it. Immutable.
 */
public final class Ring {
    /** More primes than any profile has. */
    public static final int PRIMES_MAX = 8;

    private final Shape shape;
    private final List<Prime> primes;
    private final List<Kernel> kernels;
    private final BigInteger modulus;

    private Ring(int n, List<Prime> primes, KernelChoice choice) {
        shape = Shape.of(n);
        this.primes = List.copyOf(primes);
        if (primes.isEmpty() || primes.size() > PRIMES_MAX) {
            throw new IllegalArgumentException("a ring has 1 to " + PRIMES_MAX + " primes");
        }
        if (primes.stream().mapToLong(Prime::q).distinct().count() != primes.size()) {
            throw new IllegalArgumentException("a prime appears twice");
        }
        kernels = this.primes.stream()
                .map(prime -> choice.kernelFor(new Tables(prime, shape)))
                .toList();
        modulus = this.primes.stream()
                .map(prime -> BigInteger.valueOf(prime.q()))
                .reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /**
     * The ring of dimension n (a power of two, 16 to 32,768) modulo these primes, whose roots are primitive 2n-th ones,
     * computed with the kernel of this process.
     */
    public static Ring of(int n, List<Prime> primes) {
        return of(n, primes, KernelChoice.current());
    }

    /** The same with a given kernel: both give the same residues. */
    public static Ring of(int n, List<Prime> primes, KernelChoice choice) {
        return new Ring(n, primes, choice);
    }

    /** The dimension: a polynomial has so many coefficients. */
    public int n() {
        return shape.n();
    }

    /** The primes in their order. */
    public List<Prime> primes() {
        return primes;
    }

    /** Q, the product of the primes. */
    public BigInteger modulus() {
        return modulus;
    }

    /** An integer modulo each prime. */
    public RnsConstant constant(BigInteger value) {
        return new RnsConstant(primes.stream()
                .mapToLong(prime -> value.mod(BigInteger.valueOf(prime.q())).longValueExact())
                .toArray());
    }

    /** A constant with another residue for each prime: in [0, q), in the primes' order. */
    public RnsConstant constant(long[] residues) {
        if (residues.length != primes.size()
                || IntStream.range(0, residues.length)
                        .anyMatch(l ->
                                residues[l] < 0 || residues[l] >= primes.get(l).q())) {
            throw new IllegalArgumentException("not a residue for each prime");
        }
        return new RnsConstant(residues.clone());
    }

    /** Zero, in transformed form. */
    public NttPoly zero() {
        return new NttPoly(this, transformedRows());
    }

    /** Small signed coefficients, modulo every prime. */
    public CoefficientPoly lift(SignedPoly poly) {
        requireDimension(poly.n());
        double[][][] rows = coefficientRows();
        for (int l = 0; l < rows.length; l++) {
            kernels.get(l).load(poly.coefficients, rows[l]);
        }
        return new CoefficientPoly(this, rows);
    }

    /** Wide signed coefficients, modulo every prime: the limbs are folded with {@code 2^47 mod q}. */
    public CoefficientPoly lift(WidePoly poly) {
        requireDimension(poly.n());
        double[][][] rows = coefficientRows();
        for (int l = 0; l < rows.length; l++) {
            fold(poly, l, rows[l]);
        }
        return new CoefficientPoly(this, rows);
    }

    /** Transformed small coefficients. */
    public NttPoly ntt(SignedPoly poly) {
        requireDimension(poly.n());
        return forward((l, x) -> kernels.get(l).load(poly.coefficients, x));
    }

    /** Transformed {@code poly*factor + addend}: what an encryption makes of a plaintext and an error. */
    public NttPoly ntt(SignedPoly poly, RnsConstant factor, SignedPoly addend) {
        requireDimension(poly.n());
        requireDimension(addend.n());
        return forward((l, x) -> {
            kernels.get(l).load(poly.coefficients, x);
            kernels.get(l).fold(x, factor.residues[l], addend.coefficients);
        });
    }

    /** Transformed wide coefficients. */
    public NttPoly ntt(WidePoly poly) {
        requireDimension(poly.n());
        return forward((l, x) -> fold(poly, l, x));
    }

    /** Transformed {@code wide + poly*factor}: what hides a share. */
    public NttPoly ntt(WidePoly wide, SignedPoly poly, RnsConstant factor) {
        requireDimension(wide.n());
        requireDimension(poly.n());
        return forward((l, x) -> {
            fold(wide, l, x);
            kernels.get(l).addScaled(x, factor.residues[l], poly.coefficients);
        });
    }

    /** From canonical coefficients {@code [prime][i]}, each in [0, q); others are an error of the caller. */
    public CoefficientPoly coefficients(long[][] residues) {
        requireCanonical(residues);
        double[][][] rows = coefficientRows();
        for (int l = 0; l < rows.length; l++) {
            Residues.toCoefficients(residues[l], rows[l]);
            kernels.get(l).reduce(rows[l]);
        }
        return new CoefficientPoly(this, rows);
    }

    /** From canonical transformed residues {@code [prime][i]} in bit-reversed order, each in [0, q). */
    public NttPoly transformed(long[][] residues) {
        requireCanonical(residues);
        double[][][] rows = transformedRows();
        for (int l = 0; l < rows.length; l++) {
            Residues.toTransformed(residues[l], rows[l]);
            kernels.get(l).reduce(rows[l]);
        }
        return new NttPoly(this, rows);
    }

    /** {@code sum a_i * b_i} over lists of one length, reduced as seldom as is exact. */
    public NttPoly sumOfProducts(List<NttPoly> a, List<NttPoly> b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException("the lists have different lengths");
        }
        NttPoly sum = zero();
        for (int i = 0; i < a.size(); i++) {
            sum.requireSameRing(a.get(i));
            sum.requireSameRing(b.get(i));
            boolean reduce = i % Kernel.LAZY_ADDITIONS_MAX == Kernel.LAZY_ADDITIONS_MAX - 1 || i == a.size() - 1;
            for (int l = 0; l < kernels.size(); l++) {
                kernels.get(l).accumulate(sum.rows[l], a.get(i).rows[l], b.get(i).rows[l]);
                if (reduce) {
                    kernels.get(l).reduce(sum.rows[l]);
                }
            }
        }
        return sum;
    }

    Kernel kernel(int prime) {
        return kernels.get(prime);
    }

    NttPoly forward(CoefficientPoly poly) {
        return forward((l, x) -> copy(poly.rows[l], x));
    }

    CoefficientPoly inverse(NttPoly poly) {
        double[][][] rows = coefficientRows();
        double[][] scratch = shape.transformed();
        double[][] between = shape.between();
        for (int l = 0; l < rows.length; l++) {
            copy(poly.rows[l], scratch);
            kernels.get(l).inverse(scratch, between, rows[l]);
        }
        zero(scratch);
        zero(between);
        return new CoefficientPoly(this, rows);
    }

    /** Fills coefficient rows of one prime. */
    private interface Filling {
        void fill(int prime, double[][] x);
    }

    /** Prime after prime through the same rows, which stay in the cache, and are zeroed at the end: they may be secret. */
    private NttPoly forward(Filling filling) {
        double[][][] rows = transformedRows();
        double[][] scratch = shape.coefficients();
        double[][] between = shape.between();
        for (int l = 0; l < rows.length; l++) {
            filling.fill(l, scratch);
            kernels.get(l).forward(scratch, between, rows[l]);
        }
        zero(scratch);
        zero(between);
        return new NttPoly(this, rows);
    }

    private void fold(WidePoly poly, int l, double[][] x) {
        int top = poly.limbs.length - 1;
        long factor = (1L << WidePoly.LIMB_BITS) % primes.get(l).q();
        kernels.get(l).load(poly.limbs[top], x);
        for (int k = top - 1; k >= 0; k--) {
            kernels.get(l).fold(x, factor, poly.limbs[k]);
        }
    }

    private static void copy(double[][] from, double[][] to) {
        for (int r = 0; r < from.length; r++) {
            System.arraycopy(from[r], 0, to[r], 0, from[r].length);
        }
    }

    private static void zero(double[][] rows) {
        for (double[] row : rows) {
            Arrays.fill(row, 0);
        }
    }

    private double[][][] coefficientRows() {
        return IntStream.range(0, primes.size())
                .mapToObj(l -> shape.coefficients())
                .toArray(double[][][]::new);
    }

    private double[][][] transformedRows() {
        return IntStream.range(0, primes.size())
                .mapToObj(l -> shape.transformed())
                .toArray(double[][][]::new);
    }

    private void requireDimension(int n) {
        if (n != shape.n()) {
            throw new IllegalArgumentException("the polynomial has another dimension");
        }
    }

    private void requireCanonical(long[][] residues) {
        if (residues.length != primes.size()) {
            throw new IllegalArgumentException("residues for each prime are needed");
        }
        for (int l = 0; l < residues.length; l++) {
            requireDimension(residues[l].length);
            long q = primes.get(l).q();
            for (long residue : residues[l]) {
                if (residue < 0 || residue >= q) {
                    throw new IllegalArgumentException("a residue is not in [0, q)");
                }
            }
        }
    }
}
