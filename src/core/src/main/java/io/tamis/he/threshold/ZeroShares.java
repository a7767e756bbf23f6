package io.tamis.he.threshold;

import io.tamis.data.Hash;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Ring;
import io.tamis.he.ring.Sampler;
import java.util.Objects;
import java.util.Optional;

/**
 * What makes a share worth nothing without those of all other honest members of its active set: each two members add the same
 * uniform polynomial with opposite signs, so that all cancel in the whole sum and in no other.
 *
 * <p>Without it, one share made for a set is {@code L*S*c1 + D*g + flood} for a small rational L: a holder <em>outside</em> the
 * set multiplies it by a small whole number and completes it with its own share. That gave the sum with a fraction of one
 * holder's noise (2 of 3: a 25th of the variance), and every blinded coefficient modulo 4, hence single persons' tags.
 *
 * <p>Assumes that the seeds are pseudorandom to everybody but their two holders, and are used for one opening only. Then a coalition
 * of fewer than the threshold sees of the honest active shares nothing but their sum, in which L is the active set's own.
 * NOT promised: that a member whose seed differs is named; the opening is then garbage.
 */
public final class ZeroShares {
    private final Optional<PairSeeds> pairs;

    private ZeroShares(Optional<PairSeeds> pairs) {
        this.pairs = pairs;
    }

    /** By these seeds. */
    public static ZeroShares of(PairSeeds pairs) {
        return new ZeroShares(Optional.of(Objects.requireNonNull(pairs)));
    }

    /** None: only where everybody knows what is opened, as in a ceremony's test. */
    public static ZeroShares nothingToHide() {
        return new ZeroShares(Optional.empty());
    }

    /** Adds the holder's part to its share of this aggregate. */
    NttPoly addTo(NttPoly share, Ring ring, HolderIndex own, ActiveSet active, Hash aggregate) {
        pairs.ifPresent(seeds -> {
            for (HolderIndex other : active.members()) {
                if (!other.equals(own)) {
                    add(share, ring, seeds, own, other, aggregate);
                }
            }
        });
        return share;
    }

    private static void add(
            NttPoly share, Ring ring, PairSeeds seeds, HolderIndex own, HolderIndex other, Hash aggregate) {
        try (var seed = seeds.of(own, other);
                var mask = new Sampler(ring, seed).uniform("zero-share-" + aggregate.hex())) {
            if (own.number() < other.number()) {
                share.add(mask);
            } else {
                share.subtract(mask);
            }
        }
    }
}
