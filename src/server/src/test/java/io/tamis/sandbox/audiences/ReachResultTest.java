package io.tamis.sandbox.audiences;

import static io.tamis.sandbox.audiences.Released.NO_NOISE;
import static io.tamis.sandbox.audiences.Released.at;
import static io.tamis.sandbox.audiences.Released.cell;
import static io.tamis.sandbox.audiences.Released.reach;
import static io.tamis.sandbox.audiences.Released.rows;
import static io.tamis.sandbox.audiences.Released.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Dataset;
import io.tamis.data.Json;
import io.tamis.jobs.Plan;
import io.tamis.privacy.Noise;
import io.tamis.privacy.Release;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Noise is off unless said; its spread is that of epsilon 1 over two cells: 95 % within 6, and half a unit is added. */
class ReachResultTest {
    private static final Dataset[] AB = {Declarations.users("a"), Declarations.events("b")};
    private static final Plan TWO =
            plan("'id':'shop','dataset':'a','on':'a#day'", "'id':'video','dataset':'b','on':'b#day'");

    /** 500 once, 300 twice, 200 three times or more; 400 in the shop alone, 350 in video alone, 250 on both. */
    @Test
    void result_derivesReachCurveAndIncrements() {
        Json.Obj result = reach(TWO, Released.of(TWO, NO_NOISE, 500, 300, 200, 400, 350, 250));
        assertEquals(
                List.of(
                        "frequency:1=500",
                        "frequency:2=300",
                        "frequency:3+=200",
                        "platforms:shop=400",
                        "platforms:video=350",
                        "platforms:shop+video=250"),
                rows(result));
        Json derived = at(result, "derived");
        // 6.5 * sqrt(3) = 11.26
        assertEquals("1000 [988, 1012]", cell(at(derived, "reach")));
        assertEquals("1000 [988, 1012]", cell(at(derived, "curve", 0, "people")));
        assertEquals("3", at(derived, "curve", 2, "atLeast").canonical());
        assertEquals("500 [490, 510]", cell(at(derived, "curve", 1, "people")));
        assertEquals("200 [194, 206]", cell(at(derived, "curve", 2, "people")));
        assertEquals("650 [640, 660]", cell(at(derived, "platforms", 0, "reach")));
        assertEquals("400 [394, 406]", cell(at(derived, "platforms", 0, "incremental")));
        assertEquals("\"video\"", at(derived, "platforms", 1, "id").canonical());
        assertEquals("350", value(at(derived, "platforms", 1, "incremental")));
        assertEquals("[]", at(result, "notes").canonical());
    }

    @Test
    void result_ofAPermutedJob_showsTheSameNumbersUnderItsOwnNames() {
        Plan other = plan("'id':'B','dataset':'b','on':'b#day'", "'id':'A','dataset':'a','on':'a#day'");
        assertEquals(TWO.query().digest(), other.query().digest());
        Release release = Released.of(TWO, NO_NOISE, 500, 300, 200, 400, 350, 250);
        assertEquals(
                List.of("platforms:B=350", "platforms:A=400", "platforms:B+A=250"),
                rows(reach(other, release)).subList(3, 6));
    }

    @Test
    void result_ofOnePlatform_hasOneSet() {
        Plan one = (Plan) ReachPlanner.plan(Declarations.request(
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],"
                        + "'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                AB[0]));
        Json derived = at(reach(one, Released.of(one, NO_NOISE, 100, 200, 300, 600)), "derived");
        // one cell has less noise than three
        assertEquals("600 [594, 606]", cell(at(derived, "reach")));
        assertEquals("600 [588, 612]", cell(at(derived, "curve", 0, "people")));
        assertEquals("600", value(at(derived, "platforms", 0, "incremental")));
    }

    /** The two sums have six cells of deviation 2.82 or so, together 6.9: apart from 14 on. */
    @Test
    void note_aboutConsistency_comesWhenTheSumsAreApart() {
        assertEquals(
                "[]",
                at(reach(TWO, Released.of(TWO, NO_NOISE, 500, 300, 200, 413, 350, 250)), "notes")
                        .canonical());
        assertEquals(
                "[\"CONSISTENCY_LARGE\"]",
                at(reach(TWO, Released.of(TWO, NO_NOISE, 500, 300, 200, 414, 350, 250)), "notes")
                        .canonical());
        assertEquals(
                "[\"CONSISTENCY_LARGE\"]",
                at(reach(TWO, Released.of(TWO, NO_NOISE, 500, 300, 200, 386, 350, 250)), "notes")
                        .canonical());
    }

    @Test
    void result_ofNobodyAndOnePerson_isTheSame() {
        String nobody = reach(TWO, Released.of(TWO, NO_NOISE, 0, 0, 0, 0, 0, 0)).canonical();
        assertEquals(
                nobody, reach(TWO, Released.of(TWO, NO_NOISE, 1, 0, 0, 0, 1, 0)).canonical());
    }

    @Test
    void result_tellsNothingOfWithheldCells() {
        var random = new SplittableRandom(8);
        for (int world = 0; world < 100; world++) {
            long[] one = random.longs(6, 0, 100).toArray();
            long[] other = LongStream.of(one)
                    .map(count -> count < Declarations.K ? random.nextInt(Declarations.K) : count)
                    .toArray();
            assertEquals(
                    reach(TWO, Released.of(TWO, NO_NOISE, one)).canonical(),
                    reach(TWO, Released.of(TWO, NO_NOISE, other)).canonical());
        }
    }

    /** Noise may make a bucket less than nothing; it is withheld, and the curve never rises. */
    @Test
    void curve_neverRises() {
        Noise noise = Released.insecureNoise(5);
        for (int run = 0; run < 200; run++) {
            Json curve = at(reach(TWO, Released.of(TWO, noise, 60, run % 60, 50, 55, 55, 0)), "derived", "curve");
            long before = Long.MAX_VALUE;
            for (int at = 0; at < 3; at++) {
                String value = value(at(curve, at, "people"));
                long own = value.equals("null") ? 0 : Long.parseLong(value);
                assertTrue(own <= before);
                before = own;
            }
        }
    }

    private static Plan plan(String first, String second) {
        return (Plan) ReachPlanner.plan(Declarations.request(
                "{'exposures':[{" + first + "},{" + second + "}],"
                        + "'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                AB));
    }
}
