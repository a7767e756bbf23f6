package io.tamis.catalog;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.data.Hash;
import io.tamis.data.Role;
import io.tamis.server.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** An upload over HTTP, as the owner's client sends it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Upload(String dataset, String version, String contentType, byte[] bytes) {
    Upload(String dataset, String version, String csv) {
        this(dataset, version, "text/csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    Response putBy(Role role, String party) {
        return request(role, party).header("Content-Digest", digest()).put(path());
    }

    RequestSpecification request(Role role, String party) {
        return given().header("Authorization", "Bearer " + TestTokens.of(role, party))
                .header("Content-Type", contentType)
                .body(bytes);
    }

    String digest() {
        return "sha-256=:"
                + Base64.getEncoder().encodeToString(Hash.sha256(bytes).bytes()) + ":";
    }

    String path() {
        return "/v1/datasets/" + dataset + "/versions/" + version;
    }
}
