package io.tamis.he.threshold;

import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Opens an aggregate from the shares of one active set: {@code v = c0 + sum h}, rounded at the outputs. A share that is
 * missing, doubled, of another aggregate or another set, and an opened value beyond what was declared, are one refusal.
 *
 * <p>NOT promised: that a wrong share of the right form is noticed. It makes the value uniform modulo t, and the declared
 * bound then passes with the bound's part of t; holders answer for their shares by signature.
 */
public final class Combiner {
    private final Bfv scheme;

    /** Of this scheme. */
    public Combiner(Bfv scheme) {
        this.scheme = Objects.requireNonNull(scheme);
    }

    /**
     * The centred values at the outputs, the holders' noise included.
     *
     * @param magnitudeMax greatest magnitude a right opening can have: the declared sum and the noise's margin
     */
    public long[] open(Aggregate sum, ActiveSet active, List<Share> shares, Outputs outputs, OpenedMax magnitudeMax) {
        var present = new HashSet<HolderIndex>();
        var v = sum.c0().copy();
        for (var share : shares) {
            HeException.accept(share.active().equals(active)
                    && share.aggregate().equals(sum.hash())
                    && active.contains(share.holder())
                    && present.add(share.holder()));
            v.add(share.h());
        }
        requireAll(active, present);
        HeException.require(outputs.within(scheme.params().n()));
        return magnitudeMax.checked(scheme.round(v.toCoefficients(), outputs.coefficients()));
    }

    /** The aggregate under a merchant's key. */
    public Switched switched(Aggregate sum, ActiveSet active, List<SwitchShare> shares) {
        var present = new HashSet<HolderIndex>();
        var c0 = sum.c0().copy();
        var c1 = scheme.ring().zero();
        for (var share : shares) {
            HeException.accept(share.active().equals(active)
                    && share.aggregate().equals(sum.hash())
                    && active.contains(share.holder())
                    && present.add(share.holder()));
            c0.add(share.h0());
            c1.add(share.h1());
        }
        requireAll(active, present);
        return new Switched(c0, c1);
    }

    private static void requireAll(ActiveSet active, Set<HolderIndex> present) {
        HeException.accept(present.size() == active.size());
    }
}
