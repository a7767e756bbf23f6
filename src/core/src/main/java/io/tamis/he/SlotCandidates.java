package io.tamis.he;

import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import java.util.Objects;

/**
 * The half of a ciphertext that meets the secret key, from a slot's seed alone: {@code c1 = a*u + e1}, u ternary and e1
 * from CBD(21), both drawn from the seed. Platform and auditing holders compute it bit for bit alike (cut and choose): a
 * sender who could choose c1 would read the collective key from one opening.
 */
public final class SlotCandidates {
    private final CollectiveKey key;

    /** Candidates under this key. */
    public SlotCandidates(CollectiveKey key) {
        this.key = Objects.requireNonNull(key);
    }

    /** Bytes of a candidate. */
    public int length() {
        return key.scheme().params().polynomialBytes();
    }

    /** The packed c1 of this seed, {@link #length()} bytes. */
    public byte[] c1(Seed slot) {
        try (var u = ephemeral(slot)) {
            return key.scheme().pack(polynomial(slot, u));
        }
    }

    /** u, transformed: both halves of a ciphertext need it. */
    NttPoly ephemeral(Seed slot) {
        var ring = key.scheme().ring();
        try (var u = new Sampler(ring, slot).ternary("u")) {
            return ring.ntt(u);
        }
    }

    NttPoly polynomial(Seed slot, NttPoly u) {
        var ring = key.scheme().ring();
        try (var e1 = new Sampler(ring, slot).centredBinomial("e1")) {
            return ring.ntt(e1).multiplyAdd(u, key.a());
        }
    }
}
