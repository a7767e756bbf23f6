package io.tamis.he.threshold;

import io.tamis.he.ring.NttPoly;
import java.util.Objects;

/**
 * An aggregate under a merchant's key, the holders' noise and blinding inside.
 *
 * @param c0 not to be changed
 * @param c1 not to be changed
 */
public record Switched(NttPoly c0, NttPoly c1) {
    /** Both parts. */
    public Switched {
        Objects.requireNonNull(c0);
        Objects.requireNonNull(c1);
    }
}
