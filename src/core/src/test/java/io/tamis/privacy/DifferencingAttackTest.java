package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.MicroRho;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The merchant who knows everybody but one person and asks with and without them. Whatever statistic they use, their
 * advantage (hits minus false alarms) is bounded by the total variation of two Gaussians at the distance the charge
 * allows: 2*Phi(sqrt(2*rho)/2) - 1. All through the door: rows, kernel, release.
 */
class DifferencingAttackTest {
    private static final int PAIRS = 10_000;
    private static final int OTHERS = 200;
    private static final int GROUPS = 6;
    private static final KernelSpec KERNEL = new KernelSpec(
            GROUPS, 2, List.of(new Measure.Users(), new Measure.Count(3), new Measure.Sum(new Clamp(0, 1_000))));

    /** Three standard errors of a difference of two proportions; one-sided, seeded. */
    private static final double SLACK = 3 * Math.sqrt(0.5 / PAIRS);

    @ParameterizedTest
    @ValueSource(longs = {2_000, 20_000, 100_000})
    void differencing_ofOnePerson_hasNoMoreAdvantageThanTheChargeAllows(long rho) {
        ReleaseSpec spec = spec(rho);
        double allowed = 2 * Statistics.normal(Math.sqrt(2 * rho / 1e6) / 2) - 1;
        double advantage = advantage(spec, sums(spec, 0), sums(spec, 40));
        assertTrue(advantage <= allowed + SLACK, advantage + " of " + allowed);
    }

    /** Under pure epsilon no test has more advantage than (e^epsilon - 1) / (e^epsilon + 1). */
    @ParameterizedTest
    @ValueSource(longs = {100_000, 500_000, 1_500_000})
    void differencing_ofOnePersonInAOneShot_hasNoMoreAdvantageThanTheChargeAllows(long epsilonMicro) {
        ReleaseSpec spec = Specs.oneShot(spec(2_000), epsilonMicro);
        double allowed = Math.tanh(epsilonMicro / 2e6);
        double advantage = advantage(spec, sums(spec, 0), sums(spec, 40));
        assertTrue(advantage <= allowed + SLACK, advantage + " of " + allowed);
        assertTrue(advantage > 0, "the attack works at all");
    }

    /** The person's row count is not what is hidden: a million rows hide as well as one. */
    @Test
    void differencing_ofAPersonWithManyRows_isNoBetter() {
        ReleaseSpec spec = spec(20_000);
        double allowed = 2 * Statistics.normal(Math.sqrt(2 * 0.02) / 2) - 1;
        assertEquals(0.080, allowed, 0.0005);
        assertTrue(advantage(spec, sums(spec, 0), sums(spec, 1_000_000)) <= allowed + SLACK);
    }

    /** The attack is not just weak: without the bound on groups and rows it succeeds. */
    @Test
    void differencing_withoutBounds_succeeds() {
        ReleaseSpec spec = spec(20_000);
        var cells = new long[3][GROUPS];
        PartialSums without = sums(spec, 0);
        for (int group = 0; group < GROUPS; group++) {
            cells[0][group] = without.at(0, group) + 1;
            cells[1][group] = without.at(1, group) + 40;
            cells[2][group] = without.at(2, group) + 40_000;
        }
        assertTrue(advantage(spec, without, PartialSums.of(KERNEL, cells)) > 0.5);
    }

    /** Asking a hundred times averages the noise away, and pays a hundred times: the accountant sees it all. */
    @Test
    void repeating_averagesTheNoise_andPaysForIt() {
        ReleaseSpec spec = spec(2_000);
        PartialSums sums = sums(spec, 0);
        Noise noise = new ExactNoise(InsecureSeededRandom.bits(77));
        double mean = 0;
        Loss paid = new Loss.Zcdp(MicroRho.ZERO);
        for (int i = 0; i < 100; i++) {
            mean += (double) noised(spec, sums, noise)[0][0] / 100;
            paid = paid.plus(spec.loss());
        }
        double sigma = spec.spread(0).sigma().doubleValue();
        assertEquals((double) sums.at(0, 0), mean, 5 * sigma / 10);
        assertEquals(new Loss.Zcdp(new MicroRho(200_000)), paid);
        // One release of the same charge is as exact: nothing is gained by splitting.
        assertEquals(sigma / 10, spec(200_000).spread(0).sigma().doubleValue(), 0.02);
    }

    private static ReleaseSpec spec(long rho) {
        return new ReleaseSpec(
                KERNEL,
                new Loss.Zcdp(new MicroRho(rho)).split(3),
                1,
                List.of(Specs.key("group", GROUPS)),
                List.of(new Statistic.Users()),
                new Layout(List.of(0), List.of(new Layout.Named("n", 0))));
    }

    /** Others as they are, and a target with so many rows spread over all groups. */
    private static PartialSums sums(ReleaseSpec spec, int targetRows) {
        var random = new SplittableRandom(5);
        var kernel = new BoundingKernel(spec.kernel(), new byte[16], 0, OTHERS + 1L);
        for (int person = 0; person < OTHERS; person++) {
            for (int group : groups(random)) {
                kernel.row(person, group, new long[] {0, 1, random.nextInt(2_000)});
            }
        }
        long[] most = {0, 1, 1_000_000};
        for (int row = 0; row < targetRows; row++) {
            kernel.row(OTHERS, row % GROUPS, most);
        }
        return kernel.finish();
    }

    private static List<Integer> groups(SplittableRandom random) {
        var groups = new ArrayList<Integer>();
        for (int i = 0; i < 4; i++) {
            groups.add(random.nextInt(GROUPS));
        }
        return groups;
    }

    /** The best test there is: the likelihood ratio, each cell weighed by what the person does to it over sigma^2. */
    private static double advantage(ReleaseSpec spec, PartialSums without, PartialSums with) {
        double middle = 0;
        var weights = new double[3][GROUPS];
        for (int measure = 0; measure < 3; measure++) {
            double variance = Math.pow(spec.spread(measure).sigma().doubleValue(), 2);
            for (int group = 0; group < GROUPS; group++) {
                double difference = (double) (with.at(measure, group) - without.at(measure, group));
                weights[measure][group] = difference / variance;
                middle += weights[measure][group] * (without.at(measure, group) + difference / 2);
            }
        }
        Noise noise = new ExactNoise(InsecureSeededRandom.bits(4_321));
        int balance = 0;
        for (int i = 0; i < PAIRS; i++) {
            balance += score(weights, noised(spec, with, noise)) > middle ? 1 : 0;
            balance -= score(weights, noised(spec, without, noise)) > middle ? 1 : 0;
        }
        return (double) balance / PAIRS;
    }

    private static double score(double[][] weights, long[][] cells) {
        double score = 0;
        for (int measure = 0; measure < cells.length; measure++) {
            for (int group = 0; group < GROUPS; group++) {
                score += weights[measure][group] * cells[measure][group];
            }
        }
        return score;
    }

    private static long[][] noised(ReleaseSpec spec, PartialSums sums, Noise noise) {
        var cells = new long[3][GROUPS];
        for (int measure = 0; measure < 3; measure++) {
            Spread spread = spec.spread(measure);
            for (int group = 0; group < GROUPS; group++) {
                cells[measure][group] = sums.at(measure, group) + noise.draw(spread);
            }
        }
        return cells;
    }
}
