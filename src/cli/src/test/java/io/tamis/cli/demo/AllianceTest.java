package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.DataDir;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestKey;
import io.tamis.cli.client.TestShell;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllianceTest {
    private static final String LIST = "GET /v1/collaborations?limit=200";
    private static final String TERMS = "{\"id\":\"col_1\",\"legalRelation\":\"JOINT\",\"members\":["
            + "{\"party\":\"brand-a\",\"roles\":[\"merchant\"]},{\"party\":\"brand-b\",\"roles\":[\"merchant\"]},"
            + "{\"party\":\"messenger\",\"roles\":[\"platform\"]},"
            + "{\"party\":\"shop\",\"roles\":[\"platform\"]},{\"party\":\"video\",\"roles\":[\"platform\"]}],"
            + "\"purposes\":[\"AD_MEASUREMENT\",\"AUDIENCE_INSIGHT\"],\"region\":\"DOMESTIC\"}";
    private static final String STANDING = TERMS.replace(
            "\"id\"",
            "\"state\":\"ACTIVE\",\"keyEpoch\":1,"
                    + "\"agreementHash\":\""
                    + Hash.sha256(("tamis-agreement-v1\n" + TERMS).getBytes(StandardCharsets.UTF_8))
                            .hex()
                    + "\",\"id\"");

    @TempDir
    Path folder;

    private FakeService service;
    private ApiClient client;
    private Alliance alliance;

    @BeforeEach
    void start() throws GeneralSecurityException, IOException {
        service = new FakeService();
        client = ApiClient.of(service.url());
        TestKey.write(new DataDir(folder));
        var stage = new Stage(new TestShell(folder).shell(), client, new DataDir(folder), "r");
        alliance = new Alliance(stage, new Companies(stage));
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @Test
    void sign_standingSinceAnEarlierRun_isFoundOnWhicheverPage() {
        service.on(LIST, 200, "{\"items\":[" + STANDING.replace("ACTIVE", "CLOSED") + "],\"next\":\"col_0\"}")
                .on(LIST + "&cursor=col_0", 200, "{\"items\":[" + STANDING + "]}");
        var passed = assertInstanceOf(Outcome.Passed.class, alliance.sign());
        assertTrue(passed.said().endsWith("signed in an earlier run"));
        assertEquals("col_1", alliance.pact().id().value());
        assertEquals(2, service.asked().size());
    }

    @Test
    void sign_nothingLikeItStands_isProposedAndSignedByAll() {
        service.on(LIST, 200, "{\"items\":[" + others() + "]}")
                .on("POST /v1/collaborations", 201, STANDING)
                .on("GET /v1/collaborations/col_1", 200, STANDING)
                .on("POST /v1/collaborations/col_1/signatures", 200, STANDING);
        var passed = assertInstanceOf(Outcome.Passed.class, alliance.sign());
        assertTrue(passed.said().contains("each computed the digest"));
        assertEquals(
                5,
                service.asked().stream()
                        .filter(asked -> asked.path().endsWith("/signatures"))
                        .count());
    }

    @Test
    void sign_signedByAllAndNotActive_isAFailure() {
        service.on(LIST, 200, "{\"items\":[]}")
                .on("POST /v1/collaborations", 201, STANDING)
                .on("GET /v1/collaborations/col_1", 200, STANDING)
                .on("POST /v1/collaborations/col_1/signatures", 200, STANDING.replace("ACTIVE", "DRAFT"));
        assertInstanceOf(Outcome.Failed.class, alliance.sign());
    }

    @Test
    void bringData_noSampleData_isWrongUsage() {
        assertThrows(ClientException.class, alliance::bringData);
    }

    /** Agreements that are not the one: other members, another epoch, other purposes, one who has left. */
    private static String others() {
        return String.join(
                ",",
                STANDING.replace("\"video\"", "\"radio\""),
                STANDING.replace("\"keyEpoch\":1", "\"keyEpoch\":2"),
                STANDING.replace("\"AD_MEASUREMENT\",", ""),
                STANDING.replace(
                        "\"party\":\"video\"", "\"withdrawnAt\":\"2026-11-24T08:00:00Z\",\"party\":\"video\""));
    }
}
