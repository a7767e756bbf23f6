package io.tamis.catalog.collaboration;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.data.Json;
import io.tamis.data.Role;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The calls that members of a collaboration make. */
public final class CollaborationApi {
    private static final int ASKED_MAX = 1_000;

    private CollaborationApi() {}

    /** Somebody of a party, in one of its roles. */
    public record Caller(Role role, String party) {
        /** A platform's analyst. */
        public static Caller platform(String party) {
            return new Caller(Role.PLATFORM, party);
        }

        /** A merchant's analyst. */
        public static Caller merchant(String party) {
            return new Caller(Role.MERCHANT, party);
        }

        RequestSpecification request() {
            return TestApi.request().auth().oauth2(TestTokens.of(role, party));
        }

        RequestSpecification json(String body) {
            return request().contentType("application/json").body(body);
        }

        String member() {
            return "{\"party\":\"" + party + "\",\"roles\":[\"" + role.token() + "\"]}";
        }
    }

    /** The terms of these members. */
    public static String terms(Caller... members) {
        return """
                {"members":[%s],"legalRelation":"ENTRUSTED","purposes":["AD_MEASUREMENT","AUDIENCE_INSIGHT"],\
                "region":"DOMESTIC"}""".formatted(List.of(members).stream().map(Caller::member).collect(Collectors.joining(",")));
    }

    /** Proposes; the first member does. */
    public static Response propose(Caller... members) {
        return members[0].json(terms(members)).post("/v1/collaborations");
    }

    /** Signs what the signer reads. */
    public static Response sign(Caller member, String id) {
        String hash = show(member, id).then().extract().path("agreementHash");
        return sign(member, id, hash);
    }

    /** Signs this hash. */
    public static Response sign(Caller member, String id, String hash) {
        return member.json("{\"agreementHash\":\"" + hash + "\"}").post("/v1/collaborations/" + id + "/signatures");
    }

    /** A collaboration that all these members have signed. */
    public static String active(Caller... members) {
        String id = propose(members).then().statusCode(201).extract().path("id");
        for (Caller member : members) {
            sign(member, id).then().statusCode(200);
        }
        return id;
    }

    /** Reads it. */
    public static Response show(Caller member, String id) {
        return member.request().get("/v1/collaborations/" + id);
    }

    /** Withdraws. */
    public static Response withdraw(Caller member, String id) {
        return member.request().delete("/v1/collaborations/" + id + "/signatures");
    }

    /** Closes. */
    public static Response close(Caller member, String id) {
        return member.json("{\"reason\":\"the test is over\"}").post("/v1/collaborations/" + id + "/closure");
    }

    /** Begins the epoch after the one there is. */
    public static Response rotate(Caller member, String id) {
        Integer now = show(member, id).path("keyEpoch");
        return rotate(member, id, now == null || now < 1 ? 1 : now);
    }

    /** Begins the epoch after this one. */
    public static Response rotate(Caller member, String id, int keyEpoch) {
        return member.json("{\"keyEpoch\":" + keyEpoch + "}").post("/v1/collaborations/" + id + "/epochs");
    }

    /** Attaches. */
    public static Response attach(Caller owner, String id, String dataset, int version, int keyEpoch) {
        return owner.json("{\"version\":" + version + ",\"keyEpoch\":" + keyEpoch + "}")
                .put("/v1/collaborations/" + id + "/datasets/" + dataset);
    }

    /** Detaches. */
    public static Response detach(Caller owner, String id, String dataset) {
        return owner.request().delete("/v1/collaborations/" + id + "/datasets/" + dataset);
    }

    /** Uploads a list of persons as a version of a dataset. */
    public static void load(Caller owner, String dataset, int version, String csv) {
        TestApi.upload(TestTokens.of(owner.role(), owner.party()), dataset, version, csv)
                .then()
                .statusCode(org.hamcrest.Matchers.anyOf(
                        org.hamcrest.Matchers.equalTo(200), org.hamcrest.Matchers.equalTo(201)));
    }

    /** A list of the persons numbered so, each written in this way. */
    public static String people(int from, int to, IntFunction<String> spelling) {
        return IntStream.range(from, to)
                .mapToObj(person -> spelling.apply(person) + ","
                        + List.of("alpha", "beta", "gamma").get(person % 3))
                .collect(Collectors.joining("\n", "person,arm\n", "\n"));
    }

    /** A mobile number without its country. */
    public static String plain(int person) {
        return Long.toString(13_800_000_000L + person);
    }

    /** The same number as people write it. */
    public static String spaced(int person) {
        String plain = plain(person);
        return "+86 " + plain.substring(0, 3) + "-" + plain.substring(3, 7) + "-" + plain.substring(7);
    }

    /** The ledger's entry, as somebody reads it; 202 until it has been given its place, a moment after its commit. */
    public static Json.Obj event(Caller reader, String eventId) {
        Response entry = reader.request().get("/v1/ledger/entries/" + eventId);
        for (int i = 0; i < ASKED_MAX && entry.statusCode() == 202; i++) {
            entry = reader.request().get("/v1/ledger/entries/" + eventId);
        }
        var shown = (Json.Obj) Json.parse(entry.then().statusCode(200).extract().asByteArray());
        return (Json.Obj) shown.member("event").orElseThrow();
    }
}
