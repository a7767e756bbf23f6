package io.tamis.server;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.data.Json;
import io.tamis.data.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.eclipse.microprofile.config.ConfigProvider;

/** The calls that tests make as a platform, a merchant or an officer would. */
public final class TestApi {
    private TestApi() {}

    /** Uploads a version as the dataset's owner. */
    public static Response load(String dataset, int version, String csv) {
        return upload(TestTokens.of(Role.PLATFORM, "lab"), dataset, version, csv);
    }

    /** Uploads a version with this token. */
    public static Response upload(String token, String dataset, int version, String csv) {
        return request()
                .auth()
                .oauth2(token)
                .header("Content-Digest", "sha-256=:" + digest(csv) + ":")
                .contentType("text/csv; charset=UTF-8")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .put("/v1/datasets/" + dataset + "/versions/" + version);
    }

    /** A job body over one version: {@code params} is the JSON of its params. */
    public static String job(String request, String dataset, int version, String params, String privacy) {
        return """
                {"jobRequestId":"%s","type":"AGGREGATE","datasets":[{"id":"%s","version":%d,"purpose":"CLV_MODELLING"}],\
                "params":%s,"privacy":%s,"reason":"a test of the service","acceptLowUtility":true}""".formatted(request, dataset, version, params, privacy);
    }

    /** Submits as this merchant. */
    public static Response submit(String merchant, String body) {
        return request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .contentType("application/json")
                .body(body)
                .post("/v1/jobs");
    }

    /** Waits for a job's end. */
    public static Response await(String merchant, String job) {
        return request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .header("Prefer", "wait=20")
                .get("/v1/jobs/" + job);
    }

    /** The result. */
    public static Response result(String merchant, String job) {
        return request().auth().oauth2(TestTokens.of(Role.MERCHANT, merchant)).get("/v1/jobs/" + job + "/result");
    }

    /** Submits, waits, and reads the envelope; fails the test when anything is refused. */
    public static Json.Obj answer(String merchant, String body) {
        String job = submit(merchant, body).then().statusCode(202).extract().path("jobId");
        await(merchant, job).then().statusCode(200).body("state", org.hamcrest.Matchers.equalTo("SUCCEEDED"));
        return (Json.Obj) Json.parse(
                result(merchant, job).then().statusCode(200).extract().asByteArray());
    }

    /** A request to the running service; works in {@code @BeforeAll} too, where RestAssured's own port is not set yet. */
    public static RequestSpecification request() {
        return RestAssured.given().baseUri(ConfigProvider.getConfig().getValue("test.url", String.class));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
