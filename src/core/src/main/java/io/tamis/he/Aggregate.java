package io.tamis.he;

import io.tamis.data.Hash;
import io.tamis.he.ring.NttPoly;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * A sum of ciphertexts, perhaps each under a mask: what holders open. Server and holders compute it from the same inputs to
 * the same bytes, whatever their order, as residues are exact. A c1 of zero, which everybody could read, is refused.
 */
public final class Aggregate {
    private final Bfv scheme;
    private final NttPoly c0;
    private final NttPoly c1;
    private final int summed;
    private volatile Hash hash;

    /** A sum of so many ciphertexts, whose polynomials nobody changes from now on. */
    public Aggregate(Bfv scheme, NttPoly c0, NttPoly c1, int summed) {
        HeException.require(summed >= 1);
        HeException.accept(!c1.isZero());
        this.scheme = scheme;
        this.c0 = c0;
        this.c1 = c1;
        this.summed = summed;
    }

    /** The sum of ciphertexts of one key, alignment and encoding; none may be there twice, which would break the bounds. */
    public static Aggregate sum(Bfv scheme, List<Ciphertext> ciphertexts) {
        HeException.require(!ciphertexts.isEmpty());
        var seen = new HashSet<Hash>();
        var c0 = scheme.ring().zero();
        var c1 = scheme.ring().zero();
        var first = ciphertexts.getFirst().header();
        for (var ciphertext : ciphertexts) {
            HeException.accept(first.keyEpoch().equals(ciphertext.header().keyEpoch())
                    && first.encoding() == ciphertext.header().encoding()
                    && seen.add(ciphertext.hash()));
            c0.add(ciphertext.c0());
            c1.add(ciphertext.c1());
        }
        return new Aggregate(scheme, c0, c1, ciphertexts.size());
    }

    /** Reads a body of exactly the parameters' length. */
    public static Aggregate read(Bfv scheme, byte[] body, int summed) {
        HeException.require(summed >= 1);
        HeException.accept(body.length == scheme.params().bodyBytes(CipherKind.PUBLIC_KEY));
        return new Aggregate(
                scheme,
                scheme.unpack(body, 0),
                scheme.unpack(body, scheme.params().polynomialBytes()),
                summed);
    }

    /** c0 and c1, packed. */
    public byte[] body() {
        byte[] first = scheme.pack(c0);
        byte[] second = scheme.pack(c1);
        byte[] body = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, body, first.length, second.length);
        return body;
    }

    /** SHA-256 of the tuple (tamis-aggregate-v1, body). */
    public Hash hash() {
        Hash known = hash;
        if (known == null) {
            known = Tuple.of("tamis-aggregate-v1").bytes(body()).sha256();
            hash = known;
        }
        return known;
    }

    /** How many ciphertexts it is a sum of. */
    public int summed() {
        return summed;
    }

    /** The scheme. */
    public Bfv scheme() {
        return scheme;
    }

    /** c0, not to be changed. */
    public NttPoly c0() {
        return c0;
    }

    /** c1, not to be changed. */
    public NttPoly c1() {
        return c1;
    }

    @Override
    public String toString() {
        return "Aggregate";
    }
}
