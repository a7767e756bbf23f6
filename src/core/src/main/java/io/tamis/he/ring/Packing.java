package io.tamis.he.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;

/**
 * Polynomials as bytes: prime by prime, n residues of 49 bits in bit-reversed order of the transformed form, least
 * significant bit first. Each value has one encoding, and a reader refuses every other.
 */
public final class Packing {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
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
            pack(poly.residues(l), packed, l * bytesPerPrime());
        }
        return packed;
    }

    /**
     * Reads {@link #bytes()} bytes from {@code offset}; empty when a residue is not below its prime. The caller has
     * checked the length. What is wrong does not change how long it takes: all is read before anything is judged.
     */
    public Optional<NttPoly> unpack(byte[] packed, int offset) {
        return unpack(packed, offset, true);
    }

    /** As {@link #unpack}, and empty for the zero polynomial too, in the same time. */
    public Optional<NttPoly> unpackNonZero(byte[] packed, int offset) {
        return unpack(packed, offset, false);
    }

    private Optional<NttPoly> unpack(byte[] packed, int offset, boolean zeroToo) {
        Objects.checkFromIndexSize(offset, bytes(), packed.length);
        var residues = new long[ring.primes().size()][ring.n()];
        long outside = 0;
        long any = 0;
        for (int l = 0; l < residues.length; l++) {
            unpack(packed, offset + l * bytesPerPrime(), residues[l]);
            outside |= outside(residues[l], ring.primes().get(l).q());
            any |= any(residues[l]);
        }
        // What is refused is transformed as well, as zeros: else the time would tell a bad residue from a bad sum.
        long keep = ~(outside >> 63);
        for (long[] ofPrime : residues) {
            keepOnly(ofPrime, keep);
        }
        var poly = ring.transformed(residues);
        return outside < 0 || (any == 0 && !zeroToo) ? Optional.empty() : Optional.of(poly);
    }

    /** Eight residues are 49 bytes: six words and a byte. */
    private static void pack(long[] residues, byte[] packed, int from) {
        int at = from;
        for (int i = 0; i < residues.length; i += Byte.SIZE) {
            long b = residues[i + 1];
            long c = residues[i + 2];
            long d = residues[i + 3];
            long f = residues[i + 5];
            long g = residues[i + 6];
            long h = residues[i + 7];
            WORDS.set(packed, at, residues[i] | (b << 49));
            WORDS.set(packed, at + 8, (b >>> 15) | (c << 34));
            WORDS.set(packed, at + 16, (c >>> 30) | (d << 19));
            WORDS.set(packed, at + 24, (d >>> 45) | (residues[i + 4] << 4) | (f << 53));
            WORDS.set(packed, at + 32, (f >>> 11) | (g << 38));
            WORDS.set(packed, at + 40, (g >>> 26) | (h << 23));
            packed[at + 48] = (byte) (h >>> 41);
            at += Primes.BITS;
        }
    }

    private static void unpack(byte[] packed, int from, long[] residues) {
        int at = from;
        for (int i = 0; i < residues.length; i += Byte.SIZE) {
            long u = (long) WORDS.get(packed, at);
            long v = (long) WORDS.get(packed, at + 8);
            long w = (long) WORDS.get(packed, at + 16);
            long x = (long) WORDS.get(packed, at + 24);
            long y = (long) WORDS.get(packed, at + 32);
            long z = (long) WORDS.get(packed, at + 40);
            residues[i] = u & MASK;
            residues[i + 1] = ((u >>> 49) | (v << 15)) & MASK;
            residues[i + 2] = ((v >>> 34) | (w << 30)) & MASK;
            residues[i + 3] = ((w >>> 19) | (x << 45)) & MASK;
            residues[i + 4] = (x >>> 4) & MASK;
            residues[i + 5] = ((x >>> 53) | (y << 11)) & MASK;
            residues[i + 6] = ((y >>> 38) | (z << 26)) & MASK;
            residues[i + 7] = ((z >>> 23) | ((packed[at + 48] & 0xFFL) << 41)) & MASK;
            at += Primes.BITS;
        }
    }

    /** Negative when a residue is not below q. */
    private static long outside(long[] residues, long q) {
        long outside = 0;
        for (long residue : residues) {
            outside |= q - 1 - residue;
        }
        return outside;
    }

    /** Zero when all residues are. */
    private static long any(long[] residues) {
        long any = 0;
        for (long residue : residues) {
            any |= residue;
        }
        return any;
    }

    private static void keepOnly(long[] residues, long mask) {
        for (int i = 0; i < residues.length; i++) {
            residues[i] &= mask;
        }
    }

    private int bytesPerPrime() {
        return ring.n() / Byte.SIZE * Primes.BITS;
    }
}
