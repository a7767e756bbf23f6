package io.tamis.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.data.Code;
import java.util.List;
import java.util.UUID;
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

    /** A code of the start or of a job's end has no status of its own. */
    @Test
    void codeThatIsNoAnswer_isInternal() {
        var problems = new Problems(new RequestId(() -> new UUID(0, 0)));
        for (var code : List.of(Code.KEYS_MISSING, Code.JOB_FAILED)) {
            try (var response = problems.map(new CryptoException(code))) {
                assertEquals(500, response.getStatus());
                assertTrue(response.getEntity().toString().contains("\"code\":\"INTERNAL\""));
            }
        }
        try (var response = problems.map(new CryptoException(Code.STATE_CONFLICT))) {
            assertEquals(409, response.getStatus());
        }
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
