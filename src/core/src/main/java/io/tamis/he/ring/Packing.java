package io.tamis.he.ring;

import java.util.Objects;
import java.util.Optional;

/**
 * Polynomials as bytes: prime by prime, n residues of 49 bits in bit-reversed order of the transformed form, least
 * significant bit first. Each value has one encoding, and a reader refuses every other.
 */
public final class Packing {
    private static final long MASK = (1L << Primes.BITS) - 1;

    private final Ring ring;

    /** For a ring whose primes are below 2^49. */
    public Packing(Ring ring) {
        if (ring.primes().stream().anyMatch(prime -> prime.q() > MASK)) {
            throw new IllegalArgumentException("a residue does not fit 49 bits");
        }
        this.ring = ring;
    }

    /** Bytes of one polynomial: {@code primes * n * 49 / 8}, whole because n is a multiple of 8. */
    public int bytes() {
        return ring.primes().size() * bytesPerPrime();
    }

    /** The encoding. */
    public byte[] pack(NttPoly poly) {
        if (poly.ring() != ring) {
            throw new IllegalArgumentException("the polynomial is of another ring");
        }
        var packed = new byte[bytes()];
        for (int l = 0; l < ring.primes().size(); l++) {
            long[] residues = poly.residues(l);
            int at = l * bytesPerPrime();
            long pending = 0;
            int bits = 0;
            for (long residue : residues) {
                pending |= residue << bits;
                bits += Primes.BITS;
                // Up to 7 bits stay from before: 56 in all, so that nothing is shifted out.
                while (bits >= Byte.SIZE) {
                    packed[at++] = (byte) pending;
                    pending >>>= Byte.SIZE;
                    bits -= Byte.SIZE;
                }
            }
        }
        return packed;
    }

    /**
     * Reads {@link #bytes()} bytes from {@code offset}; empty when a residue is not below its prime. The caller has
     * checked the length. A bad residue does not end the reading: how long a refusal takes does not tell where it was.
     */
    public Optional<NttPoly> unpack(byte[] packed, int offset) {
        Objects.checkFromIndexSize(offset, bytes(), packed.length);
        var residues = new long[ring.primes().size()][ring.n()];
        boolean wellFormed = true;
        for (int l = 0; l < residues.length; l++) {
            int at = offset + l * bytesPerPrime();
            long q = ring.primes().get(l).q();
            long pending = 0;
            int bits = 0;
            for (int i = 0; i < ring.n(); i++) {
                while (bits < Primes.BITS) {
                    pending |= (packed[at++] & 0xFFL) << bits;
                    bits += Byte.SIZE;
                }
                long residue = pending & MASK;
                pending >>>= Primes.BITS;
                bits -= Primes.BITS;
                wellFormed &= residue < q;
                residues[l][i] = residue < q ? residue : 0;
            }
        }
        var poly = ring.transformed(residues);
        return wellFormed ? Optional.of(poly) : Optional.empty();
    }

    private int bytesPerPrime() {
        return ring.n() / Byte.SIZE * Primes.BITS;
    }
}
