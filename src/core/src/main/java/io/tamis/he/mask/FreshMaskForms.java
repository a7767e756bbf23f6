package io.tamis.he.mask;

import io.tamis.he.Bfv;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.SignedPoly;
import java.util.Objects;

/** Transforms each mask when it is asked for. */
public final class FreshMaskForms implements MaskForms {
    private final Bfv scheme;

    /** Of this scheme. */
    public FreshMaskForms(Bfv scheme) {
        this.scheme = Objects.requireNonNull(scheme);
    }

    @Override
    public NttPoly form(BitMask mask, int block) {
        var coefficients = new long[scheme.params().n()];
        mask.coefficients(block, coefficients);
        return scheme.ring().ntt(SignedPoly.taking(coefficients));
    }

    /** Three forms of AGG-8192 are 0.6 MB: they are used while they are in the processor's cache. */
    @Override
    public int ciphertextsAtOnce() {
        return 3;
    }

    @Override
    public int segmentsAtOnce() {
        return 1;
    }
}
