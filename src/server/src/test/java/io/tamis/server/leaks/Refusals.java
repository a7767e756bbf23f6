package io.tamis.server.leaks;

import io.restassured.specification.RequestSpecification;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.data.Role;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Requests that cannot be served, with planted identifiers wherever a caller can write something. */
final class Refusals {
    private static final Caller OWNER = Caller.platform("plant-a");

    private final Iterator<String> values;
    private final Asking asking;
    private final Answers answers;

    Refusals(List<Planted> people, Asking asking, Answers answers) {
        this.values = people.stream()
                .flatMap(person -> Stream.of(person.plain(), person.dashed(), person.spaced(), person.residentId()))
                .iterator();
        this.asking = asking;
        this.answers = answers;
    }

    void all() {
        jobs();
        bodies();
        paths();
        headers();
        uploads();
        collaborations();
    }

    private String next() {
        return values.next();
    }

    /** In conditions that may not be asked, in fields that do not exist, in references to nothing, in a reason. */
    private void jobs() {
        for (int spelling = 0; spelling < 4; spelling++) {
            job(
                    "a condition on the identifier",
                    good().replace("#arm", "#person").replace("alpha", next()));
            job("a condition on an id", good().replace("#arm", "#resident_id").replace("alpha", next()));
            job("a column", good().replace("#arm", "#" + next()));
            job("a dataset's column", good().replace("plant-a#arm", next() + "#arm"));
            job("a number", good().replace("'alpha'", "19800000000" + spelling));
            job("an operation", good().replace("'EQ'", "'" + next() + "'"));
            job("an unknown field", good().replace("'params'", "'" + next() + "':1,'params'"));
            job("an unknown parameter", good().replace("'where'", "'" + next() + "':1,'where'"));
            job("an unknown value", good().replace("'params'", "'field':'" + next() + "','params'"));
            job("the reason of a refused job", refusedFor(next()));
            job("a short reason", good().replace("a search for leaks", "x").replace("alpha", next()));
            job("a type", good().replace("AGGREGATE", next()));
            job("a dataset", good().replace("'id':'plant-a'", "'id':'" + next() + "'"));
            job("a purpose", good().replace("AUDIENCE_INSIGHT", next()));
            job("a version", good().replace("'version':1", "'version':" + "1980000000" + spelling));
            job("a collaboration", good().replace(asking.collaboration(), "col-" + next()));
            job("a request id", good().replace("'planted-", "' " + next()));
            job("a measure", good().replace("COUNT_USERS", next()));
            job("a measure's name", good().replace("'people'", "' " + next() + "'"));
            job("an audience", overlap().replace("'id':'b'", "'id':' " + next() + "'"));
            job(
                    "an audience's dataset",
                    overlap()
                            .replace("'dataset':'b'", "'dataset':'" + next() + "'")
                            .replace("'dataset':'plant-b'", "'dataset':'" + next() + "'"));
            job("no JSON", "{\"" + next() + "\": " + next());
            job(
                    "another's question",
                    good().replace(asking.collaboration(), "col_00000000-0000-7000-8000-00000000000a")
                            .replace("alpha", next()));
        }
    }

    private String good() {
        return asking.body("AGGREGATE", List.of("plant-a"), Asking.aggregate("arm", "alpha"));
    }

    private String overlap() {
        return asking.body("OVERLAP", List.of("plant-a", "plant-b", "plant-c"), Asking.overlap(""));
    }

    /** Denied by the policy, with a planted reason. */
    private String refusedFor(String reason) {
        return good().replace("#arm", "#person").replace("a search for leaks", "because of " + reason);
    }

    private void job(String what, String body) {
        answers.refused(what, asking.submit(body));
        answers.told(asking.dryRun(body));
    }

    /** Where no body of a job is expected. */
    private void bodies() {
        for (String path : List.of("/v1/jobs", "/v1/dry-runs", "/v1/collaborations")) {
            for (String body :
                    List.of("\"" + next() + "\"", "[\"" + next() + "\"]", "{\"a\":\"" + next() + "\"", next())) {
                answers.refused(
                        "a body",
                        merchant().contentType("application/json").body(body).post(path));
                answers.refused(
                        "a text",
                        merchant().contentType("text/plain").body(body).post(path));
            }
        }
    }

    /** In addresses: of things that are not there, and where nothing is. */
    private void paths() {
        for (String path : List.of(
                "/v1/jobs/{v}",
                "/v1/jobs/{v}/result",
                "/v1/datasets/{v}",
                "/v1/datasets/plant-a/versions/{v}",
                "/v1/collaborations/{v}",
                "/v1/collaborations/{v}/datasets/{v}",
                "/v1/ledger/entries/{v}",
                "/v1/ledger/entries/{v}/proof",
                "/v1/{v}",
                "/{v}/{v}",
                "/v1/jobs?cursor={v}",
                "/v1/jobs?limit={v}",
                "/v1/datasets?cursor= {v}",
                "/q/health/{v}")) {
            for (int spelling = 0; spelling < 4; spelling++) {
                String asked = path.replace("{v}", next().replace("+", "%2B").replace(" ", "%20"))
                        .replace(" ", "%20");
                answers.refused(path, merchant().urlEncodingEnabled(false).get(asked));
                answers.refused(path, merchant().urlEncodingEnabled(false).delete(asked));
                answers.refused(
                        path,
                        merchant()
                                .urlEncodingEnabled(false)
                                .contentType("application/json")
                                .body("{}")
                                .put(asked));
            }
        }
    }

