package io.tamis.he.threshold;

import io.tamis.he.ring.Seed;

/** The secrets that each two holders of an active set have in common, for one opening and no other. */
@FunctionalInterface
public interface PairSeeds {
    /** The seed of this pair, the same whichever of the two asks; nobody else can compute it. The caller closes it. */
    Seed of(HolderIndex own, HolderIndex other);
}
