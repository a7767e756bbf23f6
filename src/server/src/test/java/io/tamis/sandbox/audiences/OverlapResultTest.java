package io.tamis.sandbox.audiences;

import static io.tamis.sandbox.audiences.Released.NO_NOISE;
import static io.tamis.sandbox.audiences.Released.at;
import static io.tamis.sandbox.audiences.Released.cell;
import static io.tamis.sandbox.audiences.Released.overlap;
import static io.tamis.sandbox.audiences.Released.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tamis.data.Dataset;
import io.tamis.data.Json;
import io.tamis.jobs.Plan;
import io.tamis.privacy.Release;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Noise is off here and its spread is not: epsilon 1, so 95 % of it is within 3, and half a unit is added. */
class OverlapResultTest {
    private static final Dataset[] ABC = {Declarations.users("a"), Declarations.events("b"), Declarations.events("c")};
    private static final Plan TWO =
            plan("{'audiences':[{'id':'shop','dataset':'a'},{'id':'video','dataset':'b'}]}", ABC[0], ABC[1]);

    /** 600 only in the shop, 200 only in video, 400 in both. */
    @Test
    void result_derivesTotalsUnionsIntersectionsAndRates() {
        Json.Obj result = overlap(TWO, Released.of(TWO, NO_NOISE, 600, 200, 400));
        assertEquals(List.of("shop=600", "video=200", "shop+video=400"), rows(result));
        Json derived = at(result, "derived");
        assertEquals("\"shop\"", at(derived, "audiences", 0, "id").canonical());
        // reach 3.5 * sqrt(2) = 4.95, rounded outwards
        assertEquals("1000 [995, 1005]", cell(at(derived, "audiences", 0, "people")));
        assertEquals("600 [595, 605]", cell(at(derived, "audiences", 1, "people")));
        // reach 3.5 * sqrt(3) = 6.06
        assertEquals("1200 [1193, 1207]", cell(at(derived, "union")));
        Json pair = at(derived, "pairs", 0);
        assertEquals("[\"shop\",\"video\"]", at(pair, "of").canonical());
        // one cell alone: its own interval, as released
        assertEquals("400 [397, 403]", cell(at(pair, "intersection")));
        assertEquals("1200 [1193, 1207]", cell(at(pair, "union")));
        assertEquals("\"shop\"", at(pair, "matchRates", 0, "of").canonical());
        // 3.5 * sqrt(.6^2 + .4^2) / 1000 = .0025 on either side
        assertEquals("0.4 [0.3974, 0.4026]", cell(at(pair, "matchRates", 0, "rate")));
        assertEquals("0.6667 [0.6623, 0.6711]", cell(at(pair, "matchRates", 1, "rate")));
        assertEquals("[]", at(result, "notes").canonical());
    }

    /** The release is kept in canonical order; each job sees its own, whatever the order of the one that paid. */
    @Test
    void result_ofAPermutedJob_showsTheSameNumbersUnderItsOwnNames() {
        Plan one =
                plan("{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b'},{'id':'z','dataset':'c'}]}", ABC);
        Plan other =
                plan("{'audiences':[{'id':'C','dataset':'c'},{'id':'A','dataset':'a'},{'id':'B','dataset':'b'}]}", ABC);
        assertEquals(one.query().digest(), other.query().digest());
        Release release = Released.of(one, NO_NOISE, 101, 102, 103, 104, 105, 106, 107);
        assertEquals(
                List.of("x=101", "y=102", "x+y=103", "z=104", "x+z=105", "y+z=106", "x+y+z=107"),
                rows(overlap(one, release)));
        Json.Obj shown = overlap(other, Release.fromJson(release.toJson()));
        assertEquals(List.of("C=104", "A=101", "C+A=105", "B=102", "C+B=106", "A+B=103", "C+A+B=107"), rows(shown));
        assertEquals("422", Released.value(at(shown, "derived", "audiences", 0, "people")));
        assertEquals("416", Released.value(at(shown, "derived", "audiences", 1, "people")));
        assertEquals("[\"C\",\"A\"]", at(shown, "derived", "pairs", 0, "of").canonical());
        assertEquals("212", Released.value(at(shown, "derived", "pairs", 0, "intersection")));
    }