    private void headers() {
        for (int spelling = 0; spelling < 4; spelling++) {
            answers.refused(
                    "a token",
                    TestApi.request()
                            .header("Authorization", "Bearer " + next())
                            .get("/v1/jobs"));
            answers.refused(
                    "a token's party",
                    TestApi.request()
                            .auth()
                            .oauth2(TestTokens.of(Role.MERCHANT, " " + next()))
                            .get("/v1/jobs"));
            answers.refused(
                    "an accepted type",
                    merchant()
                            .header("Accept", "text/" + next().replaceAll("[^0-9X]", ""))
                            .get("/v1/jobs"));
            answers.refused(
                    "what to wait for",
                    merchant()
                            .header("Prefer", "wait=" + next())
                            .header("X-Request-Id", next())
                            .get("/v1/jobs/none"));
        }
    }

    /** Rows that cannot be taken, in every place of a row. */
    private void uploads() {
        String header = "person,resident_id,taste,arm,shown_on\n";
        int version = 100;
        for (int spelling = 0; spelling < 4; spelling++) {
            for (String rows : List.of(
                    header + next() + "0000000," + next() + ",c1,alpha,2026-03-01\n",
                    header + next() + "," + next() + ",c1,alpha," + next() + "\n",
                    header + next() + "," + next() + ",c1," + next() + ",2026-03-01," + next() + "\n",
                    header + next() + "\n",
                    header + "\"" + next() + "," + next() + ",c1,alpha,2026-03-01\n",
                    header + next() + "," + next() + ",c1,alpha,2026-03-01\n" + next() + ",\"a\"" + next() + "\n",
                    "person,resident_id,taste,arm," + next() + "\n",
                    next() + "\n",
                    "")) {
                upload("rows", Uploaded.csv("plant-a", rows), ++version);
                upload("rows of a zip", Uploaded.zip("plant-a", rows), ++version);
                upload("a part's name", Uploaded.zipNamed("../" + next(), "plant-a", rows), ++version);
            }
            String good = header + next() + "," + next() + ",c1,alpha,2026-03-01\n";
            upload("a digest", Uploaded.csv("plant-a", good).withDigest("sha-256=:" + next() + ":"), ++version);
            upload(
                    "another digest",
                    Uploaded.csv("plant-a", good).withDigest("sha-256=:" + "A".repeat(43) + "=:"),
                    ++version);
            upload(
                    "a media type",
                    Uploaded.csv("plant-a", good).withContentType("text/" + next().replaceAll("[^0-9X]", "")),
                    ++version);
            upload("no zip", Uploaded.csv("plant-a", good).withContentType("application/zip"), ++version);
            parquet("DATE '2027-01-01'", "DATE '2026-03-01'", ++version);
            parquet("'" + next() + "'", "'2026-03-01'", ++version);
            upload(
                    "half a Parquet file",
                    Uploaded.parquet("plant-a", row("DATE '2026-03-01'")).cut(),
                    ++version);
            upload(
                    "no Parquet file",
                    Uploaded.csv("plant-a", good).withContentType("application/vnd.apache.parquet"),
                    ++version);
            upload("another's dataset", Uploaded.csv("plant-b", good), ++version);
        }
    }

    /** A Parquet file whose first row has no lawful day, and whose second one has. */
    private void parquet(String day, String lawful, int version) {
        String query = row(day) + " UNION ALL " + row(lawful);
        upload("a Parquet row", Uploaded.parquet("plant-a", query), version);
    }

    private String row(String day) {
        return "SELECT '" + next() + "' AS person, '" + next() + "' AS resident_id, 'c1' AS taste, 'alpha' AS arm, "
                + day + " AS shown_on";
    }

    private void upload(String what, Uploaded upload, int version) {
        answers.refused(what, upload.as(OWNER, version));
    }

    private void collaborations() {
        String path = "/v1/collaborations/" + asking.collaboration();
        for (int spelling = 0; spelling < 4; spelling++) {
            collaboration(
                    "a party",
                    "/v1/collaborations",
                    "{'members':[{'party':'" + " " + next()
                            + "','roles':['platform']},{'party':'plant-a','roles':['platform']}],'legalRelation':'JOINT','purposes':['AUDIENCE_INSIGHT'],'region':'DOMESTIC'}");
            collaboration("a relation", "/v1/collaborations", "{'members':[],'legalRelation':'" + next() + "'}");
            collaboration("a hash", path + "/signatures", "{'agreementHash':'" + next() + "'}");
            collaboration(
                    "a field of a closure",
                    path + "/closure",
                    "{'reason':'because of " + next() + "','" + next() + "':1}");
            collaboration(
                    "an unknown closure",
                    "/v1/collaborations/col-" + "none" + "/closure",
                    "{'reason':'because of " + next() + "'}");
            answers.refused(
                    "an attachment",
                    owner().contentType("application/json")
                            .body("{\"version\":1,\"keyEpoch\":1,\"" + next() + "\":2}")
                            .put(path + "/datasets/plant-a"));
        }
    }

    private void collaboration(String what, String path, String body) {
        answers.refused(
                what,
                owner().contentType("application/json")
                        .body(body.replace('\'', '"'))
                        .post(path));
    }

    private RequestSpecification merchant() {
        return TestApi.request().auth().oauth2(TestTokens.of(Role.MERCHANT, asking.merchant()));
    }

    private static RequestSpecification owner() {
        return TestApi.request().auth().oauth2(TestTokens.of(OWNER.role(), OWNER.party()));
    }
}
