package io.tamis.jobs;

import io.tamis.data.PartyId;
import java.util.List;

/**
 * Whose approval a job needs: each of these parties', and so many in all.
 *
 * @param parties the owners of what it reads
 * @param needed at least one for each of them
 */
record Approvers(List<PartyId> parties, int needed) {
    /** Most approvals a job can collect: no rule that asks for more is ever met. */
    static final int NEEDED_MAX = 2 * JobRequest.DATASETS_MAX;

    Approvers {
        parties = List.copyOf(parties);
        if (parties.isEmpty() || needed < parties.size() || needed > NEEDED_MAX) {
            throw new IllegalArgumentException("nobody to approve, or too many");
        }
    }

    /** True when these are enough. */
    boolean satisfiedBy(List<Approval> approvals) {
        return approvals.size() >= needed
                && parties.stream()
                        .allMatch(party -> approvals.stream()
                                .anyMatch(approval -> approval.party().equals(party)));
    }
}
