package io.tamis.he.threshold;

import io.tamis.he.HeException;
import io.tamis.he.NoiseBounds;
import java.util.Objects;

/**
 * What a holder has checked before it makes a share.
 *
 * @param active who opens together
 * @param outputs which coefficients are opened; all others are blinded
 * @param bounds of the sum, recomputed by the holder; must be admitted
 */
public record OpenRequest(ActiveSet active, Outputs outputs, NoiseBounds bounds) {
    /** A valid request. */
    public OpenRequest {
        Objects.requireNonNull(outputs);
        HeException.require(bounds.admitted() && active.size() <= bounds.contributors());
    }
}
