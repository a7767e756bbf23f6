package io.tamis.privacy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** The noise of production: exact samplers over secret bits. Releases may share one: a draw is made under a lock. */
public final class ExactNoise implements Noise {
    private final SecureBits bits;
    private final Map<Spread, LongSupplier> samplers = new HashMap<>();

    /** Noise from these bits. */
    public ExactNoise(SecureBits bits) {
        this.bits = Objects.requireNonNull(bits);
    }

    @Override
    public synchronized long draw(Spread spread) {
        if (samplers.size() > KernelSpec.MEASURES_MAX) {
            samplers.clear();
        }
        return samplers.computeIfAbsent(spread, this::sampler).getAsLong();
    }

    private LongSupplier sampler(Spread spread) {
        return switch (spread) {
            case GaussianVariance variance -> new DiscreteGaussian(bits, variance)::draw;
            case LaplaceScale scale -> new DiscreteLaplace(bits, scale)::draw;
            case SpreadSum(Spread each, int draws) -> summed(sampler(each), draws);
        };
    }

    private static LongSupplier summed(LongSupplier each, int draws) {
        return () -> {
            long sum = 0;
            for (int draw = 0; draw < draws; draw++) {
                sum = PartialSums.add(sum, each.getAsLong());
            }
            return sum;
        };
    }
}
