package io.tamis.server;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.data.Json;
import io.tamis.data.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint, every role, no token, bad tokens and a wrong party. The table is the documented one; an endpoint that is
 * not in it fails the test, so that nothing is opened by forgetting.
 */
@TamisTest
class RolesTest {
    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
    private static final Set<Role> MERCHANT_PLATFORM = EnumSet.of(Role.MERCHANT, Role.PLATFORM);
    private static final Set<Role> READERS = EnumSet.of(Role.MERCHANT, Role.PLATFORM, Role.COMPLIANCE_OFFICER);
    private static final Set<Role> MEMBERS = EnumSet.complementOf(EnumSet.of(Role.DATA_SUBJECT, Role.OPERATOR));
    private static final Set<Role> OFFICER = EnumSet.of(Role.COMPLIANCE_OFFICER);

    private static final Set<Role> HOLDER_OFFICER = EnumSet.of(Role.KEY_HOLDER, Role.COMPLIANCE_OFFICER);
    private static final Set<Role> KEY_READERS =
            EnumSet.of(Role.MERCHANT, Role.PLATFORM, Role.KEY_HOLDER, Role.COMPLIANCE_OFFICER);
    private static final Set<Role> ROUND_READERS = KEY_READERS;

    private static final String CEREMONY = "kc_01980000-0000-7000-8000-000000000000";
    private static final String TICKET = "tk_01980000-0000-7000-8000-000000000000";
    private static final String DIGEST = "00".repeat(32);
    private static final String JOB = "job_01980000-0000-7000-8000-000000000000";
    private static final String COLLABORATION = "col_01980000-0000-7000-8000-000000000000";
    private static final String EVENT = "01980000-0000-7000-8000-000000000000";

