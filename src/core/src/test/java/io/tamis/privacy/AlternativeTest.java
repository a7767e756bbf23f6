package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlternativeTest {
    /** One cell, the whole month's 24,355 micro-rho: that is epsilon 0.999979, and Laplace's ±3 beats the Gaussian's ±9. */
    @Test
    void alternative_ofOneCell_isTheOneShot() {
        assertEquals(
                "{\"epsilonMicro\":999979,\"measures\":[{\"epsilonMicro\":999979,\"halfWidth95\":\"3\",\"id\":\"m0\","
                        + "\"kind\":\"COUNT_USERS\",\"relativeError\":{\"100\":\"0.0300\",\"1000\":\"0.0030\","
                        + "\"10000\":\"0.0003\"},\"sigma\":\"1.36\"}],\"mechanism\":\"PURE_LAPLACE\"}",
                offer(Specs.users(1, 50, 24_355)).orElseThrow().toJson().canonical());
    }

    /** The other way round: what is cheap in epsilon but touches many cells is better paid in rho. */
    @Test
    void alternative_ofAOneShotOverManyCells_isZcdp() {
        Alternative offer = offer(Specs.oneShot(cells(8, 3), 1_000_000)).orElseThrow();
        assertEquals(Mechanism.ZCDP_GAUSSIAN.loss(24_355), offer.loss());
        assertTrue(offer.toJson().canonical().contains("\"mechanism\":\"ZCDP_GAUSSIAN\",\"rhoMicro\":24355"));
    }

    @Test
    void alternative_ofWhatIsBestAlready_isNone() {
        assertEquals(Optional.empty(), offer(Specs.oneShot(Specs.users(1, 50, 1), 1_000_000)));
        assertEquals(Optional.empty(), offer(cells(8, 3)));
    }

    /**
     * Laplace's half-width grows with measures times L0, the Gaussian's with the root of it: at epsilon 1 the two meet
     * where sqrt(n*L0) = 1.96 / (ln 20 * sqrt(2 * 0.024355)) = 2.96, so 8 is on one side and 9 on the other.
     */
    @ParameterizedTest
    @CsvSource({"1, 8, true", "1, 9, false", "2, 4, true", "2, 5, false", "3, 2, true", "3, 3, false", "8, 1, true"})
    void alternative_atEpsilonOne_isTheOneShotUpToEightCellsAPerson(int measures, int groupsMax, boolean oneShot) {
        assertEquals(oneShot, offer(cells(groupsMax, measures)).isPresent());
    }

    /** What is offered is really narrower, in every measure, and is not offered back. */
    @Test
    void alternative_isNeverMutual() {
        Samples.forAll(
                1,
                150,
                random -> {
                    ReleaseSpec spec = cells(random.nextInt(1, 12), random.nextInt(1, 6));
                    Mechanism mechanism = random.nextBoolean() ? Mechanism.ZCDP_GAUSSIAN : Mechanism.PURE_LAPLACE;
                    return spec.paying(mechanism.loss(random.nextLong(100, 2_000_000)))
                            .orElseThrow();
                },
                spec -> offer(spec).ifPresent(alternative -> {
                    ReleaseSpec other = spec.paying(alternative.loss()).orElseThrow();
                    for (int measure = 0; measure < spec.shares().size(); measure++) {
                        assertTrue(other.spread(measure)
                                        .halfWidth95()
                                        .compareTo(spec.spread(measure).halfWidth95())
                                <= 0);
                    }
                    assertEquals(Optional.empty(), offer(other));
                    assertEquals(DryRun.predict(other, 1_000), alternative.dryRun());
                }));
    }

    /** So little that the other mechanism's unit is too coarse for it: no advice, no failure. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6, 100, 9_007_199_254_740_991L})
    void alternative_atTheEdgesOfThePrice_neverFails(long micro) {
        for (Mechanism mechanism : Mechanism.values()) {
            cells(1, 5).paying(mechanism.loss(micro)).ifPresent(AlternativeTest::offer);
        }
        assertEquals(Optional.empty(), offer(Specs.oneShot(Specs.users(1, 50, 1), 1)));
    }

    /** The month's budget on so many measures in so many groups of a person. */
    private static ReleaseSpec cells(int groupsMax, int measures) {
        var all = new ArrayList<Measure>(List.of(Specs.USERS));
        all.addAll(Collections.nCopies(measures - 1, Specs.ROWS));
        return Specs.spec(groupsMax + 1, groupsMax, all, List.of(new Statistic.Users()), 50, 24_355);
    }

    private static Optional<Alternative> offer(ReleaseSpec spec) {
        return Alternative.of(spec, DryRun.ASSUMED_USERS);
    }
}
