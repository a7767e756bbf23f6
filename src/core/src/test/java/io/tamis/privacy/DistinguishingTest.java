package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DeltaE18;
import io.tamis.data.MicroRho;
import io.tamis.data.Zcdp;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays the attacker: releases of neighbouring data, the best event to tell them apart, and an exact lower bound on the
 * epsilon that the difference proves (Clopper and Pearson; false-alarm rate 1e-6). It must not exceed what is claimed. A
 * test like this cannot prove privacy, but it catches a wrong sensitivity, sigma or conversion: see the broken ones.
 */
class DistinguishingTest {
    private static final int DRAWS = 40_000;
    private static final DeltaE18 DELTA = new DeltaE18(1_000_000_000_000L);
    private static final long RHO = 50_000;
    private static final double EPSILON = Zcdp.epsilon(new MicroRho(RHO), DELTA).value() / 1e6;
    private static final int PEOPLE = 100;
    private static final int PURE_DRAWS = 60_000;

    @Test
    void release_ofUsers_givesAwayNoMoreThanClaimed() {
        ReleaseSpec spec = Specs.users(1, 1, RHO);
        double proven = provenEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 1), exact(1));
        assertTrue(proven <= EPSILON, "proven " + proven + " of " + EPSILON);
        assertTrue(proven > 0.05, "the attack works at all");
    }

    /** One person in L0 groups of everything the bounds allow, against the whole charge. */
    @Test
    void release_ofTheMostOnePersonCanDo_givesAwayNoMoreThanClaimed() {
        ReleaseSpec spec = Specs.spec(
                4, 4, List.of(Specs.USERS, Specs.AMOUNT), List.of(new Statistic.Users(), new Statistic.Sum(1)), 1, RHO);
        double proven = provenEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 1), exact(2));
        assertTrue(proven <= EPSILON, "proven " + proven + " of " + EPSILON);
        assertTrue(proven > 0.05, "the attack works at all");
    }

    /**
     * One cell of the one-shot, through the door. The attack is the best there is: a value above the middle is e^epsilon
     * times likelier with the person than without, so all of epsilon must show, and no more.
     */
    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_000_000, 2_000_000})
    void oneShot_ofUsers_givesAwayAllThatIsClaimedAndNoMore(long epsilonMicro) {
        ReleaseSpec spec = Specs.oneShot(Specs.users(1, 1, RHO), epsilonMicro);
        double proven = provenPureEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 1), exact(5), PURE_DRAWS);
        double claimed = epsilonMicro / 1e6;
        assertTrue(proven <= claimed, "proven " + proven + " of " + claimed);
        assertTrue(proven > claimed - 0.1, "proven " + proven + " of " + claimed);
    }

    /** One person in L0 groups of everything the bounds allow, against the whole charge: the shares add up to it. */
    @Test
    void oneShot_ofTheMostOnePersonCanDo_givesAwayNoMoreThanClaimed() {
        ReleaseSpec spec = Specs.oneShot(
                Specs.spec(
                        2,
                        2,
                        List.of(Specs.USERS, Specs.AMOUNT),
                        List.of(new Statistic.Users(), new Statistic.Sum(1)),
                        1,
                        RHO),
                1_500_000);
        double proven = provenPureEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 1), exact(6), PURE_DRAWS);
        assertTrue(proven <= 1.5, "proven " + proven);
        assertTrue(proven > 1.2, "proven " + proven);
    }

    /** Half the scale doubles epsilon, and a person counted twice does: the test would see both. */
    @Test
    void oneShot_withHalfTheScale_isCaught() {
        ReleaseSpec spec = Specs.oneShot(Specs.users(1, 1, RHO), 1_000_000);
        Noise strong = exact(7);
        Noise weak = spread -> strong.draw(
                spread instanceof LaplaceScale(BigInteger n, BigInteger d)
                        ? new LaplaceScale(n, d.shiftLeft(1))
                        : spread);
        assertTrue(provenPureEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 1), weak, DRAWS) > 1);
    }

    @Test
    void oneShot_ofAPersonCountedTwice_isCaught() {
        ReleaseSpec spec = Specs.oneShot(Specs.users(1, 1, RHO), 1_000_000);
        assertTrue(provenPureEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 2), exact(8), DRAWS) > 1);
    }

    /** Gaussian noise of the same deviation is no pure epsilon: far out the ratio exceeds every claim. */
    @Test
    void oneShot_withGaussianNoiseInstead_isCaught() {
        ReleaseSpec spec = Specs.oneShot(Specs.users(1, 1, RHO), 1_000_000);
        Noise strong = exact(9);
        Noise gaussian = _ -> strong.draw(SamplersTest.variance(184, 100));
        assertTrue(provenPureEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 1), gaussian, DRAWS, 2) > 1);
    }

    private static double provenPureEpsilon(
            ReleaseSpec spec, PartialSums without, PartialSums with, Noise noise, int draws) {
        return provenPureEpsilon(spec, without, with, noise, draws, 0);
    }

    /**
     * What {@link Releaser} shows in full of a neighbour with the person and hardly without: every number at least as
     * great as the truth with the person, or even beyond it. Delta is 0, so nothing is subtracted.
     */
    private static double provenPureEpsilon(
            ReleaseSpec spec, PartialSums without, PartialSums with, Noise noise, int draws, long beyond) {
        long falseAlarms = 0;
        long hits = 0;
        for (int i = 0; i < draws; i++) {
            falseAlarms += reaches(spec, Releaser.release(spec, without, noise), with, beyond) ? 1 : 0;
            hits += reaches(spec, Releaser.release(spec, with, noise), with, beyond) ? 1 : 0;
        }
        double hitLow = Statistics.proportionLow(hits, draws, Statistics.FALSE_ALARM / 2);
        return Math.log(hitLow / Statistics.proportionHigh(falseAlarms, draws, Statistics.FALSE_ALARM / 2));
    }

    private static boolean reaches(ReleaseSpec spec, Release release, PartialSums with, long beyond) {
        for (ReleaseRow row : release.rows()) {
            for (int measure = 0; measure < spec.shares().size(); measure++) {
                if (!(row.cells().get(measure) instanceof Cell.Shown shown)
                        || shown.value().longValueExact() < with.at(measure, row.group()) + beyond) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void release_withAQuarterOfTheSigma_isCaught() {
        ReleaseSpec spec = Specs.users(1, 1, RHO);
        Noise strong = exact(3);
        Noise weak = spread -> strong.draw(
                spread instanceof GaussianVariance(BigInteger n, BigInteger d)
                        ? new GaussianVariance(n, d.shiftLeft(4))
                        : spread);
        assertTrue(provenEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 1), weak) > EPSILON);
    }

    @Test
    void release_ofAnUnboundedPerson_isCaught() {
        ReleaseSpec spec = Specs.users(1, 1, RHO);
        assertTrue(provenEpsilon(spec, sums(spec, PEOPLE), sums(spec, PEOPLE + 6), exact(4)) > EPSILON);
    }

    /** The attacker's score is the log-likelihood ratio: the sum of the cells, each over its sensitivity. A high threshold. */
    private static double provenEpsilon(ReleaseSpec spec, PartialSums without, PartialSums with, Noise noise) {
        double threshold = score(spec, exactly(spec, with));
        long falseAlarms = 0;
        long hits = 0;
        for (int i = 0; i < DRAWS; i++) {
            falseAlarms += score(spec, noised(spec, without, noise)) > threshold ? 1 : 0;
            hits += score(spec, noised(spec, with, noise)) > threshold ? 1 : 0;
        }
        double hitLow = Statistics.proportionLow(hits, DRAWS, Statistics.FALSE_ALARM / 2);
        double alarmHigh = Statistics.proportionHigh(falseAlarms, DRAWS, Statistics.FALSE_ALARM / 2);
        return Math.log((hitLow - 1e-6) / alarmHigh);
    }

    private static long[][] exactly(ReleaseSpec spec, PartialSums sums) {
        return noised(spec, sums, Specs.zeroNoise());
    }

    private static long[][] noised(ReleaseSpec spec, PartialSums sums, Noise noise) {
        var cells = new long[sums.measures()][sums.groups()];
        for (int measure = 0; measure < cells.length; measure++) {
            Spread spread = spec.spread(measure);
            for (int group = 0; group < cells[measure].length; group++) {
                cells[measure][group] = sums.at(measure, group) + noise.draw(spread);
            }
        }
        return cells;
    }

    private static double score(ReleaseSpec spec, long[][] cells) {
        double score = 0;
        for (int measure = 0; measure < cells.length; measure++) {
            for (long cell : cells[measure]) {
                score += (double) cell / spec.kernel().measures().get(measure).bound();
            }
        }
        return score;
    }

    private static PartialSums sums(ReleaseSpec spec, int people) {
        var kernel = new BoundingKernel(spec.kernel(), new byte[16], 0, people);
        long[] most = {0, Long.MAX_VALUE};
        for (int person = 0; person < people; person++) {
            for (int group = 0; group < spec.kernel().groups(); group++) {
                for (int row = 0; row < 10; row++) {
                    kernel.row(
                            person,
                            group,
                            Arrays.copyOf(most, spec.kernel().measures().size()));
                }
            }
        }
        return kernel.finish();
    }

    private static Noise exact(long seed) {
        return new ExactNoise(InsecureSeededRandom.bits(seed));
    }
}
