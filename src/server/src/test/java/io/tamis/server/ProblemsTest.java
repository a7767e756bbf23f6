package io.tamis.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;

@TamisTest
class ProblemsTest {
    @Test
    void unknownPath_isNotFoundProblem() {
        given().get("/v1/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void health_isUpWithoutToken() {
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void openApi_isServed() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("openapi: 3.1"));
    }
}
