package io.tamis.sandbox.audiences;

import static io.tamis.sandbox.audiences.Released.at;
import static io.tamis.sandbox.audiences.Released.cell;
import static io.tamis.sandbox.audiences.Released.rows;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.catalog.collaboration.CollaborationApi;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Json;
import io.tamis.data.Role;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A brand asks about its members and two platforms' people, who are written in three ways. The test profile draws no noise,
 * so every number is exact.
 *
 * <p>Members are the persons 0 to 1,199, users of video 600 to 1,799. Video showed an ad to 600 to 1,399, once to even and three
 * times to odd ones; the messenger to 1,000 to 1,599, once.
 */
@TamisTest
class AudiencesThroughRestTest {
    private static final int VERSION = 71;
    private static final int SMALL_VERSION = 72;
    private static final Caller BRAND = Caller.merchant("brand-a");
    private static final Caller ANOTHER = Caller.merchant("brand-z");
    private static final Caller THIRD = Caller.merchant("brand-y");
    private static final Caller VIDEO = Caller.platform("video");
    private static final Caller MESSENGER = Caller.platform("messenger");
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final String MEMBERS_AND_VIDEO =
            "{'audiences':[{'id':'members','dataset':'brand-members'},{'id':'video','dataset':'video-users'}]}";
    private static final List<String> BOTH = List.of("brand-members", "video-users");

    private static String collaboration;

    @BeforeAll
    static void agree() {
        CollaborationApi.load(BRAND, "brand-members", VERSION, members(1_200));
        CollaborationApi.load(BRAND, "brand-members", SMALL_VERSION, members(999));
        CollaborationApi.load(VIDEO, "video-users", VERSION, users());
        CollaborationApi.load(
                VIDEO, "video-exposures", VERSION, exposures(600, 1_400, "feed", p -> p % 2 == 0 ? 1 : 3));
        CollaborationApi.load(MESSENGER, "messenger-exposures", VERSION, exposures(1_000, 1_600, "moments", _ -> 1));
        collaboration = CollaborationApi.active(BRAND, ANOTHER, THIRD, VIDEO, MESSENGER);
        attach(BRAND, "brand-members", VERSION);
        attach(VIDEO, "video-users", VERSION);
        attach(VIDEO, "video-exposures", VERSION);
        attach(MESSENGER, "messenger-exposures", VERSION);
    }

    private static void attach(Caller owner, String dataset, int version) {
        CollaborationApi.attach(owner, collaboration, dataset, version, 1)
                .then()
                .statusCode(201);
    }

    private static String members(int count) {
        return IntStream.range(0, count)
                .mapToObj(p -> CollaborationApi.plain(p) + ","
                        + List.of("bronze", "silver", "gold").get(p % 3) + ",2020-01-01")
                .collect(Collectors.joining("\n", "phone,member_tier,joined_on\n", "\n"));
    }

    private static String users() {
        return IntStream.range(600, 1_800)
                .mapToObj(p -> CollaborationApi.spaced(p) + "," + category(p) + ",10,5,T" + (1 + p % 2)
                        + ",25-34,2020-01-01,none")
                .collect(Collectors.joining(
                        "\n",
                        "phone,favourite_category,watch_minutes_30d,active_days_30d,city_tier,age_band,joined_on,subscription\n",
                        "\n"));
    }

    private static String category(int person) {
        return person == 1_200 ? "one" : person > 1_200 && person < 1_250 ? "few" : "c" + person % 7;
    }

    private static String exposures(int from, int to, String channel, IntUnaryOperator times) {
        return IntStream.range(from, to)
                .boxed()
                .flatMap(p -> IntStream.range(0, times.applyAsInt(p))
                        .mapToObj(time -> CollaborationApi.spaced(p) + ",spring," + LocalDate.of(2026, 3, 10 + time)
                                + "," + channel + ",false"))
                .collect(Collectors.joining("\n", "phone,campaign,shown_on,channel,clicked\n", "\n"));
    }

    @Test
    void overlap_ofAMerchantsListAndAPlatform_isExactWithoutNoise() {
        Json.Obj envelope = ask(BRAND, body("OVERLAP", BOTH, MEMBERS_AND_VIDEO, rho(100)));
        Json.Obj result = (Json.Obj) at(envelope, "result");
        assertEquals(List.of("members=600", "video=600", "members+video=600"), rows(result));
        assertEquals("1200", Released.value(at(result, "derived", "audiences", 0, "people")));
        assertEquals("1800", Released.value(at(result, "derived", "union")));
        assertEquals("0.5", Released.value(at(result, "derived", "pairs", 0, "matchRates", 0, "rate")));
        assertEquals("100", at(envelope, "privacy", "rhoMicro").canonical());
    }

