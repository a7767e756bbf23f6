package io.tamis.privacy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The noise of production: exact samplers over secret bits. Releases may share one: a draw is made under a lock. */
public final class ExactNoise implements Noise {
    private final SecureBits bits;
    private final Map<GaussianVariance, DiscreteGaussian> samplers = new HashMap<>();

    /** Noise from these bits. */
    public ExactNoise(SecureBits bits) {
        this.bits = Objects.requireNonNull(bits);
    }

    @Override
    public synchronized long gaussian(GaussianVariance variance) {
        if (samplers.size() > KernelSpec.MEASURES_MAX) {
            samplers.clear();
        }
        return samplers.computeIfAbsent(variance, key -> new DiscreteGaussian(bits, key))
                .draw();
    }
}
