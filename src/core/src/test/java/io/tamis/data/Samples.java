package io.tamis.data;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** Property tests: draws samples from a seed, checks each, and names the seed of the one that failed. */
public final class Samples {
    private Samples() {}

    /** Checks {@code count} samples; sample i is drawn from seed + i alone, so one can be repeated by itself. */
    public static <T> void forAll(long seed, int count, Function<SplittableRandom, T> draw, Consumer<T> check) {
        for (int i = 0; i < count; i++) {
            T sample = draw.apply(new SplittableRandom(seed + i));
            try {
                check.accept(sample);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("fails for seed " + (seed + i), failure);
            }
        }
    }
}
