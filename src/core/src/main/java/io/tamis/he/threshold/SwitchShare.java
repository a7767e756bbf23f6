package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.ring.NttPoly;
import java.util.Objects;

/**
 * A holder's part of an opening that only a merchant's key can read. Its own noise, blinding and flood are inside.
 *
 * @param holder who made it
 * @param active the set it was made for
 * @param aggregate hash of the aggregate
 * @param h0 added to c0, not to be changed
 * @param h1 takes the place of c1, not to be changed
 */
public record SwitchShare(HolderIndex holder, ActiveSet active, Hash aggregate, NttPoly h0, NttPoly h1) {
    /** A valid share. */
    public SwitchShare {
        Objects.requireNonNull(holder);
        Objects.requireNonNull(active);
        Objects.requireNonNull(aggregate);
        Objects.requireNonNull(h0);
        Objects.requireNonNull(h1);
    }
}
