package io.tamis.jobs;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.ValidatableResponse;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Role;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A merchant's job through REST: taken in, answered, repeated, refused, read by others. */
@TamisTest
class JobLifeTest {
    private static final String LAB = "lab-2";
    private static final String PEOPLE = """
            {"measures":[{"id":"people","kind":"COUNT_USERS"},{"id":"revenue","kind":"SUM","column":"lab-2#spend"}]}""";

    @BeforeAll
    static void load() {
        var csv = new StringBuilder("person,arm,spend\n");
        for (int i = 0; i < 120; i++) {
            csv.append("p").append(i).append(i % 2 == 0 ? ",alpha,1.50\n" : ",beta,2.50\n");
        }
        TestApi.load(LAB, 1, csv.toString()).then().statusCode(201);
    }

    @Test
    void job_runsThroughItsStates_andItsReceiptNamesTheRelease() {
        Json.Obj envelope = TestApi.answer("life-a", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"));
        assertEquals("SUCCEEDED", new JsonFields(envelope).string("state", 20));
        String job = new JsonFields(envelope).string("jobId", 64);
        TestApi.await("life-a", job)
                .then()
                .body(
                        "stateHistory.state",
                        hasItems("SUBMITTED", "POLICY_CHECK", "QUEUED", "RUNNING", "RELEASE_CHECK"));
        assertTrue(new JsonFields(envelope)
                .object("receipt")
                .string("tlogProof", 100_000)
                .startsWith("c2sp.org/tlog-proof@v1"));
        var rows = new JsonFields(envelope).object("result").list("rows", 10, json -> json);
        assertEquals("{\"cells\":[{\"ci95\"", rows.getFirst().canonical().substring(0, 17));
    }

    @Test
    void resultHash_isThatOfTheEnvelopeWithoutReceiptAndRemaining() {
        Json.Obj envelope = TestApi.answer("life-b", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"));
        var privacy = (Json.Obj) envelope.member("privacy").orElseThrow();
        Hash hash = Hash.sha256(envelope.without("receipt")
                .with("privacy", privacy.without("remaining"))
                .canonicalBytes());
        String event = new JsonFields(envelope).object("receipt").string("eventId", 64);
        given().auth()
                .oauth2(TestTokens.of(Role.COMPLIANCE_OFFICER, "authority"))
                .get("/v1/ledger/entries/" + event)
                .then()
                .statusCode(200)
                .body("event.resultHash", equalTo(hash.hex()));
    }

    @Test
    void sameRequestAgain_isTheSameJob_andCostsNothing() {
        String body = TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}");
        String first =
                TestApi.submit("life-c", body).then().statusCode(202).extract().path("jobId");
        String second =
                TestApi.submit("life-c", body).then().statusCode(202).extract().path("jobId");
        assertEquals(first, second);
        TestApi.await("life-c", first);
        assertEquals(100, spent("life-c"));
    }

    @Test
    void sameNameWithAnotherBody_isRefused() {
        TestApi.submit("life-d", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"))
                .then()
                .statusCode(202);
        TestApi.submit("life-d", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":101}"))
                .then()
                .statusCode(409)
                .body("code", equalTo("JOB_REQUEST_REUSED"));
    }

    @Test
    void sameQuestionUnderOtherNames_isAnsweredFromTheCache_forNothing() {
        Json.Obj first = TestApi.answer("life-e", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"));
        String renamed = """
                {"measures":[{"id":"x","kind":"SUM","column":"lab-2#spend"},{"id":"y","kind":"COUNT_USERS"}]}""";
        Json.Obj second = TestApi.answer("life-e", TestApi.job("j-2", LAB, 1, renamed, "{\"rhoMicro\":100}"));
        assertEquals(Json.of(false), first.member("cached").orElseThrow());
        assertEquals(Json.of(true), second.member("cached").orElseThrow());
        assertEquals(0, new JsonFields(second).object("privacy").integer("rhoMicro", 0, 100));
        assertEquals(100, spent("life-e"));
    }

    @Test
    void rivalsCachedAnswer_isNotShown() {
        TestApi.answer("life-f", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"));
        Json.Obj other = TestApi.answer("life-g", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"));
        assertEquals(Json.of(false), other.member("cached").orElseThrow());
        assertEquals(100, spent("life-g"));
    }

    @Test
    void identifierAsGroupKey_isRefused_withJobAndEntry() {
        String params = """
                {"measures":[{"id":"people","kind":"COUNT_USERS"}],"groupBy":[{"column":"lab-2#person"}]}""";
        TestApi.submit("life-h", TestApi.job("j-1", LAB, 1, params, "{\"rhoMicro\":100}"))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("LABEL_L5_USE"))
                .body("jobId", notNullValue())
                .body("eventId", notNullValue());
        assertEquals(0, spent("life-h"));
    }

    @Test
    void refusedRequestAgain_isTheSameRefusal() {
        String body = TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":24356}");
        String first =
                TestApi.submit("life-i", body).then().statusCode(422).extract().path("eventId");
        String second =
                TestApi.submit("life-i", body).then().statusCode(422).extract().path("eventId");
        assertEquals(first, second);
    }

    @Test
    void anothersJob_isNotFound() {
        String job = TestApi.submit("life-j", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"))
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        TestApi.await("life-k", job).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        TestApi.result("life-k", job).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void unknownDatasetAndUnknownVersion_areAnsweredAlike() {
        TestApi.submit("life-l", TestApi.job("j-1", "nowhere", 1, PEOPLE, "{\"rhoMicro\":100}"))
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"))
                .body("eventId", notNullValue());
        TestApi.submit("life-l", TestApi.job("j-2", LAB, 77, PEOPLE, "{\"rhoMicro\":100}"))
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void malformedBody_isRefusedAndRecorded() {
        String event = TestApi.submit("life-m", "{\"jobRequestId\":\"j-1\",\"colour\":true}")
                .then()
                .statusCode(400)
                .extract()
                .path("eventId");
        given().auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "life-m"))
                .get("/v1/ledger/entries/" + event)
                .then()
                .statusCode(200)
                .body("event.type", equalTo("request.refused"));
        assertNotEquals("", event);
    }

    @Test
    void dryRun_pricesWithoutCharging() {
        given().auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "life-n"))
                .contentType("application/json")
                .body(TestApi.job("d-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"))
                .post("/v1/dry-runs")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("PERMIT"))
                .body("rhoMicro", equalTo(100))
                .body("eventId", notNullValue())
                .body("measures.id", hasItems("people", "revenue"))
                .body("remainingAfter.rhoMicro", everyItem(equalTo(24_255)));
        assertEquals(0, spent("life-n"));
    }

