package io.tamis.he.ring;

import java.util.Arrays;

/**
 * Draws the polynomials of one seed; a polynomial's name separates it from the others of the seed. Everything is
 * repeatable bit for bit: key holders draw again what a platform drew (cut and choose).
 *
 * <p>Words are drawn into a flat array first and turned into values by one plain loop; a rejected word is left out, and
 * what is missing at the end is drawn on from the same stream.
 *
 * <p>NOT promised: constant time. Rejections depend on the stream, not on secrets that outlive it, and are rare.
 */
public final class Sampler {
    private static final int CBD_BITS = 21;
    private static final long CBD_MASK = (1L << CBD_BITS) - 1;

    private final Ring ring;
    private final Seed seed;

    /** The caller closes the seed. */
    public Sampler(Ring ring, Seed seed) {
        this.ring = ring;
        this.seed = seed;
    }

    /** Uniform in the whole ring, in transformed form: per prime {@code next() >>> 15}, rejected at q and above. */
    public NttPoly uniform(String name) {
        var residues = new long[ring.primes().size()][];
        for (int l = 0; l < residues.length; l++) {
            residues[l] = bounded(name, l, Primes.BITS, ring.primes().get(l).q());
        }
        return ring.transformed(residues);
    }

    /** Centred binomial of 21 coin pairs: |e| <= 21, variance 10.5. */
    public SignedPoly centredBinomial(String name) {
        var values = new long[ring.n()];
        try (var prg = new Prg(name, seed, 0)) {
            prg.fill(values);
        }
        toBinomial(values);
        return SignedPoly.owning(values);
    }

    /** Uniform in {-1, 0, 1}: 32 bits modulo 3, with 2^32 - 1 rejected. */
    public SignedPoly ternary(String name) {
        var values = new long[ring.n()];
        var words = new int[ring.n()];
        try (var prg = new Prg(name, seed, 0)) {
            for (int filled = 0; filled < values.length; ) {
                prg.fill(words);
                filled = toTernary(words, values, filled);
                Arrays.fill(words, 0);
            }
        }
        return SignedPoly.owning(values);
    }

    /** Uniform in [0, bound), bound 1 to 2^48: the top bits of a word, as many as bound - 1 has, rejected at the bound. */
    public SignedPoly below(String name, long bound) {
        if (bound < 1 || bound > SignedPoly.ABS_MAX + 1) {
            throw new IllegalArgumentException("the bound is between 1 and 2^48");
        }
        int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(bound - 1));
        return SignedPoly.owning(bounded(name, 0, bits, bound));
    }

    /** Uniform in [-2^bits, 2^bits), bits between 1 and 187: the flood. Limb by limb, low first, a word each. */
    public WidePoly flood(String name, int bits) {
        int width = bits + 1;
        int count = (width + WidePoly.LIMB_BITS - 1) / WidePoly.LIMB_BITS;
        if (bits < 1 || count > WidePoly.LIMBS_MAX) {
            throw new IllegalArgumentException("a flood has 1 to 187 bits");
        }
        var limbs = new long[count][ring.n()];
        try (var prg = new Prg(name, seed, 0)) {
            for (long[] limb : limbs) {
                prg.fill(limb);
            }
        }
        for (int k = 0; k < count - 1; k++) {
            shift(limbs[k], Long.SIZE - WidePoly.LIMB_BITS);
        }
        // The top limb keeps its sign.
        shiftSigned(limbs[count - 1], Long.SIZE - (width - (count - 1) * WidePoly.LIMB_BITS));
        return new WidePoly(limbs);
    }

    private long[] bounded(String name, int index, int bits, long bound) {
        var values = new long[ring.n()];
        try (var prg = new Prg(name, seed, index)) {
            prg.fill(values);
            shift(values, Long.SIZE - bits);
            int kept = keepBelow(values, values.length, bound);
            // Exactly as many words as are missing: the same values as a loop that draws one by one.
            while (kept < values.length) {
                var more = new long[values.length - kept];
                prg.fill(more);
                shift(more, Long.SIZE - bits);
                int count = keepBelow(more, more.length, bound);
                System.arraycopy(more, 0, values, kept, count);
                kept += count;
            }
        }
        return values;
    }

    private static void toBinomial(long[] z) {
        for (int i = 0; i < z.length; i++) {
            z[i] = (long) Long.bitCount(z[i] & CBD_MASK) - Long.bitCount(z[i] >>> CBD_BITS & CBD_MASK);
        }
    }

    private static int toTernary(int[] words, long[] values, int from) {
        int filled = from;
        for (int i = 0; i < words.length && filled < values.length; i++) {
            if (words[i] != -1) {
                values[filled++] = Integer.toUnsignedLong(words[i]) % 3 - 1;
            }
        }
        return filled;
    }

    private static void shift(long[] words, int by) {
        for (int i = 0; i < words.length; i++) {
            words[i] >>>= by;
        }
    }

    private static void shiftSigned(long[] words, int by) {
        for (int i = 0; i < words.length; i++) {
            words[i] >>= by;
        }
    }

    /** Moves what is below the bound to the front, in order; how many. */
    private static int keepBelow(long[] words, int count, long bound) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            words[kept] = words[i];
            kept += words[i] < bound ? 1 : 0;
        }
        return kept;
    }
}
