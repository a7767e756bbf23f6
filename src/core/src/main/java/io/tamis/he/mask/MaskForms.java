package io.tamis.he.mask;

import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.PairProducts;

/** Where transformed masks come from: computed each time, or kept. Implementations are safe for several threads. */
public sealed interface MaskForms permits FreshMaskForms, CachedMaskForms {
    /** The transformed mask polynomial of one block of positions; not to be changed. */
    NttPoly form(BitMask mask, int block);

    /** How many ciphertexts are multiplied together, at most {@link PairProducts#TERMS_MAX}: a matter of speed. */
    int ciphertextsAtOnce();

    /** How many segments' forms are held for that: they are in memory at once. */
    int segmentsAtOnce();
}
