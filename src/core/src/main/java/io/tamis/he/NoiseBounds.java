package io.tamis.he;

import java.math.BigInteger;

/**
 * Worst-case noise of a sum that is to be opened. Nothing of it travels: every reader computes it again from what it counted
 * itself. True of audited key contributions and audited {@code c1} only; a sender who chose an error of 2^98 is outside it.
 *
 * <p>With N contributors to the key, n the degree and 21 the greatest error: a fresh ciphertext has at most
 * {@code 21*(2nN+1)}; a product with a mask of coefficients -1, 0, 1 has n times as much; sums add. The wrap term
 * {@code (N+2)*t} covers the blinding, whose sums pass t up to N times, and {@code Q mod t < t}.
 *
 * @param fresh of one ciphertext
 * @param sum of the whole sum, without wraps
 * @param total B: sum and wraps
 * @param flood F: shares add a uniform integer of [-F, F), the smallest power of two of at least 2^(lambda+1)*n*B
 * @param margin Q/(4t): N*F + B below it is opened exactly, with a further factor of two to the border of rounding
 * @param contributors N
 */
public record NoiseBounds(
        BigInteger fresh, BigInteger sum, BigInteger total, BigInteger flood, BigInteger margin, int contributors) {
    private static final int CONTRIBUTORS_MAX = 64;
    private static final int SUMMED_MAX = 1 << 24;

    /** Bounds of a sum of so many products of a fresh ciphertext with a mask. */
    public static NoiseBounds ofMasked(HeParams params, int contributors, int summed) {
        return of(params, contributors, summed, BigInteger.valueOf(params.n()));
    }

    /** Bounds of a sum of so many fresh ciphertexts. */
    public static NoiseBounds ofPlain(HeParams params, int contributors, int summed) {
        return of(params, contributors, summed, BigInteger.ONE);
    }

    private static NoiseBounds of(HeParams params, int contributors, int summed, BigInteger growth) {
        HeException.require(contributors >= 1 && contributors <= CONTRIBUTORS_MAX);
        HeException.require(summed >= 1 && summed <= SUMMED_MAX);
        var n = BigInteger.valueOf(params.n());
        var fresh = BigInteger.valueOf(HeParams.ERROR_MAX)
                .multiply(n.shiftLeft(1)
                        .multiply(BigInteger.valueOf(contributors))
                        .add(BigInteger.ONE));
        var sum = fresh.multiply(growth).multiply(BigInteger.valueOf(summed));
        var total = sum.add(BigInteger.valueOf(params.t()).multiply(BigInteger.valueOf(contributors + 2L)));
        var least = total.multiply(n).shiftLeft(params.lambda() + 1);
        var flood = BigInteger.ONE.shiftLeft(least.subtract(BigInteger.ONE).bitLength());
        var margin = params.modulus().divide(BigInteger.valueOf(params.t()).shiftLeft(2));
        return new NoiseBounds(fresh, sum, total, flood, margin, contributors);
    }

    /** Whether the sum may be opened: {@code N*F + B < Q/(4t)}. */
    public boolean admitted() {
        return flood.multiply(BigInteger.valueOf(contributors)).add(total).compareTo(margin) < 0;
    }

    /** log2 of F. */
    public int floodBits() {
        return flood.bitLength() - 1;
    }

    /**
     * A whole number d with: the shares of this many openings of a key are at most 2^-d from what a simulator makes of the
     * opened outputs alone, in statistical distance (a union over openings of {@code n*B/(2F) <= 2^-(lambda+2)} each).
     */
    public static int distanceBits(HeParams params, int openings) {
        HeException.require(openings >= 1);
        int roundedUp = Integer.SIZE - Integer.numberOfLeadingZeros(openings - 1);
        return params.lambda() + 2 - roundedUp;
    }

    /**
     * Whether a sum of values, noise included, can be told from its remainder modulo t: {@code |sum| < t/2}.
     *
     * @param magnitudeMax the greatest magnitude of the sum of the values, plus the margin of the noise
     */
    public static boolean plaintextFits(HeParams params, BigInteger magnitudeMax) {
        return magnitudeMax.signum() >= 0 && magnitudeMax.shiftLeft(1).compareTo(BigInteger.valueOf(params.t())) < 0;
    }
}
