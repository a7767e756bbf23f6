package io.tamis.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.CryptoException;
import io.tamis.data.Code;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
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

    /** It is down or starts again: to be repeated, and no bug. */
    @Test
    void databaseAway_isNotReady() {
        var problems = new Problems(new RequestId(() -> new UUID(0, 0)));
        var lost = new SQLException("words of a driver", "08006");
        for (var failure : List.of(
                new ConnectionException(new SQLException("acquisition timeout")),
                new IllegalStateException(lost),
                new IllegalStateException(new SQLException("words", "57P03")))) {
            try (var response = problems.map(failure)) {
                assertEquals(503, response.getStatus());
                assertTrue(response.getEntity().toString().contains("\"code\":\"NOT_READY\""));
                assertFalse(response.getEntity().toString().contains("words"));
            }
        }
    }

    @Test
    void wrongStatement_isInternal() {
        var problems = new Problems(new RequestId(() -> new UUID(0, 0)));
        for (var failure : List.of(
                new IllegalStateException(new SQLException("syntax", "42601")),
                new IllegalStateException(new SQLException("nameless")))) {
            try (var response = problems.map(failure)) {
                assertEquals(500, response.getStatus());
            }
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
