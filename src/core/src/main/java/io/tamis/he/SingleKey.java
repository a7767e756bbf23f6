package io.tamis.he;

import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The whole secret key, at a single holder who encrypts its own values: {@code c0 = D*m + e - c1*s} with c1 from a public
 * seed, which travels in c1's place, so that a ciphertext has half the size. The holder reads everything under this key; no
 * slot needs an audit, because nobody else's c1 meets it. Zeroed on closing, prints nothing.
 */
public final class SingleKey implements AutoCloseable {
    private final Bfv scheme;
    private final NttPoly s;
    private boolean closed;

    private SingleKey(Bfv scheme, NttPoly s) {
        this.scheme = Objects.requireNonNull(scheme);
        this.s = s;
    }

    /** The key of this secret seed: the same secret as the key candidate of this seed. */
    public static SingleKey of(Bfv scheme, Seed secret) {
        try (var ternary = new Sampler(scheme.ring(), secret).ternary("s")) {
            return new SingleKey(scheme, scheme.ring().ntt(ternary));
        }
    }

    /**
     * Encrypts {@code header.count()} values.
     *
     * @param header of kind SEEDED; encoding TAGS or BUCKETS
     * @param values coefficients, count of them, each of magnitude at most t/2
     * @param open the fresh seed of c1, which becomes public
     * @param hidden the fresh seed of the error, which must be unrelated to the other
     */
    public Ciphertext encrypt(CipherHeader header, long[] values, Seed open, Seed hidden) {
        requireOpen();
        var ring = scheme.ring();
        try (var plain = Encryptor.plain(scheme, header, values);
                var error = new Sampler(ring, hidden).centredBinomial("e");
                var masked = Ciphertext.expand(scheme, open).multiply(s)) {
            var c0 = scheme.lift(plain).add(ring.lift(error)).toNtt().subtract(masked);
            return Ciphertext.ofSeeded(scheme, header, c0, open);
        }
    }

    /**
     * All coefficients of a sum, from -t/2 to t/2: {@code c0 + c1*s}, rounded. Whoever gets them outside the owner's own
     * process must not have chosen a ciphertext of the sum (IND-CPA-D); noise is the caller's to add before.
     */
    public long[] open(Aggregate sum) {
        requireOpen();
        HeException.require(sum.scheme() == scheme);
        try (var v = sum.c1().copy().multiply(s).add(sum.c0()).toCoefficients()) {
            return scheme.round(v, IntStream.range(0, scheme.params().n()).toArray());
        }
    }

    private void requireOpen() {
        if (closed) {
            // A zeroed secret would hide nothing.
            throw new IllegalStateException("key already closed");
        }
    }

    @Override
    public void close() {
        s.close();
        closed = true;
    }

    @Override
    public String toString() {
        return "SingleKey";
    }
}
