package io.tamis.synthetic;

/**
 * Counter-based draws of one sequence of one person (a SplitMix64 finaliser over seed, person and stream): element k is a
 * function of its number, so persons can be made in any order and by any number of threads. Good for statistics, worthless
 * for secrets.
 *
 * <p>Bits are the same on every machine: integers; IEEE 754 operations, which Java 17 and later evaluate strictly; and
 * {@link StrictMath} (fdlibm) for log, pow and cbrt, never {@link Math}, whose last bit may differ by processor.
 */
final class Draws {
    /** A rejection method that needs this many attempts is a mistake: each takes one in two or better. */
    private static final int ATTEMPTS_MAX = 1_000;

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long STREAM_STEP = 0xd1342543de82ef95L;
    private static final double UNIT = 0x1p-53;

    private final long person;
    private long at;

    /** The sequence of a person's key from this stream on. */
    Draws(long personKey, long from) {
        this.person = personKey;
        this.at = from;
    }

    /** The finaliser of SplitMix64: a permutation of 64 bits. */
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** What all draws of person {@code index} begin from. */
    static long personKey(Seed seed, long index) {
        return mix(seed.value() + GOLDEN * index);
    }

    /** 64 bits of a stream. */
    static long bits(long personKey, long stream) {
        return mix(personKey + STREAM_STEP * stream);
    }

    /** A number of [0, 1), a multiple of 2^-53. */
    static double unit(long personKey, long stream) {
        return (bits(personKey, stream) >>> 11) * UNIT;
    }

    /** The next number of [0, 1). */
    double unit() {
        return unit(person, at++);
    }

    /** A whole number of 0 to {@code bound - 1}; its bias, under bound / 2^53, is nothing a test could see. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    /** Exponential of mean one, by inversion. */
    double exponential() {
        return -StrictMath.log(1 - unit());
    }

    /** Standard normal (Marsaglia's polar method; the second number is thrown away, so that nothing is carried along). */
    double normal() {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            double x = 2 * unit() - 1;
            double y = 2 * unit() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
        throw new IllegalStateException("the polar method does not end");
    }

    /** Gamma of this shape and scale one (Marsaglia and Tsang 2000; a shape below one by their section 6). */
    double gamma(double shape) {
        if (shape < 1) {
            double boosted = gamma(shape + 1);
            return boosted * StrictMath.pow(1 - unit(), 1 / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / StrictMath.sqrt(9 * d);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            double x = normal();
            double cube = 1 + c * x;
            double v = cube * cube * cube;
            if (v > 0 && StrictMath.log(1 - unit()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
        throw new IllegalStateException("the gamma sampler does not end");
    }
}
