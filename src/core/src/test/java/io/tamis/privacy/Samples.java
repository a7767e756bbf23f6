package io.tamis.privacy;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/** Our property helper: many seeded samples, the seed of a failing one in the message. */
final class Samples {
    private Samples() {}

    static <T> void forAll(long seed, int cases, Function<SplittableRandom, T> generator, Consumer<T> check) {
        for (int i = 0; i < cases; i++) {
            long own = seed + i;
            T sample = generator.apply(new SplittableRandom(own));
            try {
                check.accept(sample);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("sample of seed " + own + ": " + failure.getMessage(), failure);
            }
        }
    }
}
