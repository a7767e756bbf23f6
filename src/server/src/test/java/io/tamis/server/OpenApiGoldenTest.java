package io.tamis.server;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The interface we document is the one we serve. A wanted change is written down with {@code -Dgolden.update=true} and
 * reviewed as a diff of {@code docs/openapi.yaml}.
 */
@TamisTest
class OpenApiGoldenTest {
    private static final Path GOLDEN = Path.of("../../docs/openapi.yaml");

    @Test
    void openApi_isTheReviewedOne() throws IOException {
        String served =
                given().get("/q/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, served);
        }
        assertEquals(Files.readString(GOLDEN), served);
    }
}
