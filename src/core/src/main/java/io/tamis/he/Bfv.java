package io.tamis.he;

import io.tamis.data.Hash;
import io.tamis.he.ring.CoefficientPoly;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Packing;
import io.tamis.he.ring.Ring;
import io.tamis.he.ring.RnsConstant;
import io.tamis.he.ring.SignedPoly;
import io.tamis.he.ring.WidePoly;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The scheme under given parameters: Brakerski 2012 and Fan and Vercauteren (eprint 2012/144) with residues by primes. A
 * plaintext m is lifted to {@code D*m}, {@code D = floor(Q/t)}; {@code c0 + c1*s} is D*m plus noise. Holds tables of some
 * megabytes; make one and share it, it is immutable.
 *
 * <p>Assumption: ring-LWE with ternary secrets. NOT promised: secrecy against whoever learns decryptions that depend on the
 * noise (IND-CPA-D): nothing here hands out a raw decryption, only sums opened by shares with flooding.
 */
public final class Bfv {
    /** Beyond it a double no longer tells multiples of 1/t from their neighbours with a quarter to spare. */
    private static final long DOUBLE_PLAIN_MAX = 1L << 40;

    private final HeParams params;
    private final Hash paramsId;
    private final Ring ring;
    private final Packing packing;
    private final RnsConstant delta;
    private final RnsConstant cofactorInverses;

    private Bfv(HeParams params) {
        HeException.require(params.t() <= DOUBLE_PLAIN_MAX);
        this.params = params;
        paramsId = params.paramsId();
        ring = Ring.of(params.n(), params.primes());
        packing = new Packing(ring);
        delta = ring.constant(params.delta());
        var inverses = new long[params.primes().size()];
        for (int l = 0; l < inverses.length; l++) {
            var q = BigInteger.valueOf(params.primes().get(l).q());
            inverses[l] = params.modulus().divide(q).modInverse(q).longValueExact();
        }
        cofactorInverses = ring.constant(inverses);
    }

    /** The scheme under these parameters. */
    public static Bfv of(HeParams params) {
        return new Bfv(params);
    }

    /** The parameters. */
    public HeParams params() {
        return params;
    }

    /** Their id. */
    public Hash paramsId() {
        return paramsId;
    }

    /** The ring of ciphertexts, for this package's neighbours. */
    public Ring ring() {
        return ring;
    }

    /** {@link HeParams#polynomialBytes()} bytes. */
    public byte[] pack(NttPoly poly) {
        return packing.pack(poly);
    }

    /** Reads a packed polynomial; refused when too few bytes are left or a residue is not below its prime. */
    public NttPoly unpack(byte[] bytes, int offset) {
        return unpacked(bytes, offset).orElseThrow(HeException::rejected);
    }

    /**
     * As {@link #unpack}, but empty for a residue that is not below its prime: who reads several polynomials reads them all
     * before it refuses, so that the time does not tell which one it was.
     */
    public Optional<NttPoly> unpacked(byte[] bytes, int offset) {
        HeException.accept(offset >= 0 && bytes.length - offset >= params.polynomialBytes());
        return packing.unpack(bytes, offset);
    }

    /** As {@link #unpacked}, and empty for zero too: what everybody could read. */
    public Optional<NttPoly> unpackedNonZero(byte[] bytes, int offset) {
        HeException.accept(offset >= 0 && bytes.length - offset >= params.polynomialBytes());
        return packing.unpackNonZero(bytes, offset);
    }

    /** {@code D*m} by coefficients; m is n coefficients of magnitude at most t/2 (or below t, for blinding). */
    public CoefficientPoly lift(SignedPoly m) {
        return ring.lift(m).scale(delta);
    }

    /** {@code NTT(D*m + error)}; m is n coefficients of magnitude at most t/2. */
    public NttPoly transformed(SignedPoly m, SignedPoly error) {
        return ring.ntt(m, delta, error);
    }

    /** {@code NTT(flood + D*g)}, which hides a share; g is n coefficients below t. */
    public NttPoly transformed(WidePoly flood, SignedPoly g) {
        return ring.ntt(flood, g, delta);
    }

    /**
     * The plaintext coefficients nearest to a decrypted polynomial, centred: from -t/2 to t/2. Changes the operand.
     * By residues: {@code x_l = v_l*(Q/q_l)^-1 mod q_l}, {@code f = sum x_l/q_l mod 1}, {@code m = rint(f*t)}. Doubles are
     * off by less than 2^-11 for t up to 2^40, and noise within its bounds leaves half a unit's half.
     *
     * @param coefficients which, each from 0 to n-1
     */
    public long[] round(CoefficientPoly v, int[] coefficients) {
        v.scale(cofactorInverses);
        var fractions = new double[coefficients.length];
        for (int l = 0; l < params.primes().size(); l++) {
            long[] residues = v.residues(l);
            double q = params.primes().get(l).q();
            for (int i = 0; i < coefficients.length; i++) {
                fractions[i] += residues[coefficients[i]] / q;
            }
        }
        var plain = new long[coefficients.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (long) Math.rint((fractions[i] - Math.rint(fractions[i])) * params.t());
        }
        return plain;
    }
}
