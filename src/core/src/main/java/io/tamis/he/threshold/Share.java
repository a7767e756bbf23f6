package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.ring.NttPoly;
import java.util.Objects;

/**
 * A holder's part of one opening, for one aggregate and one active set. Not secret by itself: without the other active
 * holders' it is uniform but for the flooding's distance.
 *
 * @param holder who made it
 * @param active the set it was made for
 * @param aggregate hash of the aggregate it opens
 * @param h the polynomial, not to be changed
 */
public record Share(HolderIndex holder, ActiveSet active, Hash aggregate, NttPoly h) {
    /** A valid share. */
    public Share {
        Objects.requireNonNull(holder);
        Objects.requireNonNull(active);
        Objects.requireNonNull(aggregate);
        Objects.requireNonNull(h);
    }
}
