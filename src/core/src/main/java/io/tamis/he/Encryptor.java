package io.tamis.he;

import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import io.tamis.he.ring.SignedPoly;
import java.util.Arrays;
import java.util.Objects;

/**
 * Encrypts under a collective key: {@code c0 = b*u + e0 + D*m}, {@code c1 = a*u + e1}; u and e1 from the slot's audited
 * seed, e0 from a seed of its own.
 *
 * <p>The caller must use a slot's seed for one list of values and an e0 seed with one ciphertext: one u for two gives the
 * difference of their values to everybody.
 */
public final class Encryptor {
    private final Bfv scheme;
    private final CollectiveKey key;
    private final SlotCandidates candidates;

    /** Encrypts under this key. */
    public Encryptor(CollectiveKey key) {
        this.key = Objects.requireNonNull(key);
        scheme = key.scheme();
        candidates = new SlotCandidates(key);
    }

    /**
     * Encrypts {@code header.count()} values.
     *
     * @param header of kind PUBLIC_KEY; encoding TAGS or BUCKETS
     * @param values coefficients, count of them, each of magnitude at most t/2
     * @param slot the audited seed of u and e1
     * @param e0 the fresh seed of e0
     */
    public Ciphertext encrypt(CipherHeader header, long[] values, Seed slot, Seed e0) {
        var ring = scheme.ring();
        try (var u = candidates.ephemeral(slot);
                var plain = plain(scheme, header, values);
                var error = new Sampler(ring, e0).centredBinomial("e0")) {
            var c0 = scheme.transformed(plain, error).multiplyAdd(u, key.b());
            return Ciphertext.ofPair(scheme, header, c0, candidates.polynomial(slot, u));
        }
    }

    static SignedPoly plain(Bfv scheme, CipherHeader header, long[] values) {
        HeException.require(header.encoding() != Encoding.SLOTS && values.length == header.count());
        long half = scheme.params().t() / 2;
        for (long value : values) {
            HeException.require(value <= half && value >= -half);
        }
        return SignedPoly.taking(Arrays.copyOf(values, scheme.params().n()));
    }
}
