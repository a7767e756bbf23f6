package io.tamis.privacy;

import java.util.List;

/**
 * What a {@link BoundingKernel} computes. Everything here is public: it comes from declarations, never from rows.
 *
 * @param groups number of declared groups; a query without keys has one
 * @param groupsMax L0: the most groups one person contributes to, at most {@code groups}
 * @param measures USERS first, then the others in the plan's canonical order; or USERS of each party, then one
 *     {@link Measure.SealedSum}; or one {@link Measure.SealedCount}
 */
public record KernelSpec(int groups, int groupsMax, List<Measure> measures) {
    /** Greatest number of groups: arrays of this length times the measures are held per shard. */
    public static final int GROUPS_MAX = 1 << 20;

    /** Greatest number of measures: USERS, and SUM and COUNT for each of eight MEANs. */
    public static final int MEASURES_MAX = 17;

    public KernelSpec {
        measures = List.copyOf(measures);
        PrivacyException.require(groups >= 1 && groups <= GROUPS_MAX);
        PrivacyException.require(groupsMax >= 1 && groupsMax <= groups);
        PrivacyException.require(!measures.isEmpty() && measures.size() <= MEASURES_MAX);
        // A count's bound is over all groups already.
        PrivacyException.require(groupsMax == 1 || !opensCounts(measures));
        PrivacyException.require(opensSum(measures) || opensCounts(measures) || plain(measures));
    }

    /** k is judged on USERS, so it is always there, once, and first. */
    private static boolean plain(List<Measure> measures) {
        boolean plain = true;
        for (int i = 0; i < measures.size(); i++) {
            plain &= (measures.get(i) instanceof Measure.Users) == (i == 0);
            plain &= !(measures.get(i) instanceof Measure.SealedSum);
            plain &= !(measures.get(i) instanceof Measure.SealedCount);
        }
        return plain;
    }

    /** USERS of each party, since each must reach k, and one sum over all of them. */
    private static boolean opensSum(List<Measure> measures) {
        int last = measures.size() - 1;
        return last >= 1
                && measures.getLast() instanceof Measure.SealedSum
                && measures.subList(0, last).stream().allMatch(Measure.Users.class::isInstance);
    }

    /** The counts are themselves what k is judged on, and nobody measures anything else. */
    private static boolean opensCounts(List<Measure> measures) {
        return measures.size() == 1 && measures.getFirst() instanceof Measure.SealedCount;
    }

    /** True when key holders open a count of each group, and there is no other measure. */
    public boolean opensCounts() {
        return opensCounts(measures);
    }

    /** True when the last measure is a sum that key holders open, and the others the users of each party. */
    public boolean opensSum() {
        return opensSum(measures);
    }

    /** Number of parties whose users are measured. */
    public int parties() {
        return opensSum() ? measures.size() - 1 : 1;
    }
}
