package io.tamis.privacy;

import io.tamis.data.RandomSource;
import java.util.SplittableRandom;

/** Repeatable bits for statistical tests. Anyone who knows the seed removes the noise: never outside src/test. */
final class InsecureSeededRandom implements RandomSource {
    private final SplittableRandom random;

    InsecureSeededRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    static SecureBits bits(long seed) {
        return new SecureBits(new InsecureSeededRandom(seed));
    }
}
