package io.tamis.holder.ceremony;

import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import java.util.ArrayList;
import java.util.List;

/** The sets of holders that can open: those of exactly the threshold's size. */
final class Subsets {
    /** Most of them: 4 of 8. */
    static final int COUNT_MAX = 70;

    private Subsets() {}

    /** All of them, ordered by the number whose bit i-1 is set for holder i. */
    static List<ActiveSet> of(int holders, int threshold) {
        var sets = new ArrayList<ActiveSet>();
        for (int bits = 0; bits < 1 << holders; bits++) {
            if (Integer.bitCount(bits) == threshold) {
                var members = new ArrayList<HolderIndex>();
                for (int i = 1; i <= holders; i++) {
                    if ((bits >>> (i - 1) & 1) == 1) {
                        members.add(new HolderIndex(i));
                    }
                }
                sets.add(new ActiveSet(members));
            }
        }
        return List.copyOf(sets);
    }

    /** Those with this holder in them, in the same order. */
    static List<ActiveSet> with(HolderIndex holder, int holders, int threshold) {
        return of(holders, threshold).stream()
                .filter(set -> set.contains(holder))
                .toList();
    }
}
