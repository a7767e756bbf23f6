package io.tamis.catalog;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tamis.catalog.load.ParquetFiles;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Role;
import io.tamis.ledger.Ledger;
import io.tamis.server.TamisTest;
import io.tamis.server.TestServer;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TamisTest
class DatasetsResourceTest {
    private static final String HEADER = "customer_id,purchased_on,cds,amount_usd\n";

    @Inject
    Catalog catalog;

    @Inject
    Ledger ledger;

    @Test
    void put_newVersion_isCreatedEnteredAndScannable() {
        var created = new Upload("cdnow", "101", HEADER + "a,1997-01-01,1,9.99\nb,1997-01-02,2,\n")
                .putBy(Role.PLATFORM, "cdnow");
        created.then()
                .statusCode(201)
                .body("dataset", equalTo("cdnow"))
                .body("version", equalTo(101))
                .body("contentHash", notNullValue());
        assertTrue(ledger.await(EventId.parse(created.path("eventId"))).index() >= 0);
        var snapshot = catalog.snapshot(new DatasetId("cdnow"), 101).orElseThrow();
        assertEquals(2, snapshot.files().stream().mapToLong(ScanFile::rows).sum());
        assertTrue(Files.isDirectory(snapshot.scanFolder()));
        assertTrue(snapshot.scanFolder().startsWith(TestServer.DATA.resolve("datasets/cdnow")));
    }

    @Test
    void put_again_isTheFirstAnswer() {
        var upload = new Upload("cdnow", "102", HEADER + "a,1997-01-01,1,9.99\n");
        Response first = upload.putBy(Role.PLATFORM, "cdnow");
        Response second = upload.putBy(Role.PLATFORM, "cdnow");
        first.then().statusCode(201);
        second.then().statusCode(200);
        assertEquals(first.asString(), second.asString());
    }

    @Test
    void put_otherContent_isVersionExists() {
        new Upload("cdnow", "103", HEADER + "a,1997-01-01,1,9.99\n")
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(201);
        new Upload("cdnow", "103", HEADER + "a,1997-01-01,1,9.98\n")
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(409)
                .body("code", equalTo("VERSION_EXISTS"))
                .body("eventId", notNullValue());
    }

    @Test
    void put_sameContentAsAnotherVersion_sharesItsFolder() {
        String csv = HEADER + "shared,1997-01-01,1,9.99\n";
        String first =
                new Upload("cdnow", "104", csv).putBy(Role.PLATFORM, "cdnow").path("contentHash");
        new Upload("cdnow", "105", csv)
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(201)
                .body("contentHash", equalTo(first));
        assertTrue(catalog.snapshot(new DatasetId("cdnow"), 105).isPresent());
    }

