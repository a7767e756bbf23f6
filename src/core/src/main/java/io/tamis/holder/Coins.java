package io.tamis.holder;

import io.tamis.data.Hash;
import io.tamis.he.Tuple;
import io.tamis.he.threshold.HolderIndex;
import java.util.Collection;

/**
 * Coins tossed together: everybody commits to 32 random bytes, then reveals them; what they choose is uniform when one of
 * them was, and whoever does not reveal is seen. Hiding and binding rest on SHA-256.
 *
 * <p>NOT promised: that the last to reveal cannot prevent the toss by silence, having seen it. Readers count silences.
 */
public final class Coins {
    /** Most candidates one is chosen from: the choice is made by the last twelve bits at most. */
    public static final int FOLD_MAX = 4096;

    private Coins() {}

    /**
     * SHA-256 of Tuple(purpose, bound, index, r). The index keeps a copied commitment from being opened.
     *
     * @param purpose "r" for a coin, "nonce" for a nonce
     * @param bound all that must be fixed before the toss
     * @param r 32 random bytes
     */
    public static Hash commitment(String purpose, Hash bound, HolderIndex holder, Hash r) {
        return Tuple.of(purpose).hash(bound).number(holder.number()).hash(r).sha256();
    }

    /** SHA-256 of Tuple("coin", bound, r, r, ..), in the order of the holders' indices. */
    public static Hash together(Hash bound, Collection<Hash> revealed) {
        var tuple = Tuple.of("coin").hash(bound);
        revealed.forEach(tuple::hash);
        return tuple.sha256();
    }

    /**
     * Which candidate survives: the last bits of SHA-256 of Tuple("survivor", coin, index), as many as the fold needs.
     *
     * @param index what is chosen for: a holder's index or a slot
     * @param fold how many candidates, for which {@link #isFold} holds
     */
    public static int survivor(Hash coin, long index, int fold) {
        byte[] bytes = Tuple.of("survivor").hash(coin).number(index).sha256().bytes();
        int last = (bytes[Hash.LENGTH - 2] & 0xff) << Byte.SIZE | (bytes[Hash.LENGTH - 1] & 0xff);
        return last & (fold - 1);
    }

    /** True for a power of two from 2 to {@link #FOLD_MAX}. */
    public static boolean isFold(int fold) {
        return fold >= 2 && fold <= FOLD_MAX && Integer.bitCount(fold) == 1;
    }
}