    /** Other names, other order, of audiences and of datasets: the same question, answered again for nothing. */
    @Test
    void overlap_permutedAndRenamed_costsNothing() {
        ask(BRAND, body("OVERLAP", BOTH, MEMBERS_AND_VIDEO, rho(101)));
        Json.Obj again = ask(
                BRAND,
                body(
                        "OVERLAP",
                        List.of("video-users", "brand-members"),
                        "{'audiences':[{'id':'v','dataset':'video-users'},{'id':'m','dataset':'brand-members'}]}",
                        rho(101)));
        assertEquals("true", at(again, "cached").canonical());
        assertEquals("0", at(again, "privacy", "rhoMicro").canonical());
        assertEquals(List.of("v=600", "m=600", "v+m=600"), rows((Json.Obj) at(again, "result")));
    }

    @Test
    void overlap_bySegmentAndCondition_countsEachPersonOnce() {
        Json.Obj result = (Json.Obj) at(ask(BRAND, body("OVERLAP", BOTH, """
                {'audiences':[{'id':'members','dataset':'brand-members'},{'id':'c0','dataset':'video-users',\
                'where':[{'column':'video-users#favourite_category','op':'IN','values':['c0','none such']}]}],\
                'segmentBy':[{'column':'video-users#city_tier'}]}""", rho(100))), "result");
        // of the 600 on both, category c0 has p % 7 == 0: 86, by turns odd and even
        assertEquals(18, rows(result).size());
        assertEquals("members/T1=257", rows(result).get(0));
        assertEquals("members/T2=257", rows(result).get(1));
        assertEquals("members/T3=null", rows(result).get(2));
        assertEquals("members/(none)=600", rows(result).get(5));
        assertEquals("[\"WITHHELD_CELLS_COUNT_AS_ZERO\"]", at(result, "notes").canonical());
    }

    @Test
    void reach_ofTwoPlatforms_isExactWithoutNoise() {
        Json.Obj result = (Json.Obj) at(
                ask(BRAND, body("REACH_FREQUENCY", List.of("video-exposures", "messenger-exposures"), """
                {'exposures':[{'id':'video','dataset':'video-exposures','on':'video-exposures#shown_on'},\
                {'id':'messenger','dataset':'messenger-exposures','on':'messenger-exposures#shown_on'}],\
                'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':4}""", rho(100))),
                "result");
        assertEquals(
                List.of(
                        "frequency:1=400",
                        "frequency:2=200",
                        "frequency:3=200",
                        "frequency:4+=200",
                        "platforms:video=400",
                        "platforms:messenger=200",
                        "platforms:video+messenger=400"),
                rows(result));
        assertEquals("1000", Released.value(at(result, "derived", "reach")));
        assertEquals("600", Released.value(at(result, "derived", "curve", 1, "people")));
        assertEquals("400", Released.value(at(result, "derived", "platforms", 0, "incremental")));
        assertEquals("[]", at(result, "notes").canonical());
    }

    /** A one-shot's interval of a cell: 3.00 b - 1/2 rounded up, b = 1. */
    @Test
    void overlap_asAOneShot_isKnownToWithinThree() {
        Json.Obj envelope = ask(
                ANOTHER,
                body("OVERLAP", BOTH, MEMBERS_AND_VIDEO, "{'mechanism':'PURE_LAPLACE','epsilonMicro':999979}"));
        assertEquals("600 [597, 603]", cell(at(envelope, "result", "rows", 0, "cells", 0)));
        assertEquals("\"PURE_LAPLACE\"", at(envelope, "privacy", "mechanism").canonical());
    }

    @Test
    void overlap_asCsv_hasTheCells() {
        String body = body("OVERLAP", BOTH, MEMBERS_AND_VIDEO, rho(102))
                .replace("\"reason\"", "\"output\":{\"format\":\"CSV\"},\"reason\"");
        Response accepted = TestApi.submit(BRAND.party(), body);
        accepted.then().statusCode(202);
        String job = accepted.path("jobId");
        TestApi.await(BRAND.party(), job).then().body("state", equalTo("SUCCEEDED"));
        String csv = TestApi.result(BRAND.party(), job)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertTrue(
                csv.startsWith("audiences,people,people_std_dev,people_ci95_low,people_ci95_high\r\nmembers,600,"),
                csv);
        assertEquals(4, csv.lines().count());
    }

