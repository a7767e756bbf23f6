package io.tamis.data;

import java.util.SplittableRandom;

/** NOT random: the same seed gives the same bytes. For tests, so that a failure can be repeated. */
public final class PredictableRandom implements RandomSource {
    private final SplittableRandom bits;

    /** The bytes that belong to this seed. */
    public PredictableRandom(long seed) {
        bits = new SplittableRandom(seed);
    }

    @Override
    public synchronized void fill(byte[] bytes) {
        bits.nextBytes(bytes);
    }
}
