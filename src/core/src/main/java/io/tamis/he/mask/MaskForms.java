package io.tamis.he.mask;

import io.tamis.he.ring.NttPoly;

/** Where transformed masks come from: computed each time, or kept. Implementations are safe for several threads. */
public sealed interface MaskForms permits FreshMaskForms, CachedMaskForms {
    /** The transformed mask polynomial of one block of positions; not to be changed. */
    NttPoly form(BitMask mask, int block);
}