    @Test
    void result_withSegments_derivesForAllAndForEach() {
        Plan plan = plan(
                "{'audiences':[{'id':'v','dataset':'b'},{'id':'s','dataset':'a'}],'segmentBy':[{'column':'a#band'}]}",
                ABC[0],
                ABC[1]);
        // canonical order: a before b; per set the three bands and (none)
        Json.Obj result = overlap(plan, Released.of(plan, NO_NOISE, 100, 200, 300, 0, 0, 0, 0, 150, 400, 500, 600, 0));
        assertEquals(
                "[\"audiences\",\"band\",\"people\"]", at(result, "columns").canonical());
        assertEquals(
                List.of(
                        "v/young=null",
                        "v/old=null",
                        "v/ancient=null",
                        "v/(none)=150",
                        "s/young=100",
                        "s/old=200",
                        "s/ancient=300",
                        "s/(none)=null",
                        "v+s/young=400",
                        "v+s/old=500",
                        "v+s/ancient=600",
                        "v+s/(none)=null"),
                rows(result));
        Json derived = at(result, "derived");
        assertEquals("1650", Released.value(at(derived, "audiences", 0, "people")));
        assertEquals("\"old\"", at(derived, "segments", 1, "segment").canonical());
        assertEquals("500", Released.value(at(derived, "segments", 1, "audiences", 0, "people")));
        assertEquals("700", Released.value(at(derived, "segments", 1, "audiences", 1, "people")));
        assertEquals("150", Released.value(at(derived, "segments", 3, "union")));
        assertEquals("[\"WITHHELD_CELLS_COUNT_AS_ZERO\"]", at(result, "notes").canonical());
    }

    @ParameterizedTest
    @CsvSource({"49, null", "50, 50", "51, 51"})
    void cell_aroundK_isShownFromKOn(long people, String shown) {
        Json.Obj result = overlap(TWO, Released.of(TWO, NO_NOISE, 600, people, 400));
        assertEquals("video=" + shown, rows(result).get(1));
    }

    /** Withheld: 0 in the sum, and up to k in its interval. */
    @Test
    void derived_ofAWithheldCell_countsZeroAndReachesUpByK() {
        Json.Obj result = overlap(TWO, Released.of(TWO, NO_NOISE, 600, 49, 400));
        Json derived = at(result, "derived");
        assertEquals("400 [395, 455]", cell(at(derived, "audiences", 1, "people")));
        assertEquals("1000 [993, 1057]", cell(at(derived, "union")));
        assertEquals("null", cell(at(derived, "pairs", 0, "matchRates", 1, "rate")));
        assertEquals("[\"WITHHELD_CELLS_COUNT_AS_ZERO\"]", at(result, "notes").canonical());
    }

    /** Whatever is withheld, and however many persons are behind it: not one character of the result differs. */
    @Test
    void result_tellsNothingOfWithheldCells() {
        Plan plan =
                plan("{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b'},{'id':'z','dataset':'c'}]}", ABC);
        var random = new SplittableRandom(7);
        for (int world = 0; world < 100; world++) {
            long[] one = random.longs(7, 0, 100).toArray();
            long[] other = LongStream.of(one)
                    .map(count -> count < Declarations.K ? random.nextInt(Declarations.K) : count)
                    .toArray();
            assertEquals(
                    overlap(plan, Released.of(plan, NO_NOISE, one)).canonical(),
                    overlap(plan, Released.of(plan, NO_NOISE, other)).canonical());
        }
    }

    /** Nobody, one person, k - 1 persons: one answer, all withheld, in the shape of any other. */
    @Test
    void result_ofEmptyAndTinyAudiences_isTheSame() {
        String nobody = overlap(TWO, Released.of(TWO, NO_NOISE, 0, 0, 0)).canonical();
        assertEquals(nobody, overlap(TWO, Released.of(TWO, NO_NOISE, 0, 1, 0)).canonical());
        assertEquals(
                nobody, overlap(TWO, Released.of(TWO, NO_NOISE, 49, 49, 49)).canonical());
        String full = overlap(TWO, Released.of(TWO, NO_NOISE, 600, 200, 400)).canonical();
        assertEquals(names(full), names(nobody));
        assertFalse(nobody.contains("value"));
    }

    private static String names(String json) {
        return json.replaceAll("\\{\"ci95\":[^}]*}|null", "cell").replaceAll("\"notes\":\\[[^]]*]", "");
    }

    private static Plan plan(String params, Dataset... datasets) {
        return (Plan) OverlapPlanner.plan(Declarations.request(params, datasets));
    }
}