    /** Nobody fits, one person fits, 49 do: status, shape and price are the same, and so is every character. */
    @Test
    void overlap_ofEmptyAndTinyAudiences_isTheSame() {
        var results = Stream.of("nobody", "one", "few")
                .map(category -> ask(
                        THIRD,
                        body(
                                "OVERLAP",
                                List.of("video-users", "video-exposures"),
                                """
                        {'audiences':[{'id':'x','dataset':'video-exposures','where':[{'column':'video-exposures#channel','op':'EQ',\
                        'values':['search']}]},{'id':'y','dataset':'video-users','where':[{'column':'video-users#favourite_category',\
                        'op':'EQ','values':['%s']}]}]}""".formatted(category),
                                "{'mechanism':'PURE_LAPLACE','epsilonMicro':10}")))
                .map(envelope -> envelope.without("jobId", "receipt", "privacy").canonical())
                .collect(Collectors.toSet());
        assertEquals(1, results.size());
    }

    @Test
    void ownList_underAThousand_isRefusedBeforeAndToldAfterTheScan() {
        attach(BRAND, "brand-members", SMALL_VERSION);
        String small = body("OVERLAP", BOTH, MEMBERS_AND_VIDEO, rho(100))
                .replace("\"brand-members\",\"version\":71", "\"brand-members\",\"version\":72");
        refused(BRAND, small, 422, "LIST_TOO_SMALL");
        String filtered = body(
                "OVERLAP",
                BOTH,
                MEMBERS_AND_VIDEO.replace(
                        "'dataset':'brand-members'",
                        "'dataset':'brand-members','where':[{'column':'brand-members#member_tier','op':'EQ','values':['gold']}]"),
                rho(100));
        String job = TestApi.submit(BRAND.party(), filtered)
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        TestApi.await(BRAND.party(), job)
                .then()
                .body("state", equalTo("FAILED"))
                .body("cause", equalTo("LIST_TOO_SMALL"));
        // Another's list of any size is no such list.
        ask(THIRD, filtered.replace("{\"rhoMicro\":100}", "{\"mechanism\":\"PURE_LAPLACE\",\"epsilonMicro\":10}"));
    }

    @Test
    void question_thatDoesNotFit_isRefusedWithOneCode() {
        String good = body("OVERLAP", BOTH, MEMBERS_AND_VIDEO, rho(100));
        refused(Caller.merchant("outsider"), good, 403, "NOT_MEMBER");
        refused(BRAND, good.replace("\"collaborationId\":\"" + collaboration + "\",", ""), 404, "NOT_FOUND");
        String seven = IntStream.range(0, 7)
                .mapToObj(i ->
                        "{'id':'a" + i + "','dataset':'video-users','where':[{'column':'video-users#active_days_30d',"
                                + "'op':'GE','values':[" + i + "]}]}")
                .collect(Collectors.joining(",", "{'audiences':[", "]}"));
        refused(BRAND, body("OVERLAP", List.of("video-users"), seven, rho(100)), 400, "TOO_LARGE");
        refused(BRAND, body("OVERLAP", List.of("video-users"), MEMBERS_AND_VIDEO, rho(100)), 400, "INVALID_REQUEST");
        refused(
                BRAND,
                body(
                        "OVERLAP",
                        BOTH,
                        MEMBERS_AND_VIDEO.replace("]}", "],'segmentBy':[{'column':'video-users#favourite_category'}]}"),
                        rho(100)),
                422,
                "NEEDS_PUBLIC_GROUPS");
    }

    @Test
    void dryRun_saysWhatTheJobWillCost() {
        Response dry = TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, BRAND.party()))
                .contentType("application/json")
                .body(body("OVERLAP", BOTH, MEMBERS_AND_VIDEO, rho(2_000)))
                .post("/v1/dry-runs");
        dry.then().statusCode(200).body("verdict", equalTo("PERMIT")).body("measures[0].id", equalTo("people"));
    }

    private static void refused(Caller caller, String body, int status, String code) {
        TestApi.submit(caller.party(), body).then().statusCode(status).body("code", equalTo(code));
    }

    private static Json.Obj ask(Caller caller, String body) {
        return TestApi.answer(caller.party(), body);
    }

    private static String rho(int micro) {
        return "{'rhoMicro':" + micro + "}";
    }

    private static String body(String type, List<String> datasets, String params, String privacy) {
        String asked = datasets.stream()
                .map(id -> "{'id':'" + id + "','version':" + VERSION + ",'purpose':'AUDIENCE_INSIGHT'}")
                .collect(Collectors.joining(","));
        return ("{'jobRequestId':'audiences-" + NAMES.incrementAndGet() + "','type':'" + type + "','collaborationId':'"
                        + collaboration + "','datasets':[" + asked + "],'params':" + params + ",'privacy':" + privacy
                        + ",'reason':'a test of the service','acceptLowUtility':true}")
                .replace('\'', '"');
    }
}
