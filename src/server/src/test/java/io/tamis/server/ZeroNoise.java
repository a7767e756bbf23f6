package io.tamis.server;

import io.tamis.privacy.Noise;
import io.tamis.privacy.Spread;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** NO PRIVACY: draws no noise, so that thresholds and bounds can be tested to the unit. Exists in tests only. */
@Alternative
@Priority(1)
@Singleton
class ZeroNoise implements Noise {
    @Override
    public long draw(Spread spread) {
        return 0;
    }
}