    @Test
    void put_digestOfOtherBytes_leavesNothing() throws IOException {
        var upload = new Upload("cdnow", "106", HEADER + "a,1997-01-01,1,1.06\n");
        String other = new Upload("cdnow", "106", "x").digest();
        upload.request(Role.PLATFORM, "cdnow")
                .header("Content-Digest", other)
                .put(upload.path())
                .then()
                .statusCode(400)
                .body("code", equalTo("DIGEST_MISMATCH"));
        assertTrue(catalog.snapshot(new DatasetId("cdnow"), 106).isEmpty());
        assertNoTemporaryFolder();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "md5=:AAAA:", "sha-256=AAAA", "sha-256=:AAAA:", "sha-256=:not base 64 at all:"})
    void put_withoutUsableDigest_isInvalid(String digest) {
        var upload = new Upload("cdnow", "107", HEADER + "a,1997-01-01,1,1.07\n");
        upload.request(Role.PLATFORM, "cdnow")
                .header("Content-Digest", digest)
                .put(upload.path())
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void put_secondOfSeveralDigests_isFound() {
        var upload = new Upload("cdnow", "108", HEADER + "a,1997-01-01,1,1.08\n");
        upload.request(Role.PLATFORM, "cdnow")
                .header("Content-Digest", "sha-512=:AAAA:, " + upload.digest())
                .put(upload.path())
                .then()
                .statusCode(201);
    }

    @Test
    void put_badRow_namesLineAndColumnOnly() throws IOException {
        Response refused = new Upload("cdnow", "109", HEADER + "a,1997-01-01,1,9.99\nsecretid,1997-01-01,1,4x7.11\n")
                .putBy(Role.PLATFORM, "cdnow");
        refused.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("BAD_ROW"))
                .body("line", equalTo(3))
                .body("column", equalTo("amount_usd"))
                .body("eventId", notNullValue());
        assertFalse(refused.asString().contains("4x7") || refused.asString().contains("secretid"));
        assertTrue(ledger.await(EventId.parse(refused.path("eventId"))).index() >= 0);
        assertTrue(catalog.snapshot(new DatasetId("cdnow"), 109).isEmpty());
        assertNoTemporaryFolder();
    }

    @Test
    void put_badRowEarlyInALargeBody_isStillAnswered() {
        String rows = "a,1997-01-01,1,9.99\n".repeat(200_000);
        new Upload("cdnow", "110", HEADER + "a,1997-01-01,one,9.99\n" + rows)
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(422)
                .body("line", equalTo(2))
                .body("column", equalTo("cds"));
    }

    @Test
    void put_zipOfParts_isTheVersionThatOneFileIs() throws IOException {
        String rows = "zip,1997-01-01,1,9.99\n";
        String other = "zip,1997-01-02,2,\n";
        String one = new Upload("cdnow", "120", HEADER + rows + other)
                .putBy(Role.PLATFORM, "cdnow")
                .path("contentHash");
        new Upload("cdnow", "121", "application/zip", zip(HEADER + rows, HEADER + other))
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(201)
                .body("contentHash", equalTo(one));
    }

    @Test
    void put_zipWithABadRow_namesItsPart() throws IOException {
        Response refused = new Upload(
                        "cdnow", "122", "application/zip; x=y", zip(HEADER, HEADER + "secretid,1997-01-01,1,4x7.11\n"))
                .putBy(Role.PLATFORM, "cdnow");
        refused.then()
                .statusCode(422)
                .body("code", equalTo("BAD_ROW"))
                .body("part", equalTo(2))
                .body("line", equalTo(2))
                .body("column", equalTo("amount_usd"))
                .body("eventId", notNullValue());
        assertFalse(refused.asString().contains("4x7") || refused.asString().contains("secretid"));
        assertNoTemporaryFolder();
    }

    @Test
    void put_parquet_isTheVersionThatACsvIs() throws IOException {
        String csv = new Upload("cdnow", "124", HEADER + "pq,1997-01-01,1,9.99\npq,1997-01-02,2,\n")
                .putBy(Role.PLATFORM, "cdnow")
                .path("contentHash");
        byte[] file = ParquetFiles.of("SELECT 'pq' AS customer_id, DATE '1997-01-01' AS purchased_on, 1 AS cds,"
                + " 9.99::DECIMAL(9, 2) AS amount_usd UNION ALL SELECT 'pq', DATE '1997-01-02', 2, NULL");
        new Upload("cdnow", "125", "application/vnd.apache.parquet", file)
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(201)
                .body("contentHash", equalTo(csv));
        assertNoTemporaryFolder();
    }

    @Test
    void put_parquetWithABadRow_namesRowAndColumn() throws IOException {
        byte[] file = ParquetFiles.of("SELECT 'secretid' AS customer_id, DATE '1997-01-01' AS purchased_on, 1 AS cds,"
                + " 9.99::DECIMAL(9, 2) AS amount_usd UNION ALL SELECT 'secretid', DATE '2001-12-31', 2, NULL");
        Response refused =
                new Upload("cdnow", "126", "application/vnd.apache.parquet", file).putBy(Role.PLATFORM, "cdnow");
        refused.then()
                .statusCode(422)
                .body("code", equalTo("BAD_ROW"))
                .body("line", equalTo(2))
                .body("column", equalTo("purchased_on"));
        assertFalse(
                refused.asString().contains("secretid") || refused.asString().contains("2001"));
        assertNoTemporaryFolder();
    }

    @Test
    void put_csvCalledParquet_isInvalid() throws IOException {
        new Upload("cdnow", "127", "application/vnd.apache.parquet", HEADER.getBytes(StandardCharsets.UTF_8))
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
        assertNoTemporaryFolder();
    }

    @Test
    void put_csvCalledZip_isInvalid() throws IOException {
        new Upload("cdnow", "123", "application/zip", HEADER.getBytes(StandardCharsets.UTF_8))
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("eventId", notNullValue());
        assertNoTemporaryFolder();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MERCHANT", "PLATFORM"})
    void put_byAnotherRole_isRoleRequired(Role role) {
        new Upload("cdnow", "111", HEADER)
                .putBy(role, "cdnow")
                .then()
                .statusCode(403)
                .body("code", equalTo("ROLE_REQUIRED"));
    }

    @Test
    void put_byAMerchant_isForItsOwnListsOnly() {
        new Upload("link-c", "111", "person,arm\n")
                .putBy(Role.MERCHANT, "lab-c")
                .then()
                .statusCode(201);
        new Upload("link-c", "112", "person,arm\n")
                .putBy(Role.MERCHANT, "lab")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"))
                .body("eventId", notNullValue());
    }

    @Test
    void put_byAnotherPlatform_isNotFound() {
        var upload = new Upload("cdnow", "112", HEADER);
        upload.putBy(Role.PLATFORM, "shop")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"))
                .body("eventId", notNullValue());
        new Upload("nothing", "1", HEADER)
                .putBy(Role.PLATFORM, "shop")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
        given().contentType("text/csv")
                .body("x")
                .put(upload.path())
                .then()
                .statusCode(401)
                .body("code", equalTo("UNAUTHENTICATED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "01", "-1", "1000001", "99999999999", "one", "1e3"})
    void put_badVersion_isInvalid(String version) {
        new Upload("cdnow", version, HEADER)
                .putBy(Role.PLATFORM, "cdnow")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void put_json_isUnsupported() {
        given().header("Authorization", "Bearer " + TestTokens.of(Role.PLATFORM, "cdnow"))
                .header("Content-Type", "application/json")
                .body("{}")
                .put("/v1/datasets/cdnow/versions/113")
                .then()
                .statusCode(415)
                .body("code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    }

    @Test
    void put_sameVersionByMany_hasOneWinner() throws Exception {
        var calls = new ArrayList<Callable<Response>>();
        for (int i = 0; i < 8; i++) {
            String csv = HEADER + "a,1997-01-01,%d,1.14\n".formatted(1 + i % 2) + "b,1997-01-01,1,1\n".repeat(200);
            calls.add(() -> new Upload("cdnow", "114", csv).putBy(Role.PLATFORM, "cdnow"));
        }
        List<Response> answers = new ArrayList<>();
        try (var clients = Executors.newFixedThreadPool(8)) {
            for (var answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        var accepted =
                answers.stream().filter(answer -> answer.statusCode() < 300).toList();
        assertEquals(
                1,
                accepted.stream().filter(answer -> answer.statusCode() == 201).count());
        assertEquals(
                1,
                accepted.stream()
                        .map(answer -> answer.<String>path("contentHash"))
                        .distinct()
                        .count());
        for (Response answer : answers) {
            assertTrue(List.of(200, 201, 409, 429).contains(answer.statusCode()), answer.statusLine());
        }
        assertNoTemporaryFolder();
    }

    @Test
    void show_byMerchant_hasSchemaButNeitherHashNorStatistics() {
        new Upload("cdnow", "115", HEADER + "a,1997-01-01,1,1.15\n").putBy(Role.PLATFORM, "cdnow");
        as(Role.MERCHANT, "brand")
                .get("/v1/datasets/cdnow")
                .then()
                .statusCode(200)
                .body("id", equalTo("cdnow"))
                .body("unit.column", equalTo("customer_id"))
                .body("columns", hasSize(4))
                .body("columns[0].uses", hasItem("JOIN_ONLY"))
                .body("columns[3].clamp.max", equalTo(15_000))
                .body("versions.version", hasItem(115))
                .body("versions[0]", not(hasKey("contentHash")))
                .body("versions[0]", not(hasKey("commitmentSalt")))
                .body("versions[0]", not(hasKey("rows")));
    }

    @Test
    void show_byOwner_opensTheCommitment() {
        new Upload("cdnow", "116", HEADER + "a,1997-01-01,1,1.16\n").putBy(Role.PLATFORM, "cdnow");
        var newest = as(Role.PLATFORM, "cdnow").get("/v1/datasets/cdnow").jsonPath();
        assertEquals(
                newest.getString("versions[0].commitment"),
                Hash.sha256(
                                "tamis-content-v1".getBytes(StandardCharsets.US_ASCII),
                                Hash.parse(newest.getString("versions[0].commitmentSalt"))
                                        .bytes(),
                                Hash.parse(newest.getString("versions[0].contentHash"))
                                        .bytes())
                        .hex());
    }

    @Test
    void list_inPages_givesEveryDatasetOnce() {
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            var page = as(Role.MERCHANT, "brand")
                    .get("/v1/datasets?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .jsonPath();
            ids.addAll(page.getList("items.id"));
            cursor = page.get("next") == null ? "" : page.getString("next");
        } while (!cursor.isEmpty());
        assertEquals(
                catalog.policy().datasets().keySet().stream()
                        .map(DatasetId::value)
                        .toList(),
                ids);
        as(Role.MERCHANT, "brand").get("/v1/datasets").then().body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?cursor=../x"})
    void list_badPage_isInvalid(String query) {
        as(Role.MERCHANT, "brand")
                .get("/v1/datasets" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void show_unknownOrImpossibleId_isNotFound() {
        for (String id : List.of("nothing", "CDNOW", "a%20b")) {
            as(Role.MERCHANT, "brand").get("/v1/datasets/" + id).then().statusCode(404);
        }
        as(Role.OPERATOR, "an-operator").get("/v1/datasets").then().statusCode(403);
        as(Role.DATA_SUBJECT, "cdnow").get("/v1/datasets").then().statusCode(403);
    }

    @Test
    void readiness_withWholeDatasets_hasThemUp() {
        given().get("/q/health/ready").then().body("checks.find { it.name == 'datasets' }.status", equalTo("UP"));
    }

    private static io.restassured.specification.RequestSpecification as(Role role, String party) {
        return given().header("Authorization", "Bearer " + TestTokens.of(role, party));
    }

    private static byte[] zip(String... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < parts.length; i++) {
                zip.putNextEntry(new ZipEntry("part-" + i + ".csv"));
                zip.write(parts[i].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void assertNoTemporaryFolder() throws IOException {
        try (var entries = Files.list(TestServer.DATA.resolve("datasets"))) {
            assertTrue(entries.noneMatch(entry -> entry.getFileName().toString().startsWith(".import-")));
        }
    }
}
