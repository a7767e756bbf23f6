package io.tamis.privacy;

/** Draws noise. Production has {@link ExactNoise}; a source without noise lives under {@code src/test} only. */
@FunctionalInterface
public interface Noise {
    /** A fresh draw of the discrete Gaussian with this variance, or the discrete Laplace of this scale. */
    long draw(Spread spread);
}
