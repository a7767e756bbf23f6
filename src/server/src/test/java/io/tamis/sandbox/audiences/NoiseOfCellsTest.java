package io.tamis.sandbox.audiences;

import static io.tamis.sandbox.audiences.Released.at;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.jobs.Plan;
import io.tamis.privacy.Cell;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Noise;
import io.tamis.privacy.Release;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How near noised answers are to the truth. Seeded, so each test passes always or never; the rates say how probable a
 * failure would be under another seed.
 */
class NoiseOfCellsTest {
    private static final Loss EPSILON_1 = new Loss.Pure(new MicroEpsilon(1_000_000));
    private static final long[] SETS = {900, 700, 400, 300, 250, 200, 150};
    private static final String THREE =
            "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b'},{'id':'z','dataset':'c'}]}";

    /**
     * 200 one-shots of epsilon 1, seven cells each. P[|noise| > 3] = 2 e^-4 / (1 + e^-1) = .0268 a cell, so 95 % of 1,400 is
     * missed with probability below 1e-6; in a single run all seven are within 3 with probability .83.
     */
    @Test
    void overlapCells_atEpsilonOne_areWithinThreeInNineteenOfTwenty() {
        assertTrue(shareWithin(overlap(EPSILON_1), 3, SETS) >= .95);
    }

    /**
     * Two cells a person, so twice the scale: P[|noise| > 6] = 2 e^-3.5 / (1 + e^-.5) = .0376 a cell, so 94 % of 1,800 is
     * missed with probability below 1e-6.
     */
    @Test
    void reachCells_atEpsilonOne_areWithinSix() {
        Plan plan = reach(EPSILON_1);
        assertTrue(shareWithin(plan, 6, 900, 700, 400, 300, 250, 200, 900, 700, 400) >= .94);
    }

    private static double shareWithin(Plan plan, long most, long... counts) {
        long within = 0;
        for (int run = 0; run < 200; run++) {
            Release release = Released.of(plan, Released.insecureNoise(run), counts);
            for (int cell = 0; cell < counts.length; cell++) {
                var shown = (Cell.Shown) release.rows().get(cell).cells().getFirst();
                boolean near = shown.value()
                                .subtract(BigDecimal.valueOf(counts[cell]))
                                .abs()
                                .compareTo(BigDecimal.valueOf(most))
                        <= 0;
                within += near ? 1 : 0;
            }
        }
        return within / (200.0 * counts.length);
    }

    static Stream<Loss> losses() {
        return Stream.of(
                EPSILON_1,
                new Loss.Pure(new MicroEpsilon(100_000)),
                new Loss.Zcdp(new MicroRho(24_355)),
                new Loss.Zcdp(new MicroRho(500)));
    }

    /**
     * Derived intervals hold the truth in 95 % of releases at least, when nothing is withheld. 400 runs: an interval
     * that held it in exactly 95 % would be found in fewer than 357 of them with probability below 1e-6.
     */
    @ParameterizedTest
    @MethodSource("losses")
    void derivedIntervals_holdTheTruth_inNineteenOfTwenty(Loss loss) {
        Plan overlap = overlap(loss);
        Plan reach = reach(loss);
        var held = new int[6];
        int runs = 400;
        Noise noise = Released.insecureNoise(2026);
        for (int run = 0; run < runs; run++) {
            Json three = at(
                    Released.overlap(
                            overlap, Released.of(overlap, noise, 9_000, 7_000, 4_000, 3_000, 2_500, 2_000, 1_500)),
                    "derived");
            Json pair = at(three, "pairs", 0);
            held[0] += holds(at(three, "union"), "29000");
            held[1] += holds(at(three, "audiences", 0, "people"), "17000");
            held[2] += holds(at(pair, "intersection"), "5500");
            held[3] += holds(at(pair, "matchRates", 0, "rate"), share(5_500, 17_000));
            Json reached = at(
                    Released.reach(
                            reach,
                            Released.of(reach, noise, 9_000, 7_000, 4_000, 3_000, 2_500, 2_000, 9_000, 7_000, 11_500)),
                    "derived");
            held[4] += holds(at(reached, "curve", 2, "people"), "11500");
            held[5] += holds(at(reached, "platforms", 1, "reach"), "18500");
        }
        for (int kind = 0; kind < held.length; kind++) {
            assertTrue(held[kind] >= 357, loss + " interval " + kind + ": " + held[kind]);
        }
    }

    private static String share(long part, long whole) {
        return BigDecimal.valueOf(part)
                .divide(BigDecimal.valueOf(whole), 12, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static int holds(Json cell, String truth) {
        var exact = new BigDecimal(truth);
        boolean inside = number(at(cell, "ci95", 0)).compareTo(exact) <= 0
                && number(at(cell, "ci95", 1)).compareTo(exact) >= 0;
        return inside ? 1 : 0;
    }

    private static BigDecimal number(Json json) {
        return new BigDecimal(json instanceof Json.Str(String value) ? value : json.canonical());
    }

    private static Plan overlap(Loss loss) {
        return (Plan) OverlapPlanner.plan(Declarations.request(
                THREE,
                loss,
                Declarations.others(Declarations.users("a"), Declarations.events("b"), Declarations.events("c"))));
    }

    private static Plan reach(Loss loss) {
        return (Plan) ReachPlanner.plan(Declarations.request(
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'},{'id':'y','dataset':'b','on':'b#day'}],"
                        + "'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':6}",
                loss,
                List.copyOf(Declarations.others(Declarations.users("a"), Declarations.events("b")))));
    }
}
