package io.tamis.privacy;

import io.tamis.data.Hash;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The only way from exact sums to numbers that leave, for declared groups.
 *
 * <p>Unit: one person of the dataset family. Neighbours: one person added or removed. Sensitivity: the kernel has clipped
 * each person to {@code groupsMax} groups and {@link Measure#bound()} per cell, so a measure's L2 sensitivity is
 * B*sqrt(L0), its L1 sensitivity B*L0. Each measure gets a discrete Gaussian per cell, independent, and costs its share of
 * zCDP, or a discrete Laplace and costs its share of pure epsilon; the release costs their sum. Keys are declared, all are answered, so that which groups exist costs nothing.
 *
 * <p>What follows the noise is post-processing: k is judged on the noised users (on the exact ones it would break the
 * guarantee), means are divided, negatives shown as zero. NOT promised: that intervals cover clipping bias, or that two
 * releases of one question agree, unless the second is answered from the cache.
 */
public final class Releaser {
    private Releaser() {}

    /** Releases the sums. Each call draws fresh noise and must be paid: a caller never calls twice for one charge. */
    public static Release release(ReleaseSpec spec, PartialSums sums, Noise noise) {
        PrivacyException.require(sums.groups() == spec.kernel().groups()
                && sums.measures() == spec.kernel().measures().size()
                && !spec.kernel().opensSum()
                && !spec.kernel().opensCounts());
        List<MeasureNoise> measures = noises(spec);
        var rows = new ArrayList<ReleaseRow>(sums.groups());
        for (int group = 0; group < sums.groups(); group++) {
            // Every cell of every group gets its noise, shown or not: the work does not depend on the data.
            var noised = new long[sums.measures()];
            for (int measure = 0; measure < noised.length; measure++) {
                noised[measure] = PartialSums.add(
                        sums.at(measure, group),
                        noise.draw(measures.get(measure).spread()));
            }
            rows.add(new ReleaseRow(
                    group, noised[0] >= spec.minUsers() ? shown(spec, measures, noised) : withheld(spec)));
        }
        return new Release(rows);
    }

    static List<MeasureNoise> noises(ReleaseSpec spec) {
        return IntStream.range(0, spec.kernel().measures().size())
                .mapToObj(measure -> MeasureNoise.of(spec, measure))
                .toList();
    }

    /** The cells of a group of which enough is known, from its noised measures. */
    static List<Cell> shown(ReleaseSpec spec, List<MeasureNoise> measures, long[] noised) {
        return spec.statistics().stream()
                .map(statistic -> cell(spec, statistic, measures, noised))
                .toList();
    }

    /** The cells of a group of too few. */
    static List<Cell> withheld(ReleaseSpec spec) {
        return spec.statistics().stream().<Cell>map(_ -> new Cell.Suppressed()).toList();
    }

    private static Cell cell(ReleaseSpec spec, Statistic statistic, List<MeasureNoise> measures, long[] noised) {
        return switch (statistic) {
            case Statistic.Users _ -> measures.get(0).shown(noised[0]);
            case Statistic.Count(int at) -> measures.get(at).shown(noised[at]);
            case Statistic.Sum(int at) -> measures.get(at).shown(noised[at]);
            case Statistic.Mean(Statistic.Sum(int sum), Statistic.Count(int count)) ->
                Fieller.mean(
                                measures.get(sum).noised(noised[sum]),
                                measures.get(count).noised(noised[count]))
                        .<Cell>map(measures.get(sum)::forDisplay)
                        .orElseGet(Cell.Suppressed::new);
            case Statistic.PartyUsers(int party) -> measures.get(party).shown(noised[party]);
            case Statistic.MeanPerUser(Statistic.Sum(int sum)) ->
                Fieller.mean(measures.get(sum).noised(noised[sum]), allUsers(spec, noised))
                        .<Cell>map(measures.get(sum)::forDisplay)
                        .orElseGet(Cell.Suppressed::new);
        };
    }

    private static Fieller.Noised allUsers(ReleaseSpec spec, long[] noised) {
        long users = 0;
        for (int party = 0; party < spec.kernel().parties(); party++) {
            users = PartialSums.add(users, noised[party]);
        }
        return Fieller.Noised.of(users, spec.spreadOfAllUsers());
    }

    /** What is the same for all cells of one measure. */
    record MeasureNoise(Spread spread, BigDecimal sigma, BigDecimal halfWidth95, boolean neverNegative) {
        static MeasureNoise of(ReleaseSpec spec, int measure) {
            Spread spread = spec.spread(measure);
            return new MeasureNoise(
                    spread,
                    spread.sigma(),
                    new BigDecimal(spread.halfWidth95()),
                    switch (spec.kernel().measures().get(measure)) {
                        case Measure.Users _, Measure.Count _, Measure.SealedCount _ -> true;
                        case Measure.Sum(var clamp) -> clamp.min() >= 0;
                        case Measure.SealedSum opened -> opened.clamp().min() >= 0;
                    });
        }

        Cell.Shown shown(long noised) {
            BigDecimal value = BigDecimal.valueOf(noised);
            var interval = new Interval(value.subtract(halfWidth95), value.add(halfWidth95));
            return forDisplay(new Cell.Shown(value, sigma, interval));
        }

        Fieller.Noised noised(long value) {
            return Fieller.Noised.of(value, spread);
        }

        /** The reference to a number that only its merchant reads. */
        Cell.Sealed sealed(Hash bytes) {
            return new Cell.Sealed(bytes, sigma, halfWidth95, neverNegative);
        }

        Cell.Shown forDisplay(Cell.Shown cell) {
            return cell.forDisplay(neverNegative);
        }
    }
}
