package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is too few to be shown (docs/privacy.md), to the unit, as the test profile draws no noise. */
@TamisTest
class ThresholdTest {
    private static final String LAB = "lab-1";
    private static final String MERCHANT = "threshold-tester";
    private static final String BY_ARM = """
            {"measures":[{"id":"people","kind":"COUNT_USERS"}],"groupBy":[{"column":"lab-1#arm"}]}""";
    private static final String PRIVACY = "{\"rhoMicro\":10}";
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** Version 1: alpha 49 people, beta 50, gamma 51. Version 2: one person with 10,000 rows in alpha. */
    @BeforeAll
    static void load() {
        TestApi.load(LAB, 1, people(49, 50, 51)).then().statusCode(201);
        var heavy = new StringBuilder("person,arm,spend\n");
        for (int row = 0; row < 10_000; row++) {
            heavy.append("heavy,alpha,9.99\n");
        }
        TestApi.load(LAB, 2, heavy.toString()).then().statusCode(201);
        var everywhere = new StringBuilder(people(60, 60, 60));
        for (String arm : List.of("alpha", "beta", "gamma")) {
            everywhere.append("everywhere,").append(arm).append(",5.00\n");
        }
        TestApi.load(LAB, 3, everywhere.toString()).then().statusCode(201);
    }

    @Test
    void kMinusOne_isSuppressed_kAndKPlusOneAreShown() {
        assertEquals(List.of("null", "50", "51"), cells(ask(1, BY_ARM, PRIVACY)));
    }

    @Test
    void minUsersOfTheCaller_raisesK_neverLowersIt() {
        assertEquals(List.of("null", "50", "51"), cells(ask(1, BY_ARM, "{\"rhoMicro\":11,\"minUsers\":1}")));
        assertEquals(List.of("null", "null", "51"), cells(ask(1, BY_ARM, "{\"rhoMicro\":12,\"minUsers\":51}")));
        assertEquals(List.of("null", "null", "null"), cells(ask(1, BY_ARM, "{\"rhoMicro\":13,\"minUsers\":100}")));
    }

    @Test
    void onePersonWithTenThousandRows_isOnePerson() {
        assertEquals(List.of("null", "null", "null"), cells(ask(2, BY_ARM, PRIVACY)));
        String rows = """
                {"measures":[{"id":"rows","kind":"COUNT"}],"groupBy":[{"column":"lab-1#arm"}]}""";
        assertEquals(List.of("null", "null", "null"), cells(ask(2, rows, PRIVACY)));
    }

    @Test
    void personInAllGroups_countsInTwoOfThree() {
        int total = cells(ask(3, BY_ARM, PRIVACY)).stream()
                .mapToInt(Integer::parseInt)
                .sum();
        assertEquals(180 + 2, total);
    }

    @Test
    void noOneAFewAndKMinusOne_giveTheSameStatusShapeAndCharge() {
        var shapes = new ArrayList<String>();
        // nobody spends more than 100; person a0 alone spends 100; 49 people are in alpha
        for (String where : List.of(
                "{\"column\":\"lab-1#spend\",\"op\":\"GT\",\"values\":[99999]}",
                "{\"column\":\"lab-1#spend\",\"op\":\"EQ\",\"values\":[10000]}",
                "{\"column\":\"lab-1#arm\",\"op\":\"EQ\",\"values\":[\"alpha\"]}")) {
            String params = "{\"measures\":[{\"id\":\"people\",\"kind\":\"COUNT_USERS\"}],\"where\":[" + where + "]}";
            Json.Obj envelope = ask(1, params, PRIVACY);
            shapes.add(envelope.without("jobId", "receipt", "privacy").canonical());
            assertEquals(10, new JsonFields(envelope).object("privacy").integer("rhoMicro", 0, 1_000_000));
        }
        assertEquals(shapes.get(0), shapes.get(1));
        assertEquals(shapes.get(0), shapes.get(2));
    }

    @Test
    void exactCounts_areInNoHeaderOfTheAnswer() {
        String job = TestApi.submit(MERCHANT, body(1, BY_ARM, "{\"rhoMicro\":14}"))
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        TestApi.await(MERCHANT, job);
        Response result = TestApi.result(MERCHANT, job);
        // A number of its own: the time of day and ids have digits too.
        assertTrue(result.getHeaders().asList().stream()
                .filter(header -> !header.getName().equals("Date"))
                .noneMatch(header -> header.getValue().matches(".*\\b49\\b.*")));
    }

    private static Json.Obj ask(int version, String params, String privacy) {
        return TestApi.answer(MERCHANT, body(version, params, privacy));
    }

    private static String body(int version, String params, String privacy) {
        return TestApi.job("t-" + NAMES.incrementAndGet(), LAB, version, params, privacy);
    }

    private static List<String> cells(Json.Obj envelope) {
        var values = new ArrayList<String>();
        for (JsonFields row : new JsonFields(envelope).object("result").list("rows", 100, JsonFields::new)) {
            Json cell = row.list("cells", 10, json -> json).getFirst();
            values.add(
                    cell instanceof Json.Obj shown
                            ? shown.member("value").orElseThrow().canonical()
                            : "null");
        }
        return values;
    }

    private static String people(int alpha, int beta, int gamma) {
        var csv = new StringBuilder("person,arm,spend\n");
        for (int i = 0; i < alpha; i++) {
            csv.append("a")
                    .append(i)
                    .append(",alpha,")
                    .append(i == 0 ? "100.00" : "1.00")
                    .append('\n');
        }
        for (int i = 0; i < beta; i++) {
            csv.append("b").append(i).append(",beta,2.00\n");
        }
        for (int i = 0; i < gamma; i++) {
            csv.append("c").append(i).append(",gamma,3.00\n");
        }
        return csv.toString();
    }
}
