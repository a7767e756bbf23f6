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
record Upload(String dataset, String version, String csv) {
    Response putBy(Role role, String party) {
        return request(role, party).header("Content-Digest", digest()).put(path());
    }

    RequestSpecification request(Role role, String party) {
        return given().header("Authorization", "Bearer " + TestTokens.of(role, party))
                .header("Content-Type", "text/csv")
                .body(bytes());
    }

    String digest() {
        return "sha-256=:"
                + Base64.getEncoder().encodeToString(Hash.sha256(bytes()).bytes()) + ":";
    }

    String path() {
        return "/v1/datasets/" + dataset + "/versions/" + version;
    }

    private byte[] bytes() {
        return csv.getBytes(StandardCharsets.UTF_8);
    }
}
