package io.tamis.he.ring;

/**
 * Draws the polynomials of one seed; a polynomial's name separates it from the others of the seed. Everything is
 * repeatable bit for bit: key holders draw again what a platform drew (cut and choose).
 *
 * <p>NOT promised: constant time. Rejections of {@link #uniform} and {@link #ternary} depend on the stream, not on
 * secrets that outlive it, and happen with 2^-15 and 2^-32 at most.
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
        var residues = new long[ring.primes().size()][ring.n()];
        for (int l = 0; l < residues.length; l++) {
            long q = ring.primes().get(l).q();
            try (var prg = new Prg(name, seed, l)) {
                for (int i = 0; i < ring.n(); i++) {
                    long word;
                    do {
                        word = prg.nextLong() >>> (Long.SIZE - Primes.BITS);
                    } while (word >= q);
                    residues[l][i] = word;
                }
            }
        }
        return ring.transformed(residues);
    }

    /** Centred binomial of 21 coin pairs: |e| <= 21, variance 10.5. */
    public SignedPoly centredBinomial(String name) {
        var values = new long[ring.n()];
        try (var prg = new Prg(name, seed, 0)) {
            for (int i = 0; i < values.length; i++) {
                long z = prg.nextLong();
                values[i] = (long) Long.bitCount(z & CBD_MASK) - Long.bitCount(z >>> CBD_BITS & CBD_MASK);
            }
        }
        return SignedPoly.owning(values);
    }

    /** Uniform in {-1, 0, 1}. */
    public SignedPoly ternary(String name) {
        var values = new long[ring.n()];
        try (var prg = new Prg(name, seed, 0)) {
            for (int i = 0; i < values.length; i++) {
                int word;
                do {
                    word = prg.nextInt();
                } while (word == -1);
                values[i] = Integer.toUnsignedLong(word) % 3 - 1;
            }
        }
        return SignedPoly.owning(values);
    }

    /** Uniform in [0, bound), bound at most 2^48: {@code next() >>> (64 - bits of bound - 1)}, rejected at the bound. */
    public SignedPoly below(String name, long bound) {
        if (bound < 1 || bound > SignedPoly.ABS_MAX + 1) {
            throw new IllegalArgumentException("the bound is between 1 and 2^48");
        }
        int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(bound - 1));
        var values = new long[ring.n()];
        try (var prg = new Prg(name, seed, 0)) {
            for (int i = 0; i < values.length; i++) {
                long word;
                do {
                    word = prg.nextLong() >>> (Long.SIZE - bits);
                } while (word >= bound);
                values[i] = word;
            }
        }
        return SignedPoly.owning(values);
    }

    /** Uniform in [-2^bits, 2^bits), bits between 1 and 187: the flood. */
    public WidePoly flood(String name, int bits) {
        int width = bits + 1;
        int count = (width + WidePoly.LIMB_BITS - 1) / WidePoly.LIMB_BITS;
        if (bits < 1 || count > WidePoly.LIMBS_MAX) {
            throw new IllegalArgumentException("a flood has 1 to 187 bits");
        }
        int top = width - (count - 1) * WidePoly.LIMB_BITS;
        var limbs = new long[count][ring.n()];
        try (var prg = new Prg(name, seed, 0)) {
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < ring.n(); i++) {
                    long word = prg.nextLong();
                    // The top limb keeps its sign.
                    limbs[k][i] =
                            k == count - 1 ? word >> (Long.SIZE - top) : word >>> (Long.SIZE - WidePoly.LIMB_BITS);
                }
            }
        }
        return new WidePoly(limbs);
    }
}
