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
 * @param zeros what hides the active holders' shares from everybody who has not all of them
 */
public record OpenRequest(ActiveSet active, Outputs outputs, NoiseBounds bounds, ZeroShares zeros) {
    /** A valid request. */
    public OpenRequest {
        Objects.requireNonNull(outputs);
        Objects.requireNonNull(zeros);
        HeException.require(bounds.admitted() && active.size() <= bounds.contributors());
    }
}
