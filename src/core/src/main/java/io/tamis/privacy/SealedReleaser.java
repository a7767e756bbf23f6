package io.tamis.privacy;

import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From sums that key holders opened, noised by them, to a release.
 *
 * <p>Unit: one person, who may be in the datasets of all parties. Neighbours: one person added or removed everywhere. Sensitivity
 * of the sum: at each party a person is in one group and adds at most that party's bound to it, so that the vector over the
 * groups changes by at most {@link Measure.SealedSum#bound()} in L1 and in L2 (triangle inequality over the parties); that of a
 * party's USERS is 1. Who clamps: the party that encrypted; nobody here can look, so what a party declares of its own persons is
 * its own word. Cost: the shares of all USERS and of the sum.
 *
 * <p>The noise on the sum is each holder's, in full: it is as private as its measure says as long as one holder that opened it is
 * honest, and by the root of their number less exact, which deviation and interval say.
 *
 * <p>Counts alone ({@link #counts}): the same unit and neighbours. At each party a person is in one group at most and counts 1
 * there, so the vector over the groups changes by at most the number of parties in L1 and in L2. Who bounds: the party that
 * counted. Cost: the one share. Every group is opened; k is judged on the opened, noised number, which is post-processing.
 *
 * <p>Which groups are opened is judged on noised users ({@link ReleaseSpec#usersToOpen}), so it costs nothing and tells nothing.
 */
public final class SealedReleaser {
    private SealedReleaser() {}

    /**
     * The release: a row a group, of those not opened withheld.
     *
     * @param opened the noised sums of exactly the groups that {@link NoisedUsers#toOpen} names
     */
    public static Release release(ReleaseSpec spec, NoisedUsers users, Map<Integer, Long> opened) {
        List<Integer> open = users.toOpen(spec);
        PrivacyException.require(opened.size() == open.size() && opened.keySet().containsAll(open));
        List<Releaser.MeasureNoise> measures = Releaser.noises(spec);
        var rows = new ArrayList<ReleaseRow>(users.groups());
        for (int group = 0; group < users.groups(); group++) {
            rows.add(new ReleaseRow(
                    group,
                    opened.containsKey(group)
                            ? Releaser.shown(spec, measures, noised(users, group, opened.get(group)))
                            : Releaser.withheld(spec)));
        }
        return new Release(rows);
    }

    /**
     * The release of counts: a row a group. Of k persons, each may count once a party: a group is withheld when its noised count is
     * below k times the parties.
     *
     * @param opened the noised count of every group, in order
     */
    public static Release counts(ReleaseSpec spec, long[] opened) {
        PrivacyException.require(spec.kernel().measures().getFirst() instanceof Measure.SealedCount
                && opened.length == spec.kernel().groups());
        long least = spec.minUsers() * spec.kernel().measures().getFirst().bound();
        List<Releaser.MeasureNoise> measures = Releaser.noises(spec);
        var rows = new ArrayList<ReleaseRow>(opened.length);
        for (int group = 0; group < opened.length; group++) {
            rows.add(new ReleaseRow(
                    group,
                    opened[group] >= least
                            ? Releaser.shown(spec, measures, new long[] {opened[group]})
                            : Releaser.withheld(spec)));
        }
        return new Release(rows);
    }

    /**
     * The release to a merchant's key: users as ever, of the sum a reference to what the merchant opens. The same numbers with the
     * same noise leave for the same price; that this service does not see them takes its own checks of range from it, not the
     * merchant's. A mean is the merchant's to divide.
     *
     * @param sealed SHA-256 of the sealed sums of exactly the groups that {@link NoisedUsers#toOpen} names
     */
    public static Release sealed(ReleaseSpec spec, NoisedUsers users, Map<Integer, Hash> sealed) {
        List<Integer> open = users.toOpen(spec);
        PrivacyException.require(sealed.size() == open.size() && sealed.keySet().containsAll(open));
        List<Releaser.MeasureNoise> measures = Releaser.noises(spec);
        var rows = new ArrayList<ReleaseRow>(users.groups());
        for (int group = 0; group < users.groups(); group++) {
            rows.add(new ReleaseRow(
                    group,
                    sealed.containsKey(group)
                            ? references(spec, measures, users, group, sealed.get(group))
                            : Releaser.withheld(spec)));
        }
        return new Release(rows);
    }

    private static List<Cell> references(
            ReleaseSpec spec, List<Releaser.MeasureNoise> measures, NoisedUsers users, int group, Hash sealed) {
        return spec.statistics().stream()
                .<Cell>map(statistic -> switch (statistic) {
                    case Statistic.Sum(int at) -> measures.get(at).sealed(sealed);
                    case Statistic.PartyUsers(int party) -> measures.get(party).shown(users.at(party, group));
                    case Statistic.Users _, Statistic.Count _, Statistic.Mean _, Statistic.MeanPerUser _ ->
                        new Cell.Suppressed();
                })
                .toList();
    }

    private static long[] noised(NoisedUsers users, int group, long sum) {
        var noised = new long[users.parties().size() + 1];
        for (int party = 0; party < noised.length - 1; party++) {
            noised[party] = users.at(party, group);
        }
        noised[noised.length - 1] = sum;
        return noised;
    }
}
