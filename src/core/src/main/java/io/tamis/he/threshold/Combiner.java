package io.tamis.he.threshold;

import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Opens an aggregate from the shares of one active set: {@code v = c0 + sum h}, rounded at the outputs. A share that is
 * missing, doubled, of another aggregate or another set, and an opened value beyond what was declared, are one refusal, made
 * when everything has been computed: its time does not tell which it was.
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
        HeException.require(outputs.within(scheme.params().n()));
        HeException.accept(shares.size() <= HolderIndex.MAX);
        var present = new HashSet<HolderIndex>();
        var v = sum.c0().copy();
        boolean fitting = true;
        for (var share : shares) {
            boolean fits = share.active().equals(active) && share.aggregate().equals(sum.hash());
            fitting &= fits && active.contains(share.holder()) && present.add(share.holder());
            v.add(share.h());
        }
        fitting &= present.size() == active.size();
        long[] opened = scheme.round(v.toCoefficients(), outputs.coefficients());
        HeException.accept(fitting && magnitudeMax.covers(opened));
        return opened;
    }

    /**
     * The aggregate under a merchant's key: {@code (c0 + sum h0, sum h1)}. Whoever adds cannot read it, and so cannot see whether
     * the value is within its bounds: the merchant does ({@link MerchantSecret#open(SwitchedSum)}).
     */
    public Switched switched(Aggregate sum, ActiveSet active, List<SwitchShare> shares) {
        HeException.accept(shares.size() <= HolderIndex.MAX);
        var present = new HashSet<HolderIndex>();
        var c0 = sum.c0().copy();
        var c1 = scheme.ring().zero();
        boolean fitting = true;
        for (var share : shares) {
            boolean fits = share.active().equals(active) && share.aggregate().equals(sum.hash());
            fitting &= fits && active.contains(share.holder()) && present.add(share.holder());
            c0.add(share.h0());
            c1.add(share.h1());
        }
        HeException.accept(fitting && present.size() == active.size());
        return new Switched(c0, c1);
    }
}