    /** Method and path template to the roles that may call it. */
    private static final Map<String, Set<Role>> TABLE = new TreeMap<>(Map.ofEntries(
            Map.entry("POST /v1/jobs", MERCHANT_PLATFORM),
            Map.entry("GET /v1/jobs", READERS),
            Map.entry("GET /v1/jobs/{id}", READERS),
            Map.entry("GET /v1/jobs/{id}/result", MERCHANT_PLATFORM),
            Map.entry("POST /v1/jobs/{id}/cancellation", EnumSet.of(Role.MERCHANT, Role.COMPLIANCE_OFFICER)),
            Map.entry("GET /v1/jobs/{id}/approvals", EnumSet.of(Role.PLATFORM, Role.COMPLIANCE_OFFICER)),
            Map.entry("POST /v1/jobs/{id}/approvals", EnumSet.of(Role.PLATFORM)),
            Map.entry("GET /v1/approvals", EnumSet.of(Role.PLATFORM, Role.COMPLIANCE_OFFICER)),
            Map.entry("POST /v1/dry-runs", MERCHANT_PLATFORM),
            Map.entry("GET /v1/budgets", READERS),
            Map.entry("GET /v1/datasets", MEMBERS),
            Map.entry("GET /v1/datasets/{id}", MEMBERS),
            Map.entry("PUT /v1/datasets/{id}/versions/{version}", MERCHANT_PLATFORM),
            Map.entry("POST /v1/collaborations", MERCHANT_PLATFORM),
            Map.entry("GET /v1/collaborations", READERS),
            Map.entry("GET /v1/collaborations/{id}", READERS),
            Map.entry("POST /v1/collaborations/{id}/signatures", MERCHANT_PLATFORM),
            Map.entry("DELETE /v1/collaborations/{id}/signatures", MERCHANT_PLATFORM),
            Map.entry("POST /v1/collaborations/{id}/closure", MERCHANT_PLATFORM),
            Map.entry("POST /v1/collaborations/{id}/epochs", MERCHANT_PLATFORM),
            Map.entry("PUT /v1/collaborations/{id}/datasets/{dataset}", MERCHANT_PLATFORM),
            Map.entry("DELETE /v1/collaborations/{id}/datasets/{dataset}", MERCHANT_PLATFORM),
            Map.entry("POST /v1/ledger/access-events", EnumSet.of(Role.PLATFORM)),
            Map.entry("GET /v1/ledger/entries", OFFICER),
            Map.entry("GET /v1/ledger/entries/{reference}", EVERYBODY),
            Map.entry("GET /v1/ledger/entries/{reference}/proof", EVERYBODY),
            Map.entry("GET /v1/ledger/tile/entries/{path}", OFFICER),
            Map.entry("GET /v1/ledger/logs/{year}/tile/entries/{path}", OFFICER),
            Map.entry("GET /v1/ledger/entries/{reference}/disclosure", EVERYBODY),
            Map.entry("GET /v1/ledger/entries/export", OFFICER),
            Map.entry("GET /v1/ledger/holds", OFFICER),
            Map.entry("GET /v1/ledger/holds/{hold}", OFFICER),
            Map.entry("PUT /v1/ledger/holds/{hold}", OFFICER),
            Map.entry("DELETE /v1/ledger/holds/{hold}", OFFICER),
            Map.entry("GET /v1/ledger/erasures", OFFICER),
            Map.entry("POST /v1/ledger/erasures", OFFICER),
            Map.entry("GET /v1/ledger/retention", OFFICER),
            Map.entry("POST /v1/ledger/kek-rotations", EnumSet.of(Role.COMPLIANCE_OFFICER, Role.OPERATOR)),
            Map.entry("POST /v1/key-ceremonies", OFFICER),
            Map.entry("GET /v1/key-ceremonies", HOLDER_OFFICER),
            Map.entry("GET /v1/key-ceremonies/{id}", HOLDER_OFFICER),
            Map.entry("POST /v1/key-ceremonies/{id}/cancellation", OFFICER),
            Map.entry("POST /v1/key-ceremonies/{id}/messages", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/key-ceremonies/{id}/messages/{hash}", HOLDER_OFFICER),
            Map.entry("PUT /v1/key-ceremonies/{id}/blobs/{hash}", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/key-ceremonies/{id}/blobs/{hash}", HOLDER_OFFICER),
            Map.entry("GET /v1/key-epochs", KEY_READERS),
            Map.entry("GET /v1/key-epochs/{epoch}", KEY_READERS),
            Map.entry("GET /v1/key-epochs/{epoch}/public-key", KEY_READERS),
            Map.entry("POST /v1/key-epochs/{epoch}/retirement", OFFICER),
            Map.entry("POST /v1/merchant-keys", EnumSet.of(Role.MERCHANT)),
            Map.entry("GET /v1/jobs/{id}/sealed-results/{hash}", EnumSet.of(Role.MERCHANT)),
            Map.entry("GET /v1/decryption-tickets/{id}/merchant-key", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/tag-rounds", HOLDER_OFFICER),
            Map.entry("GET /v1/decryption-tickets", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/decryption-tickets/{id}", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/decryption-tickets/{id}/inputs/{hash}", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/decryption-tickets/{id}/masks/{hash}", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("POST /v1/decryption-tickets/{id}/shares", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("POST /v1/decryption-tickets/{id}/refusals", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/tags/{dataset}/{version}/order", MERCHANT_PLATFORM),
            Map.entry("POST /v1/tags/{dataset}/{version}/rounds", MERCHANT_PLATFORM),
            Map.entry("GET /v1/tags/{dataset}/{version}/rounds", ROUND_READERS),
            Map.entry("GET /v1/tags/{dataset}/{version}/rounds/{try}", ROUND_READERS),
            Map.entry("POST /v1/tags/{dataset}/{version}/rounds/{try}/messages", EnumSet.of(Role.KEY_HOLDER)),
            Map.entry("GET /v1/tags/{dataset}/{version}/rounds/{try}/messages/{hash}", ROUND_READERS),
            Map.entry("POST /v1/tags/{dataset}/{version}/rounds/{try}/openings", MERCHANT_PLATFORM),
            Map.entry("PUT /v1/tags/{dataset}/{version}/rounds/{try}/blobs/{hash}", MERCHANT_PLATFORM),
            Map.entry("GET /v1/tags/{dataset}/{version}/rounds/{try}/blobs/{hash}", ROUND_READERS),
            Map.entry("POST /v1/tags/{dataset}/{version}/ciphertexts", MERCHANT_PLATFORM),
            Map.entry("GET /v1/tags/{dataset}/{version}/ciphertexts", MERCHANT_PLATFORM),
            Map.entry("GET /v1/ledger/export", OFFICER)));

    private static final Set<String> PUBLIC = Set.of(
            "GET /v1/ledger/anchors",
            "GET /v1/ledger/checkpoint",
            "GET /v1/ledger/consistency",
            "GET /v1/ledger/key",
            "GET /v1/ledger/logs",
            "GET /v1/ledger/logs/{year}/checkpoint",
            "GET /v1/ledger/logs/{year}/key",
            "GET /v1/ledger/logs/{year}/tile/{level}/{path}",
            "GET /v1/ledger/tile/{level}/{path}",
            "GET /verify");

    @Test
    void openApi_namesExactlyTheEndpointsOfTheTable() {
        var documented = new TreeSet<String>();
        Map<String, Map<String, Object>> paths = given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("paths");
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method ->
                        Set.of("get", "put", "post", "delete", "patch").contains(method))
                .forEach(method -> documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        var expected = new TreeSet<>(TABLE.keySet());
        expected.addAll(PUBLIC);
        assertEquals(expected, documented);
    }

    @Test
    void withoutToken_everyEndpointIsUnauthenticated() {
        TABLE.keySet().forEach(endpoint -> assertCode(call(given(), endpoint), 401, "UNAUTHENTICATED", endpoint));
    }

    @Test
    void withAnyOtherRole_everyEndpointIsRefused() {
        TABLE.forEach((endpoint, allowed) -> EnumSet.complementOf(EnumSet.copyOf(allowed))
                .forEach(role -> assertCode(
                        call(given().auth().oauth2(TestTokens.of(role, "somebody")), endpoint),
                        403,
                        "ROLE_REQUIRED",
                        endpoint + " as " + role)));
    }

    @Test
    void withAnAllowedRole_noEndpointRefusesTheRole() {
        TABLE.forEach((endpoint, allowed) -> allowed.forEach(role -> {
            int status = call(given().auth().oauth2(TestTokens.of(role, "somebody")), endpoint)
                    .statusCode();
            assertTrue(status != 401 && status != 500, endpoint + " as " + role + " gives " + status);
            if (!endpoint.startsWith("PUT ")) {
                assertTrue(status != 403, endpoint + " as " + role + " gives " + status);
            }
        }));
    }

    @Test
    void wrongParty_findsNothing() {
        for (Role role : READERS) {
            String token = TestTokens.of(role, "a-stranger");
            for (String endpoint :
                    List.of("GET /v1/jobs/{id}", "GET /v1/collaborations/{id}", "GET /v1/ledger/entries/{reference}")) {
                assertCode(call(given().auth().oauth2(token), endpoint), 404, "NOT_FOUND", endpoint + " as " + role);
            }
        }
        assertCode(
                TestApi.upload(TestTokens.of(Role.PLATFORM, "a-stranger"), "lab-1", 900, "person,arm,spend\n"),
                404,
                "NOT_FOUND",
                "upload to another owner's dataset");
    }

    @Test
    void tokensThatAreNotOurs_areUnauthenticated() {
        String good = TestTokens.of(Role.MERCHANT, "somebody");
        String[] parts = good.split("\\.", -1);
        var tokens = new ArrayList<String>();
        tokens.add("not-a-token");
        tokens.add(parts[0] + "." + parts[1] + ".");
        tokens.add(parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA");
        tokens.add(base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
        tokens.add(base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2]);
        tokens.add(signed("expired", claims().with("exp", Json.of(now() - 3600))));
        tokens.add(signed("audience", claims().with("aud", Json.of("others"))));
        tokens.add(signed("issuer", claims().with("iss", Json.of("others"))));
        tokens.add(signed("no party", claims().without("party")));
        tokens.add(signed("bad party", claims().with("party", Json.of("No Such Party!"))));
        tokens.add(signed("the service's party", claims().with("party", Json.of("tamis"))));
        tokens.add(signed("no department", claims().without("department")));
        for (String token : tokens) {
            assertCode(
                    call(given().auth().oauth2(token), "GET /v1/jobs"),
                    401,
                    "UNAUTHENTICATED",
                    "token " + tokens.indexOf(token));
        }
    }

    @Test
    void tokenWithTwoRolesOrAnUnknownOne_opensNothing() {
        for (List<String> groups : List.of(List.of("merchant", "platform"), List.of("emperor"), List.<String>of())) {
            String token = TestTokens.signed(claims().with("groups", Json.strings(groups)));
            int status = call(given().auth().oauth2(token), "GET /v1/jobs").statusCode();
            assertTrue(status == 401 || status == 403, groups + " gives " + status);
        }
    }

    private static String signed(String what, Json.Obj claims) {
        assertTrue(!what.isEmpty());
        return TestTokens.signed(claims);
    }

    private static Json.Obj claims() {
        return Json.object()
                .put("iss", DemoIssuer.NAME)
                .put("aud", "tamis")
                .put("sub", "u-1")
                .put("iat", now())
                .put("exp", now() + 3600)
                .put("groups", Json.strings(List.of("merchant")))
                .put("party", "somebody")
                .put("person", "u-1")
                .put("department", "marketing")
                .build();
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Response call(RequestSpecification request, String endpoint) {
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        if (path.startsWith("/v1/collaborations")) {
            path = path.replace("{id}", COLLABORATION).replace("{dataset}", "lab-1");
        } else if (path.contains("/datasets/{id}")) {
            path = path.replace("{id}", "lab-1").replace("{version}", "901");
        } else if (path.startsWith("/v1/decryption-tickets")) {
            path = path.replace("{id}", TICKET).replace("{hash}", DIGEST);
        } else if (path.startsWith("/v1/key-") || path.startsWith("/v1/tags/")) {
            path = path.replace("{id}", CEREMONY)
                    .replace("{epoch}", "900")
                    .replace("{dataset}", "lab-1")
                    .replace("{version}", "901")
                    .replace("{try}", "1")
                    .replace("{hash}", DIGEST);
        } else {
            path = path.replace("{id}", JOB)
                    .replace("{hash}", DIGEST)
                    .replace("{reference}", EVENT)
                    .replace("{year}", "2020")
                    .replace("{path}", "000.p/1")
                    .replace("{hold}", "roles-test");
        }
        if (method.equals("PUT") && path.startsWith("/v1/collaborations")) {
            request.contentType("application/json").body("{\"version\":1,\"keyEpoch\":1}");
        } else if (method.equals("PUT") && path.contains("/holds/")) {
            request.contentType("application/json").body("{}");
        } else if ((method.equals("PUT") && path.contains("/blobs/"))
                || (method.equals("POST")
                        && (path.endsWith("/ciphertexts")
                                || path.endsWith("/shares")
                                || path.endsWith("/merchant-keys")))) {
            request.contentType("application/octet-stream").body(new byte[] {1});
        } else if (method.equals("PUT")) {
            request.contentType("text/csv").body("person,arm,spend\n");
        } else if (method.equals("POST")) {
            request.contentType("application/json").body("{}");
        }
        return request.request(method, path);
    }

    private static void assertCode(Response response, int status, String code, String what) {
        assertEquals(status, response.statusCode(), what);
        assertEquals(code, response.jsonPath().getString("code"), what);
    }
}
