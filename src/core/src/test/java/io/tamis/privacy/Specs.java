package io.tamis.privacy;

import io.tamis.data.Clamp;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Release specs for tests. */
final class Specs {
    static final Measure USERS = new Measure.Users();
    static final Measure ROWS = new Measure.Count(5);
    static final Measure AMOUNT = new Measure.Sum(new Clamp(0, 15_000));
    static final Measure BALANCE = new Measure.Sum(new Clamp(-100, 40));

    private Specs() {}

    /** Users and nothing else. */
    static ReleaseSpec users(int groups, int minUsers, long rho) {
        return spec(groups, 1, List.of(USERS), List.of(new Statistic.Users()), minUsers, rho);
    }

    /** Users, rows, amount, balance and the mean amount. */
    static ReleaseSpec all(int groups, int minUsers, long rho) {
        return spec(
                groups,
                1,
                List.of(USERS, ROWS, AMOUNT, BALANCE),
                List.of(
                        new Statistic.Users(),
                        new Statistic.Count(1),
                        new Statistic.Sum(2),
                        new Statistic.Sum(3),
                        new Statistic.Mean(new Statistic.Sum(2), new Statistic.Count(1))),
                minUsers,
                rho);
    }

    static ReleaseSpec spec(
            int groups, int groupsMax, List<Measure> measures, List<Statistic> statistics, int minUsers, long rho) {
        return spec(groups, groupsMax, measures, statistics, minUsers, new Loss.Zcdp(new MicroRho(rho)));
    }

    static ReleaseSpec spec(
            int groups, int groupsMax, List<Measure> measures, List<Statistic> statistics, int minUsers, Loss loss) {
        List<GroupKey> keys = groups == 1 ? List.of() : List.of(key("group", groups));
        return new ReleaseSpec(
                new KernelSpec(groups, groupsMax, measures),
                loss.split(measures.size()),
                minUsers,
                keys,
                statistics,
                new Layout(keys.isEmpty() ? List.of() : List.of(0), columns(statistics)));
    }

    /** The same release, paid in pure epsilon. */
    static ReleaseSpec oneShot(ReleaseSpec spec, long epsilonMicro) {
        return spec.paying(new Loss.Pure(new MicroEpsilon(epsilonMicro))).orElseThrow();
    }

    static GroupKey key(String name, int size) {
        return new GroupKey(
                name,
                IntStream.range(0, size).mapToObj(i -> name.charAt(0) + "" + i).toList());
    }

    static List<Layout.Named> columns(List<Statistic> statistics) {
        return IntStream.range(0, statistics.size())
                .mapToObj(i -> new Layout.Named("m" + i, i))
                .toList();
    }

    /** The same sums in every group, one number per measure. */
    static PartialSums sums(ReleaseSpec spec, long... perMeasure) {
        var cells = new long[perMeasure.length][spec.kernel().groups()];
        for (int measure = 0; measure < perMeasure.length; measure++) {
            Arrays.fill(cells[measure], perMeasure[measure]);
        }
        return PartialSums.of(spec.kernel(), cells);
    }

    static Noise zeroNoise() {
        return _ -> 0;
    }
}
