package io.tamis.server;

import io.tamis.privacy.GaussianVariance;
import io.tamis.privacy.Noise;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** NO PRIVACY: draws no noise, so that thresholds and bounds can be tested to the unit. Exists in tests only. */
@Alternative
@Priority(1)
@Singleton
class ZeroNoise implements Noise {
    @Override
    public long gaussian(GaussianVariance variance) {
        return 0;
    }
}
