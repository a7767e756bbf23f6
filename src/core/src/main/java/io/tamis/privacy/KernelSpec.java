package io.tamis.privacy;

import java.util.List;

/**
 * What a {@link BoundingKernel} computes. Everything here is public: it comes from declarations, never from rows.
 *
 * @param groups number of declared groups; a query without keys has one
 * @param groupsMax L0: the most groups one person contributes to, at most {@code groups}
 * @param measures USERS first, then the others in the plan's canonical order
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
        for (int i = 0; i < measures.size(); i++) {
            // k is judged on USERS, so it is always there, once, and first.
            PrivacyException.require((measures.get(i) instanceof Measure.Users) == (i == 0));
        }
    }
}
