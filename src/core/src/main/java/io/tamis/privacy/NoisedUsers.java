package io.tamis.privacy;

import io.tamis.data.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * How many persons of each party are in each group, noised: what decides which groups key holders are asked to open, and what
 * is shown of them later. Noised once and paid once, hence it may be kept between the two and may be told.
 *
 * @param parties for each party, in the order of the measures, a number for each group
 */
public record NoisedUsers(List<List<Long>> parties) {
    public NoisedUsers {
        parties = parties.stream().map(List::copyOf).toList();
        PrivacyException.require(!parties.isEmpty() && parties.size() < KernelSpec.MEASURES_MAX);
        int groups = parties.getFirst().size();
        PrivacyException.require(groups >= 1 && groups <= KernelSpec.GROUPS_MAX);
        PrivacyException.require(parties.stream().allMatch(party -> party.size() == groups));
    }

    /**
     * Adds noise to exact numbers, indexed by party and group. Unit: one person of a party's dataset family; neighbours: one
     * added or removed; each is in at most {@code groupsMax} groups of a party, once, so the sensitivity of a party's USERS is as
     * {@link Releaser} has it; the caller has bounded it so. The cost is the USERS shares of the release.
     */
    public static NoisedUsers draw(ReleaseSpec spec, long[][] exact, Noise noise) {
        PrivacyException.require(
                spec.kernel().opensSum() && exact.length == spec.kernel().parties());
        var parties = new ArrayList<List<Long>>();
        for (int party = 0; party < exact.length; party++) {
            PrivacyException.require(exact[party].length == spec.kernel().groups());
            Spread spread = spec.spread(party);
            var noised = new ArrayList<Long>();
            for (long users : exact[party]) {
                noised.add(PartialSums.add(users, noise.draw(spread)));
            }
            parties.add(noised);
        }
        return new NoisedUsers(parties);
    }

    /** The noised users of a party in a group. */
    public long at(int party, int group) {
        return parties.get(party).get(group);
    }

    /** Number of groups. */
    public int groups() {
        return parties.getFirst().size();
    }

    /** The groups that key holders may be asked to open, ascending: every party has enough noised users there. */
    public List<Integer> toOpen(ReleaseSpec spec) {
        PrivacyException.require(fits(spec));
        var open = new ArrayList<Integer>();
        for (int group = 0; group < groups(); group++) {
            boolean enough = true;
            for (int party = 0; party < parties.size(); party++) {
                enough &= at(party, group) >= spec.usersToOpen(party);
            }
            if (enough) {
                open.add(group);
            }
        }
        return List.copyOf(open);
    }

    boolean fits(ReleaseSpec spec) {
        return spec.kernel().opensSum()
                && spec.kernel().parties() == parties.size()
                && spec.kernel().groups() == groups();
    }

    /** The form kept while key holders work: a list of numbers for each party. */
    public Json toJson() {
        return Json.array(parties.stream()
                .map(party -> Json.array(party.stream().map(Json::of).toList()))
                .toList());
    }

    /** Reads what {@link #toJson()} wrote. */
    public static NoisedUsers fromJson(Json json) {
        return new NoisedUsers(items(json).stream()
                .map(party -> items(party).stream().map(NoisedUsers::whole).toList())
                .toList());
    }

    private static long whole(Json json) {
        if (!(json instanceof Json.Int(long value))) {
            throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
        }
        return value;
    }

    private static List<Json> items(Json json) {
        if (!(json instanceof Json.Arr(List<Json> items))) {
            throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
        }
        return items;
    }
}
