package io.tamis.he.mask;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.PairProducts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps transformed masks, those asked for last, within a bound of bytes: 64 masks over 1M users of AGG-8192 are 1.55 GB.
 * A mask is known by its hash. Two threads that miss at once both compute; the bytes are the same.
 */
public final class CachedMaskForms implements MaskForms {
    /** More do not pay: rows of ciphertexts are read again for each batch of segments. */
    private static final int SEGMENTS_AT_ONCE_MAX = 64;

    private record Place(Hash mask, int block) {}

    private final FreshMaskForms fresh;
    private final long formBytes;
    private final long bytesMax;
    private final Map<Place, NttPoly> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A cache for this scheme.
     *
     * @param bytesMax bound of the doubles kept, at least 0
     */
    public CachedMaskForms(Bfv scheme, long bytesMax) {
        HeException.require(bytesMax >= 0);
        fresh = new FreshMaskForms(scheme);
        formBytes = (long) Objects.requireNonNull(scheme).params().n()
                * scheme.params().primes().size()
                * Double.BYTES;
        this.bytesMax = bytesMax;
    }

    @Override
    public NttPoly form(BitMask mask, int block) {
        var place = new Place(mask.hash(), block);
        synchronized (kept) {
            var known = kept.get(place);
            if (known != null) {
                return known;
            }
        }
        var made = fresh.form(mask, block);
        synchronized (kept) {
            kept.put(place, made);
            var oldest = kept.entrySet().iterator();
            while (kept.size() * formBytes > bytesMax && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
        }
        return made;
    }

    /** Bytes of doubles kept now. */
    public long bytes() {
        synchronized (kept) {
            return kept.size() * formBytes;
        }
    }

    /** Kept forms stream from memory once, whatever the order: as many products as possible on the way. */
    @Override
    public int ciphertextsAtOnce() {
        return PairProducts.TERMS_MAX;
    }

    /** What is held beside the cache when it is too small: at most an eighth of its own bound, or one segment's. */
    @Override
    public int segmentsAtOnce() {
        return Math.clamp(bytesMax / 8 / (ciphertextsAtOnce() * formBytes), 1, SEGMENTS_AT_ONCE_MAX);
    }
}
