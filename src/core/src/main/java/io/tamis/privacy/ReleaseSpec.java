package io.tamis.privacy;

import io.tamis.data.Charge;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How exact sums become a release, and what it costs. Made from declarations and the job alone.
 *
 * @param kernel what was summed
 * @param shares the loss by each measure, all of one mechanism; together the loss by the release
 * @param minUsers k: a group is shown only when its released users reach it
 * @param keys the declared keys in canonical order; the group code is their mixed radix, the first the most significant
 * @param statistics the distinct numbers asked for, in canonical order
 * @param layout how this job wants them shown
 */
public record ReleaseSpec(
        KernelSpec kernel,
        List<Loss> shares,
        int minUsers,
        List<GroupKey> keys,
        List<Statistic> statistics,
        Layout layout) {
    public ReleaseSpec {
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(layout);
        shares = List.copyOf(shares);
        keys = List.copyOf(keys);
        statistics = List.copyOf(statistics);
        PrivacyException.require(shares.size() == kernel.measures().size());
        PrivacyException.require(shares.stream().allMatch(share -> share.micro() >= 1));
        PrivacyException.require(minUsers >= 1 && !statistics.isEmpty());
        for (int measure = 0; measure < shares.size(); measure++) {
            Loss share = shares.get(measure);
            PrivacyException.require(share.mechanism() == shares.getFirst().mechanism());
            PrivacyException.require(share.buys(kernel.measures().get(measure), kernel.groupsMax()));
        }
        long groups = 1;
        for (GroupKey key : keys) {
            groups *= key.labels().size();
            PrivacyException.require(groups <= KernelSpec.GROUPS_MAX);
        }
        PrivacyException.require(
                groups == kernel.groups() && keys.size() == layout.keyOrder().size());
        final int keyCount = keys.size();
        final int statisticCount = statistics.size();
        PrivacyException.require(layout.keyOrder().stream().allMatch(at -> at >= 0 && at < keyCount));
        PrivacyException.require(layout.columns().stream().allMatch(column -> column.statistic() < statisticCount));
        for (Statistic statistic : statistics) {
            PrivacyException.require(fits(statistic, kernel));
        }
    }

    /** The release of a plan: the loss split evenly, all that the plan's measures give. */
    public static ReleaseSpec of(DpPlan plan, Loss loss, int minUsers, Layout layout) {
        return new ReleaseSpec(
                plan.kernel(), loss.split(plan.measures().size()), minUsers, plan.keys(), plan.statistics(), layout);
    }

    /** The same release at this price, evenly split; nothing when that is too little for a measure. */
    public Optional<ReleaseSpec> paying(Loss loss) {
        if (loss.micro() < shares.size()) {
            return Optional.empty();
        }
        List<Loss> paid = loss.split(shares.size());
        for (int measure = 0; measure < paid.size(); measure++) {
            if (!paid.get(measure).buys(kernel.measures().get(measure), kernel.groupsMax())) {
                return Optional.empty();
            }
        }
        return Optional.of(new ReleaseSpec(kernel, paid, minUsers, keys, statistics, layout));
    }

    private static boolean fits(Statistic statistic, KernelSpec kernel) {
        return switch (statistic) {
            case Statistic.Users _ -> true;
            case Statistic.Count(int at) ->
                at < kernel.measures().size() && kernel.measures().get(at) instanceof Measure.Count;
            case Statistic.Sum(int at) ->
                at < kernel.measures().size()
                        && (kernel.measures().get(at) instanceof Measure.Sum
                                || kernel.measures().get(at) instanceof Measure.SealedSum);
            case Statistic.PartyUsers(int party) -> kernel.opensSum() && party < kernel.parties();
            case Statistic.MeanPerUser(Statistic.Sum sum) -> kernel.opensSum() && fits(sum, kernel);
            case Statistic.Mean(Statistic.Sum sum, Statistic.Count count) -> fits(sum, kernel) && fits(count, kernel);
        };
    }

    /** What a person loses by the release. */
    public Loss loss() {
        return shares.stream().reduce(Loss::plus).orElseThrow();
    }

    /** What the release costs. */
    public Charge charge() {
        return loss().charge();
    }

    /** The noise on a measure as released: all of it, where several parties add theirs. */
    public Spread spread(int measure) {
        Measure measured = kernel.measures().get(measure);
        Spread each = shares.get(measure).spread(measured, kernel.groupsMax());
        return switch (measured) {
            case Measure.Users _, Measure.Count _, Measure.Sum _ -> each;
            case Measure.SealedSum opened -> new SpreadSum(each, opened.holders());
            case Measure.SealedCount opened -> new SpreadSum(each, opened.holders());
        };
    }

    /** The widest noise on the users of one party, times the parties: that on the users of all of them, or a little more. */
    Spread spreadOfAllUsers() {
        // The first share has what an even split leaves over, so the noise it buys is the narrowest.
        return new SpreadSum(spread(kernel.parties() - 1), kernel.parties());
    }

    /**
     * The least noised users of a party with which a group may be opened. Whoever opens it sees exact weights and must find k: with
     * fewer than k exact users, {@code noised} reaches this with a chance of at most 2^-40.
     */
    public long usersToOpen(int party) {
        return PartialSums.add(minUsers, Tail.rare(spread(party)).longValueExact());
    }

    /** The position of a group's value within the labels of one key. */
    int position(int group, int key) {
        int rest = group;
        for (int later = keys.size() - 1; later > key; later--) {
            rest /= keys.get(later).labels().size();
        }
        return rest % keys.get(key).labels().size();
    }
}