    /** Two measures, one group of a person: for one question Laplace noise is the narrower one. */
    @Test
    void dryRun_whereTheOneShotIsMoreExact_offersItWhileTheMonthIsUndecided() {
        String body = TestApi.job("d-2", LAB, 1, PEOPLE, "{\"rhoMicro\":1000}");
        dryRun("life-r", body)
                .body("alternative.mechanism", equalTo("PURE_LAPLACE"))
                .body("alternative.epsilonMicro", greaterThan(100_000))
                .body("alternative.measures.id", hasItems("people", "revenue"));
        TestApi.answer("life-r", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"));
        // Now the month is spent in rho, and advice that cannot be followed is none.
        dryRun("life-r", body).body("verdict", equalTo("PERMIT")).body("alternative", nullValue());
    }

    @Test
    void dryRunOfAOneShot_pricesInEpsilon_andOffersNothingBetter() {
        dryRun("life-s", TestApi.job("d-3", LAB, 1, PEOPLE, "{\"mechanism\":\"PURE_LAPLACE\",\"epsilonMicro\":500000}"))
                .body("verdict", equalTo("PERMIT"))
                .body("mechanism", equalTo("PURE_LAPLACE"))
                .body("epsilonMicro", equalTo(500_000))
                .body("rhoMicro", nullValue())
                .body("alternative", nullValue())
                .body("remainingAfter.epsilonMicro", everyItem(equalTo(500_000)));
    }

    /** Charged in epsilon, answered from the cache for nothing, and the month is closed to rho from then on. */
    @Test
    void oneShot_isChargedInEpsilonAndDecidesTheMonth() {
        String oneShot = "{\"mechanism\":\"PURE_LAPLACE\",\"epsilonMicro\":500000}";
        Json.Obj paid = TestApi.answer("life-t", TestApi.job("j-1", LAB, 1, PEOPLE, oneShot));
        assertEquals(500_000, price(paid));
        Json.Obj again = TestApi.answer("life-t", TestApi.job("j-2", LAB, 1, PEOPLE, oneShot));
        assertEquals(0, price(again));
        assertEquals(paid.member("result"), again.member("result"));
        dryRun("life-t", TestApi.job("d-4", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"))
                .body("reasonCodes", hasItems("BUDGET_EXHAUSTED"));
    }

    private static long price(Json.Obj envelope) {
        JsonFields privacy = new JsonFields(envelope).object("privacy");
        assertEquals("PURE_LAPLACE", privacy.string("mechanism", 64));
        return privacy.integer("epsilonMicro", 0, 1_000_000);
    }

    private static ValidatableResponse dryRun(String merchant, String body) {
        return given().auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .contentType("application/json")
                .body(body)
                .post("/v1/dry-runs")
                .then()
                .statusCode(200);
    }

    @Test
    void dryRunOfAnAnsweredQuestion_saysItCostsNothing() {
        String body = TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}");
        TestApi.answer("life-p", body);
        given().auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "life-p"))
                .contentType("application/json")
                .body(body)
                .post("/v1/dry-runs")
                .then()
                .body("cached", equalTo(true))
                .body("rhoMicro", equalTo(0));
    }

    @Test
    void resultForAnotherParty_isRefusedByJobAndDryRunAlike() {
        String body = TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}")
                .replace("\"reason\"", "\"output\":{\"receivers\":[\"rival\"]},\"reason\"");
        TestApi.submit("life-q", body).then().statusCode(403).body("code", equalTo("NOT_MEMBER"));
        given().auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "life-q"))
                .contentType("application/json")
                .body(body)
                .post("/v1/dry-runs")
                .then()
                .statusCode(403)
                .body("code", equalTo("NOT_MEMBER"));
    }

    @Test
    void cancelOfAFinishedJob_isAConflict() {
        Json.Obj envelope = TestApi.answer("life-o", TestApi.job("j-1", LAB, 1, PEOPLE, "{\"rhoMicro\":100}"));
        String job = new JsonFields(envelope).string("jobId", 64);
        given().auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "life-o"))
                .contentType("application/json")
                .body("{\"reason\":\"no longer needed\"}")
                .post("/v1/jobs/" + job + "/cancellation")
                .then()
                .statusCode(409)
                .body("code", equalTo("STATE_CONFLICT"));
    }

    private static int spent(String merchant) {
        var spent = given().auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .get("/v1/budgets?dataset=" + LAB)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.rhoMicro.spent", Integer.class);
        return spent.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
